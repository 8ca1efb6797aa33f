"""Conditions of Python: what a bare name stands for is asked in so many words."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_TRUTH = (
    r"(?:for\s+)?(?:its\s+|their\s+|plain\s+|the\s+)?(?:truthiness|falsiness|truth(?:\s+value)?)"
)
_TESTED = re.compile(
    rf"(?:test|check|compare)\s+(?P<names>{ITEM}(?:(?:,\s+|,?\s+and\s+){ITEM})*)\s+"
    r"(?:with|against|using|by|for)\s+(?P<op>⟦\d+⟧)"
    rf"(?:\s+(?:rather\s+than|instead\s+of)\s+(?:relying\s+on\s+)?{_TRUTH})?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    rf"(?:use|write|test|check)\s+(?P<tests>⟦\d+⟧(?:(?:,\s+|,?\s+and\s+)⟦\d+⟧)*)\s+(?:rather\s+than|instead"
    rf"\s+of)\s+(?:testing\s+|checking\s+|relying\s+on\s+)?{_TRUTH}",
    re.IGNORECASE,
)


def none_asked(work: Work, ask: Ask) -> StepEdits | None:
    """*Test `a` and `b` with `is not None`*: each where it stands as a condition by itself."""
    told, written = _TESTED.fullmatch(ask.text), _WRITTEN.fullmatch(ask.text)
    if told is not None:
        if ask.code(told["op"]) != "is not None":
            return None
        names = [ask.code(one) for one in re.split(r",\s+(?:and\s+)?|\s+and\s+", told["names"])]
    elif written is not None:
        matches = [
            re.fullmatch(r"(\S+)\s+is\s+not\s+None", ask.code(one))
            for one in re.findall(r"⟦\d+⟧", written["tests"])
        ]
        if not all(matches):
            return None
        names = [one[1] for one in matches if one is not None]
    else:
        return None
    scene = work.scene
    homes = around(scene)
    if len(homes) != 1:
        return None
    edits, adds = [], []
    for name in names:
        spots = [one for one in of_kinds(homes[0], _NAMES) if _is_test(one, name)]
        if not spots:
            raise Abstain(f"{name} is no condition by itself there")
        for one in spots:
            holder = one.parent()
            denied = holder is not None and holder.kind() == "not_operator"
            new = f"{name} is None" if denied else f"{name} is not None"
            edits.append(replaced(holder if denied and holder is not None else one, new))
            adds.append(new)
    said = f"ask {', '.join(names)} for None"
    return step_edits(scene, Operation.REPLACE, said, edits, list(dict.fromkeys(adds)))


_NAMES = ("identifier", "attribute", "subscript")
_TESTS = {
    "if_statement",
    "elif_clause",
    "while_statement",
    "conditional_expression",
    "assert_statement",
}


def _is_test(node: SgNode, name: str) -> bool:
    """Tell whether ``node`` is the name, and stands where its truth is asked for."""
    if squeezed(node.text()) != squeezed(name):
        return False
    holder = node.parent()
    if holder is None:
        return False
    if holder.kind() in {"boolean_operator", "not_operator"}:
        return True
    condition = holder.field("condition") if holder.kind() in _TESTS else None
    return condition is not None and start(condition) == start(node)


PYTHON_TESTS = (none_asked,)
