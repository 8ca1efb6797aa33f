"""Give the field that a clause is about the value it becomes."""

from __future__ import annotations

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.in_string import bare_text, swapped
from mendbook.fixes.instruction.operations.quoted_part import part_becomes
from mendbook.fixes.instruction.operations.replace.named import code_edits
from mendbook.fixes.instruction.operations.replace.sides import FILLERS
from mendbook.fixes.instruction.operations.replace.values import value_edits
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def _says_more(clause: Clause) -> bool:
    return bool(clause.object.words) and clause.object.words[0] not in FILLERS


def become(work: Work, clause: Clause) -> StepEdits | None:
    """Give the field that the clause is about the value it becomes."""
    about = clause.all_behind("of")
    code = clause.object.code or next((one for one in clause.codes), None)
    if (
        clause.verb is Verb.BECOME
        and about
        and code
        and (step := part_becomes(work.scene, " ".join(about[-1].words), code))
    ):
        return step
    if clause.verb is not Verb.BECOME or not about or code is None or _says_more(clause):
        return None
    if code in about[-1].codes:  # what it becomes is said in words alone
        return None
    scene = work.scene
    names = [one.text for one in about[-1].codes] or list(about[-1].spelled)
    old = [one for one in about[-1].codes if one.shape not in {Shape.NAME}]
    if code.shape is Shape.OPERATOR:
        return None
    if (
        old
        and not same_code(scene, old[0].text)
        and (step := swapped(scene, bare_text(old[0]), bare_text(code)))
    ):
        return step
    if old:
        edits, shown = code_edits(work, clause, code, old[0], [])
        said = f"replace {shown} by `{code.text}`"
        return StepEdits(Operation.REPLACE, said, edits_in(scene, edits), adds=(code.text,))
    declared = [
        one
        for one in of_kinds(
            scene.root,
            scene.language.pairs
            | scene.language.assignments
            | scene.language.fields
            | {"jsx_attribute"},
        )
        if name_of(one) in names
    ]
    edits = value_edits(scene, clause, declared, code, [])
    return StepEdits(
        Operation.SET,
        f"set {names[0]} to `{code.text}`",
        edits_in(scene, edits),
        adds=tuple(edit.text.strip("{}") for edit in edits),
    )
