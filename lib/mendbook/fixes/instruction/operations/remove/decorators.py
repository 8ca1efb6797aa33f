"""Remove a decorator by its name."""

from __future__ import annotations

from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import remove
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, whole
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def remove_decorator(work: Work, clause: Clause) -> StepEdits | None:
    """Remove a decorator by its name."""
    marks = [one for one in clause.object.codes if one.shape is Shape.DECORATOR]
    if not marks:
        return None
    scene = work.scene
    nodes = [
        one
        for one in of_kinds(scene.root, ("decorator",))
        if squeezed(one.text()).startswith(squeezed(marks[0].text))
    ]
    node = pick(scene, nodes, clause, f"`{marks[0].text}`", _decorated(scene, clause, marks))[0]
    return StepEdits(
        Operation.REMOVE,
        f"remove the decorator `{node.text()}`",
        edits_in(scene, [remove(scene.text, node, comments=False)]),
        removes=(node.text(),),
    )


def _decorated(scene: Scene, clause: Clause, marks: Sequence[Fragment]) -> list[SgNode]:
    return [whole(one) for one in scopes_in(scene, clause, marks)]
