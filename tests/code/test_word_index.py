"""Which files hold a word, in one tree and in the next ones of a series."""

from __future__ import annotations

import pytest

from mendbook.code.word_index import Words, files_holding
from mendbook.repository.snapshot import Snapshot

MILL = {
    "grain.ts": "export const sack = 50;\n",
    "mill.ts": 'import { sack } from "./grain";\nexport const load = sack * 2;\n',
    "wheel.ts": "export class Wheel {\n  #turns = 0;\n}\n",
    "weir.ts": "export const größe = `${load}`;\n",
    "sluice.ts": "export const open = true;\n",
}
EDITS: dict[str, dict[str, str | None]] = {
    "a name goes": {"grain.ts": "export const bag = 50;\n"},
    "a name comes": {"sluice.ts": "import { sack } from './grain';\n"},
    "a file goes": {"mill.ts": None},
    "a file comes": {"race.ts": "sack(load);\n"},
    "most of it changes": {path: "export const race = 1;\n" for path in MILL if path != "weir.ts"},
}
NAMES = ("sack", "bag", "load", "Wheel", "#turns", "größe", "race", "a b")


@pytest.mark.parametrize("edit", EDITS)
def test_the_next_tree_is_answered_as_if_read_anew(edit: str) -> None:
    """What another index has read is only used where the text is the same."""
    first = Snapshot.of(MILL)
    known = Words(first)
    assert known.holding("sack", first.files) == ("grain.ts", "mill.ts")
    after = first.edited(EDITS[edit])
    twice = after.edited({"weir.ts": "export const sack = bag;\n"})
    second = Words(after, known)
    third = Words(twice, second)
    for name in NAMES:
        assert second.holding(name, after.files) == Words(after).holding(name, after.files)
        assert third.holding(name, twice.files) == Words(twice).holding(name, twice.files)


def test_an_index_that_nobody_asked_is_no_help() -> None:
    """Another index that has read nothing answers nothing."""
    snapshot = Snapshot.of(MILL)
    found = Words(snapshot, Words(snapshot)).holding("load", snapshot.files)
    assert found == ("mill.ts", "weir.ts")


def test_a_tree_of_a_series_is_asked_about_what_it_changes_alone() -> None:
    """Files that hold a word are the same ones, however the tree was made."""
    before = Snapshot.of(
        {
            "mill/gear.ts": "turn(stone)",
            "mill/sluice.ts": "open(gate)",
            "notes.txt": "a-gate is no gate",
        }
    )
    after = before.edited({"mill/sluice.ts": "close(flap)", "mill/new.ts": "raise(gate, stone)"})
    later = after.edited({"mill/gear.ts": None})
    assert files_holding(before, "gate") == ("mill/sluice.ts", "notes.txt")
    assert files_holding(after, "gate") == ("mill/new.ts", "notes.txt")
    assert files_holding(after, "stone") == ("mill/gear.ts", "mill/new.ts")
    assert files_holding(later, "stone") == ("mill/new.ts",)
    assert files_holding(later, "a-gate") == ("notes.txt",)
    for name in ("gate", "stone", "flap", "a-gate", "sto"):
        same = Snapshot.of({path: later.text(path) for path in later.files})
        assert files_holding(later, name) == files_holding(same, name)
