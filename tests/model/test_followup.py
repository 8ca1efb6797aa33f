"""What a change calls for beside itself, as a record and as the text that people read."""

from __future__ import annotations

import pytest

from mendbook.model import Followup

READ = (
    ("docs/tides.md:14 — Pumps (names `PUMP`)", "docs/tides.md", "Pumps (names `PUMP`)", 14, False),
    ("tests/test_lock.py — fills once (new file)", "tests/test_lock.py", "fills once", None, True),
    ("docs/the mill.md — Stones", "docs/the mill.md", "Stones", None, False),
    ("docs/mill.md", "docs/mill.md", "", None, False),
    ("a.md — twice — said", "a.md", "twice — said", None, False),
    ("https://mill.test — outside", "https://mill.test", "outside", None, False),
    ("Ask the miller", "", "Ask the miller", None, False),
    ("Retest", "", "Retest", None, False),
    (" — no place", "", " — no place", None, False),
    ("", "", "", None, False),
)


@pytest.mark.parametrize(("text", "path", "what", "line", "new"), READ)
def test_text_is_read_and_written_again(
    text: str, path: str, what: str, line: int | None, new: bool
) -> None:
    """Overrides and older plans hold texts: nothing of one is lost or made up."""
    read = Followup.read(text)
    assert read == Followup(path, what, line, new)
    assert str(read) == text
