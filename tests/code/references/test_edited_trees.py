"""A tree of a series is answered as if it were read by itself, whatever its edit changed."""

from __future__ import annotations

import pytest

from mendbook.code.references import References, find_references
from mendbook.code.references.spied import taken_by_text
from mendbook.repository.snapshot import Snapshot

MILL = {
    "package.json": '{"name": "mill", "private": true}\n',
    "tsconfig.json": '{"compilerOptions": {"paths": {"@mill/*": ["./src/*"]}}}\n',
    "src/wheel.ts": 'import { flow } from "@mill/race";\nexport const turn = flow;\n',
    "src/race.ts": "export const flow = 1;\nexport const flood = 2;\n",
    "src/jobs.ts": 'run(new Worker("./grind.ts"));\nconst key = gate[`on${kind}`]();\n',
    "src/grind.ts": "export function grind() {}\n",
    "src/gate.ts": "export interface Gate {}\nexport const lift = 1;\n",
    "src/types.ts": 'declare module "./gate" {\n  interface Gate {}\n}\n',
    "test/gate.test.ts": 'import * as gate from "../src/gate";\nspyOn(gate, "lift");\n',
    "src/dam.ts": "export const dam = 1;\n",
}
EDITS: dict[str, dict[str, str | None]] = {
    "a file imports another one": {"src/wheel.ts": 'import { dam } from "@mill/dam";\n'},
    "nobody imports any more": {"src/wheel.ts": "export const turn = 2;\n"},
    "the last worker goes": {"src/jobs.ts": "export const key = 1;\n"},
    "a worker comes": {"src/dam.ts": 'run(new Worker("./race.ts"));\n'},
    "a name is built elsewhere": {"src/dam.ts": 'open["flo" + side]();\n', "src/jobs.ts": "\n"},
    "a block that adds goes": {"src/types.ts": "export {};\n"},
    "a block that adds comes": {"src/dam.ts": 'declare module "./race" {\n  let flow: 1;\n}\n'},
    "a spy goes": {"test/gate.test.ts": 'spyOn(gate, "drop");\nspyOn(gate, "flow");\n'},
    "an alias leads elsewhere": {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@mill/race": ["./src/dam.ts"]}}}\n'
    },
    "a file goes": {"src/race.ts": None},
    "a file comes": {"src/race/index.ts": "export const flow = 3;\n"},
    "another file takes its place": {
        "src/race.ts": None,
        "src/race.tsx": "export const flow = 3;\n",
    },
    "a file that is not there goes": {"src/none.ts": None},
    "a manifest names a file": {"package.json": '{"jest": {"setupFiles": ["./src/dam.ts"]}}\n'},
}
NAMES = ("flow", "flood", "turn", "grind", "lift", "dam", "onOpen", "Gate", "drop")


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_tree_is_answered_as_if_it_were_read_anew(edit: str) -> None:
    """What is known of the tree before is only kept where the edit cannot have changed it."""
    before = Snapshot.of(MILL)
    first = find_references((), before, provider="syntax")
    asked_first = _said(before, first)
    assert "src/grind.ts grind: loaded src/grind.ts is loaded by its path at src/jobs.ts:1" in (
        asked_first
    )
    once = before.edited(EDITS[edit])
    twice = once.edited({"src/gate.ts": "export const lift = dam;\n"})
    for after in (once, twice):
        anew = Snapshot.of({path: after.text(path) for path in after.files})
        read_anew = find_references((), anew, provider="syntax")
        assert _said(after, first.at(after)) == _said(anew, read_anew)
    assert _said(before, first) == asked_first


def test_each_edit_is_seen() -> None:
    """Every edit above changes an answer, so that none of them proves nothing."""
    mill = Snapshot.of(MILL)
    first = find_references((), mill, provider="syntax")
    before = _said(mill, first)
    trees = {edit: mill.edited(texts) for edit, texts in EDITS.items()}
    unseen = {edit for edit, tree in trees.items() if _said(tree, first.at(tree)) == before}
    assert unseen == {"a file that is not there goes"}


def _said(tree: Snapshot, references: References) -> list[str]:
    said = [f"{name}: {references.built(name)} {taken_by_text(tree, name)}" for name in NAMES]
    for path in tree.files:
        if not path.endswith((".ts", ".tsx")):
            continue
        said.append(f"{path}: {references.importers(path)}")
        for name in NAMES:
            said.append(f"{path} {name}: loaded {references.loaded(name, path)}")
            said.append(f"{path} {name}: augmented {references.augmented(name, path)}")
            said.append(f"{path} {name}: imported {references.imported(name, path)}")
    return said
