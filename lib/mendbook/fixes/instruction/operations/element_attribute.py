"""Give an attribute of the quoted element another value: ``use row.id as the key``."""

from __future__ import annotations

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_VALUES = {Shape.NAME, Shape.CODE, Shape.TEXT}


def use_as_attribute(work: Work, clause: Clause) -> StepEdits | None:
    """Set the one quoted attribute that the clause names by ``as``; None where it names none."""
    told = clause.behind("as")
    code = clause.object.code
    if told is None or code is None or code.shape not in _VALUES or len(clause.object.codes) != 1:
        return None
    words = {*told.spelled, *(one.text for one in told.codes)}
    values = []
    for one in of_kinds(work.scene.root, ("jsx_attribute",)):
        parts = one.named_children()
        if len(parts) > 1 and parts[0].text() in words and begins_in_quote(work.scene, one):
            values.append(parts[1])
    if len(values) != 1:
        return None
    text = code.text if code.shape is Shape.TEXT else f"{{{code.text}}}"
    if squeezed(values[0].text()) == squeezed(text):
        raise Abstain(f"it is {code.text} already")
    return StepEdits(
        Operation.SET,
        f"use `{code.text}` there",
        edits_in(work.scene, [replaced(values[0], text)]),
        adds=(code.text,),
        removes=(values[0].text(),),
    )
