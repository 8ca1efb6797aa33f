"""Swap the two statements that the evidence quotes side by side."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.pick import narrow
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import calls_of
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    end,
    line,
    name_of,
    of_kinds,
    start,
    statement_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_TWO = re.compile(
    r"\b(?:swap|switch|exchange|reverse)\s+(?:the\s+)?(?:order\s+of\s+)?(?:the\s+)?(?:these\s+)?"
    r"(?:(?:two\s+)?(?:calls|statements|lines|awaits|steps|order)\b|`?[\w$.]+`?(?:\(\))?\s+and\s)",
    re.IGNORECASE,
)


def _named(scene: Scene, clause: Clause) -> list[SgNode]:
    """Return the statements of the two calls that the clause names, in this order; else none."""
    statements = []
    for code in clause.codes:
        calls = narrow(scene, calls_of(scene, code.bare))
        statements += [statement_of(one, scene.language) for one in calls]
    if (
        len(clause.codes) != 2
        or len(statements) != 2
        or start(statements[0]) > start(statements[1])
    ):
        return []
    return statements


def swap_statements(work: Work, clause: Clause) -> StepEdits | None:
    """Swap what is quoted; None where no two statements are to change places."""
    scene = work.scene
    if _TWO.search(clause.text) is None:
        return None
    statements = [
        one
        for one in walk(scene.root)
        if one.is_named()
        and (parent := one.parent()) is not None
        and parent.kind() in scene.language.blocks
        and any(first <= start(one) and end(one) <= last + 1 for first, last in scene.quotes)
    ]
    outer = [one for one in statements if not any(
        start(other) <= start(one) and end(one) <= end(other) and start(other) != start(one)
        for other in statements)]  # fmt: skip
    outer = outer if len(outer) == 2 else _named(scene, clause)
    if len(outer) != 2 or scene.text[end(outer[0]) : start(outer[1])].strip():
        raise Abstain("the two statements to swap are not quoted side by side")
    first, second = sorted(outer, key=start)
    set_here = {name_of(one) for one in of_kinds(first, scene.language.assignments)} - {""}
    if any(spelled(second, name, scene.language) for name in set_here):
        raise Abstain(f"line {line(second)} needs what line {line(first)} sets")
    return StepEdits(
        Operation.MOVE,
        f"swap lines {line(first)} and {line(second)} of {scene.path}",
        edits_in(scene, [Edit(start(first), end(second),
                              second.text() + scene.text[end(first) : start(second)]
                              + first.text())]),
    )  # fmt: skip
