"""Doubt a removal that only the quote points at, where another of the same shape stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import call_name, end, line, start, walk
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_PLACES = {Shape.PATH, Shape.LINES}
_APART = re.compile(
    r"\b(?:duplicated?|second|first|third|last|repeated|twice|both|all|every|each|redundant copy"
    r"|L\d+|lines?\s+\d+)\b",
    re.IGNORECASE,
)


def doubt(scene: Scene, clause: Clause, step: StepEdits) -> str:
    """Return what else may be meant by a removal whose text names no code; nothing if it is sure.

    A word of the text that stands in what goes, and in no other, tells them apart.
    """
    if step.operation is not Operation.REMOVE or _APART.search(clause.text):
        return ""
    if any(one.shape not in _PLACES for one in clause.codes):
        return ""
    taken = [edit for path, edit in step.edits if path == scene.path and not edit.text.strip()]
    nodes = [node for edit in taken if (node := _node(scene, edit)) is not None]
    said = set(re.findall(r"[\w$]+", scene.task.finding.fix))
    beside = []
    for node in nodes:
        others = [one for one in _alike(scene, node) if not _goes(taken, one)]
        theirs = {word for one in others for word in _words(one)}
        if said & (_words(node) - theirs):
            return ""
        beside += others
    if not beside:
        return ""
    return f"line {line(beside[0])} has another of the same shape; the text names neither"


def _goes(taken: Sequence[Edit], node: SgNode) -> bool:
    return any(one.start <= start(node) < one.end for one in taken)


def _words(node: SgNode) -> set[str]:
    return set(re.findall(r"[\w$]+", node.text()))


def _node(scene: Scene, edit: Edit) -> SgNode | None:
    """Return the outermost node within what an edit takes away."""
    inner = (
        one
        for one in walk(scene.root)
        if one.is_named()
        and edit.start <= start(one) < end(one) <= edit.end
        and "comment" not in one.kind()
    )
    return max(inner, key=lambda one: end(one) - start(one), default=None)


def _alike(scene: Scene, node: SgNode) -> Iterator[SgNode]:
    """Yield the nodes beside ``node`` that are of its kind and built of the same parts."""
    parent = node.parent()
    shape = _skeleton(scene, node)
    for other in parent.named_children() if parent is not None else ():
        same_kind = start(other) != start(node) and other.kind() == node.kind()
        if same_kind and _skeleton(scene, other) == shape:
            yield other


def _skeleton(scene: Scene, node: SgNode) -> tuple[str, ...]:
    """Return the kinds of the parts of a node, with the names of what it calls."""
    calls = scene.language.calls
    return tuple(
        f"{one.kind()} {call_name(one) if one.kind() in calls else ''}" for one in walk(node)
    )
