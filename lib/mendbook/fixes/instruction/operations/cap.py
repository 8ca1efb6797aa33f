"""Bound a value where it is set: ``cap limit at 50`` makes it the smaller of the two."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.targets import identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_BOUNDS = {"cap", "clamp", "bound", "limit"}


def cap_value(work: Work, clause: Clause) -> StepEdits | None:
    """Cap what a local name is set to at a number; None where the clause bounds nothing so."""
    scene = work.scene
    at = clause.behind("at") or (clause.behind("to") if clause.word != "cap" else None)
    bound = at.code if at is not None else None
    if clause.word not in _BOUNDS or bound is None or bound.shape not in {Shape.NUMBER, Shape.NAME}:
        return None
    if not (scene.language.script or scene.language.python):
        return None
    names = [one.text for one in clause.object.codes if one.shape is Shape.NAME]
    names = names or identifiers(clause.object, scene)
    if len(names) != 1:
        return None
    assignments = [
        one
        for one in of_kinds(scene.root, scene.language.assignments)
        if name_of(one) == names[0] and value_of(one) is not None
    ]
    if not assignments:
        return None
    homes = scopes_in(scene, clause, clause.object.codes)
    node = value_of(pick(scene, assignments, clause, names[0], homes)[0])
    if node is None or node.kind() in scene.language.numbers:
        return None
    if re.match(r"(?:Math\.)?min\(", node.text()):
        raise Abstain(f"{names[0]} is bounded already")
    function = "min" if scene.language.python else "Math.min"
    text = f"{function}({node.text()}, {bound.text})"
    return StepEdits(
        Operation.REPLACE,
        f"cap {names[0]} at {bound.text}",
        edits_in(scene, [replaced(node, text)]),
        adds=(text,),
    )
