"""Remove whole lines by their numbers."""

from __future__ import annotations

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, start, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def remove_lines(work: Work, clause: Clause) -> StepEdits | None:
    """Remove whole lines by their numbers: ``L12-L15``."""
    numbers = [one for one in clause.codes if one.shape is Shape.LINES]
    named = [one for one in clause.object.codes if one.shape is not Shape.LINES]
    if not numbers or named:
        return None
    scene = work.scene
    first, last = (int(one) for one in numbers[0].text.split("-"))
    lines = scene.text.splitlines(keepends=True)
    if not 0 < first <= last <= len(lines):
        raise Abstain(f"{scene.path} has no lines {first} to {last}")
    at = sum(len(one) for one in lines[: first - 1])
    stop = sum(len(one) for one in lines[:last])
    cut = [
        one
        for one in walk(scene.root)
        if one.is_named() and at <= start(one) and end(one) <= stop and one.parent() is not None
    ]
    whole_nodes = [
        one for one in cut if start(one.parent() or one) < at or end(one.parent() or one) > stop
    ]
    if not whole_nodes or (
        scene.quotes and not any(at <= a and b <= stop for a, b in scene.quotes)
    ):
        raise Abstain(f"lines {first} to {last} are not what the evidence quotes")
    return StepEdits(
        Operation.REMOVE,
        f"remove {f'lines {first} to {last}' if last > first else f'line {first}'} of {scene.path}",
        edits_in(scene, [Edit(at, stop, "")]),
    )
