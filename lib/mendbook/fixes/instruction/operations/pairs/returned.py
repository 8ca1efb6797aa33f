"""Give the object that a function returns one more member."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, around, function_of
from mendbook.fixes.instruction.places.targets import object_property
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import bearers, function_around, of_kinds, same
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_RETURNED = re.compile(
    r"\b(?:object|value|result|literal|response)\s+(?:that|which)\s+`?(?P<by>[\w$.]+)`?(?:\(\))?\s+"
    r"returns\b|\b(?:returned|resulting)\s+(?:object|value|result|literal)\b"
)


def add_returned(work: Work, clause: Clause) -> StepEdits | None:
    """Add what the clause gives to the one object that is returned; None for another place.

    Raises ``Abstain`` where the function returns no object literal, or several.
    """
    scene = work.scene
    told = _RETURNED.search(clause.text)
    codes = [one for one in clause.object.codes if one.shape in {Shape.PAIR, Shape.NAME}]
    if told is None or not scene.language.script or not codes:
        return None
    if len(codes) != len(clause.object.codes) or any(
        "=" in one.text.split(":")[0] for one in codes
    ):
        return None
    homes = _functions(scene, told["by"]) if told["by"] else around(scene)
    objects = [one for home in homes for one in _objects(scene, home)]
    if len(objects) != 1:
        raise Abstain(f"which object is returned is not clear ({len(objects)} are written out)")
    for one in codes:
        if object_property(objects[0], one.key or one.text, scene.language) is not None:
            raise Abstain(f"the object already has `{one.key or one.text}`")
    written = ", ".join(quoted_as_here(scene, one.text) for one in codes)
    return StepEdits(
        Operation.ADD,
        f"add `{written}` to the object returned",
        edits_in(scene, [add_item(scene, objects[0], written)]),
        adds=tuple(one.text for one in codes),
    )


def _functions(scene: Scene, name: str) -> list[SgNode]:
    held = bearers(scene.root, name, scene.language)
    return [one for each in held if (one := function_of(each, scene.language)) is not None]


def _objects(scene: Scene, home: SgNode) -> Iterator[SgNode]:
    """Yield the object literals that a function returns, those of inner functions left out."""
    body = home.field("body")
    if body is not None and body.kind() == "parenthesized_expression":
        yield from (one for one in body.named_children() if one.kind() == "object")
    for one in of_kinds(home, ("return_statement",)):
        outer = function_around(one, scene.language)
        if outer is not None and same(outer, home):
            yield from (each for each in one.named_children() if each.kind() == "object")
