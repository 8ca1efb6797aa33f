"""Which files hold a word, in one tree and in the next ones of a series."""

from __future__ import annotations

import pytest

from mendbook.code.word_index import files_holding, words_of
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
    """What the index of the first tree has read is only used where nothing was changed."""
    first = Snapshot.of(MILL)
    assert words_of(first).holding("sack", first.files) == ("grain.ts", "mill.ts")
    after = first.edited(EDITS[edit])
    twice = after.edited({"weir.ts": "export const sack = bag;\n"})
    for tree in (after, twice):
        anew = Snapshot.of({path: tree.text(path) for path in tree.files})
        for name in NAMES:
            assert words_of(tree).holding(name, tree.files) == words_of(anew).holding(
                name, anew.files
            )


def test_a_tree_is_answered_though_nobody_asked_about_the_first_one() -> None:
    """Files that the index of the first tree has not read are read when they are asked about."""
    after = Snapshot.of(MILL).edited({"sluice.ts": "export const load = 1;\n"})
    assert words_of(after).holding("load", ["mill.ts"]) == ("mill.ts",)
    assert words_of(after).holding("load", after.files) == ("mill.ts", "sluice.ts", "weir.ts")


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
