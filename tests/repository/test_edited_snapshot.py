"""A snapshot after edits says the same as one that was made of all its texts."""

from __future__ import annotations

import pytest

from mendbook.repository.snapshot import Snapshot

PRESS = {"bed.ts": "export const bed = 1;\n", "ink/roll.ts": "roll();\n", "readme.md": "# Press\n"}
EDITS: tuple[dict[str, str | None], ...] = (
    {"bed.ts": "export const bed = 2;\n"},
    {"ink/tray.ts": "fill();\n", "bed.ts": None},
    {"bed.ts": "export const bed = 3;\n", "readme.md": None},
    {"ink/tray.ts": None, "absent.ts": None},
)


def test_edits_one_after_the_other_leave_the_tree_that_they_spell_out() -> None:
    """Files come, go and come again; each tree stands by itself, and keeps its first origin."""
    first = tree = Snapshot.of(PRESS)
    texts: dict[str, str] = dict(PRESS)
    seen = []
    for edits in EDITS:
        tree = tree.edited(edits)
        texts |= {path: text for path, text in edits.items() if text is not None}
        texts = {path: text for path, text in texts.items() if edits.get(path, "") is not None}
        seen.append((tree, dict(texts)))
    assert tree.changed == {"bed.ts", "ink/tray.ts", "readme.md", "absent.ts"}
    for one, wanted in seen:
        assert one.origin is first
        assert one.files == tuple(sorted(wanted))
        assert {path: one.text(path) for path in one.files} == wanted
        assert one.under("ink") == tuple(path for path in sorted(wanted) if path[:4] == "ink/")
        for path in {*PRESS, "ink/tray.ts", "absent.ts"}:
            assert (path in one) == (path in wanted)
            assert one.get(path) == wanted.get(path)
    assert first.files == tuple(sorted(PRESS))


def test_a_file_that_an_edit_removed_cannot_be_read() -> None:
    """Neither it nor a path that never was a file has a text."""
    tree = Snapshot.of(PRESS).edited({"bed.ts": None})
    for path in ("bed.ts", "never.ts"):
        with pytest.raises(KeyError):
            tree.text(path)
