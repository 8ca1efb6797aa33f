"""What goes or loses its export goes from every file that hands it on, by whatever name."""

from __future__ import annotations

import pytest

from mendbook.code.references import find_references
from mendbook.fixes.recipe import RecipeChange, asking
from mendbook.fixes.recipes.delete_unreferenced import RECIPE as DELETE
from mendbook.fixes.recipes.unexport import RECIPE as UNEXPORT
from mendbook.fixes.steps_in_words import steps_in_words
from mendbook.fixes.task import Task
from mendbook.model import FindingFacts, Proposal
from mendbook.repository.snapshot import Snapshot

KEEL = "export const keel = 1;\n"


def _deleted(name: str, path: str, files: dict[str, str]) -> dict[str, str | None]:
    tree = Snapshot.of(files)
    finding = asking(f"`{name}` is unused", f"Delete `{name}`.", path, name)
    lookup = find_references([finding], tree, provider="syntax")
    answer = DELETE.rewrite(Task(finding, FindingFacts(finding.id, (path,)), tree, lookup))
    assert isinstance(answer, RecipeChange), answer
    return dict(answer.edits)


@pytest.mark.parametrize(
    ("declared", "handed_on"),
    [
        ("const Oar = () => 1;\n\nexport default Oar;\n", "default as Paddle"),
        ("export default function Oar() {\n  row();\n}\n", "default as Paddle"),
        ("export default class Oar {\n  length = 2;\n}\n", "default"),
        ("function Oar() {}\n\nexport { Oar as Scull };\n", "Scull"),
        ("type Oar = 1;\n\nexport type { Oar as Scull };\n", "type Scull as S"),
        ("const Oar = 2;\n\nexport { Oar as default };\n", "default as Paddle"),
    ],
)
def test_what_is_handed_on_by_another_name_leaves_there_too(declared: str, handed_on: str) -> None:
    """A barrel that hands on the default export, or an alias, loses that line with it."""
    kept = "export { keel } from './keel';\n"
    barrel = f"export {{ {handed_on} }} from './oar';\n{kept}"
    files = {"oar.ts": declared, "keel.ts": KEEL, "index.ts": barrel}
    assert _deleted("Oar", "oar.ts", files) == {
        "oar.ts": None,
        "index.ts": kept,
    }


SLUICE = """\
import { level } from './level';

export function raise(gate: number) {
  return gate + level;
}

export const open = () => raise(2);
"""


@pytest.mark.parametrize(
    "fix",
    [
        "Quit exporting `raise`.",
        "`raise` must no longer be exported.",
        "Never export `raise`.",
    ],
)
def test_an_export_is_told_to_end_in_other_words(fix: str) -> None:
    """Words of ending an export mean the keyword, and the declaration stays."""
    tree = Snapshot.of({"sluice.ts": SLUICE, "level.ts": "export const level = 1;\n"})
    finding = asking("`raise` is used by its own file only", fix, "sluice.ts", "raise")
    lookup = find_references([finding], tree, provider="syntax")
    answer = UNEXPORT.propose(Task(finding, FindingFacts(finding.id, ("sluice.ts",)), tree, lookup))
    assert isinstance(answer, Proposal)
    assert answer.edits == {"sluice.ts": SLUICE.replace("export function raise", "function raise")}


@pytest.mark.parametrize(
    ("fix", "left"),
    [
        ("Drop the export of `raise`; keep the declaration.", []),
        ("Drop the export of `raise`. Then retain its body where it is.", []),
        ("Drop the export of `raise`. Then keep the log of floods.", ["keep the log of floods"]),
    ],
)
def test_what_is_to_stay_is_no_second_step(fix: str, left: list[str]) -> None:
    """Code that is told to be kept asks for nothing; what is kept at run time may."""
    after = SLUICE.replace("export function raise", "function raise")
    assert list(steps_in_words(fix, SLUICE, after)) == left


@pytest.mark.parametrize(
    "fix",
    [
        "Remove the export of `hinge`; keep the declaration.",
        "Drop the `export` keyword from it",
        "Delete it from the barrel and keep the function",
    ],
)
def test_a_declaration_that_is_to_stay_is_not_deleted(fix: str) -> None:
    """Nobody uses it, and still only its export is to go."""
    tree = Snapshot.of({"door.ts": "export const hinge = 1;\n\nexport const latch = 2;\n"})
    finding = asking("An export that nobody imports: dead code", fix, "door.ts", "hinge")
    lookup = find_references([finding], tree, provider="syntax")
    task = Task(finding, FindingFacts(finding.id, ("door.ts",)), tree, lookup)
    assert not isinstance(DELETE.propose(task), Proposal)
