"""Conditions of Python: what a bare name stands for is asked in so many words."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.editing import replaced
from mendbook.fixes.instruction.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, made
from mendbook.fixes.instruction.syntax import of_kinds, squeezed, start
from mendbook.fixes.instruction.work import Made, Work
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


def none_asked(work: Work, ask: Ask) -> Made | None:
    """*Test `a` and `b` with `is not None`*: each where it stands as a condition by itself."""
    told, written = _TESTED.fullmatch(ask.text), _WRITTEN.fullmatch(ask.text)
    if told is not None:
        if ask.code(told["op"]) != "is not None":
            return None
        names = [ask.code(one) for one in re.split(r",\s+(?:and\s+)?|\s+and\s+", told["names"])]
    elif written is not None:
        found = [
            re.fullmatch(r"(\S+)\s+is\s+not\s+None", ask.code(one))
            for one in re.findall(r"⟦\d+⟧", written["tests"])
        ]
        if not all(found):
            return None
        names = [one[1] for one in found if one is not None]
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
    return made(scene, Operation.REPLACE, said, edits, list(dict.fromkeys(adds)))


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


_ASSERT = re.compile(
    r"(?:replace|turn|change|rewrite)\s+the\s+assert(?:ion)?\s+(?:with|by|into|to|as)\s+(?:an?\s+)?(?:explicit\s+)?"
    r"(?:check|if|test|raise|guard)(?:\s+(?:that\s+raises|raising|which\s+raises|and\s+raise))?\s+(?:an?\s+)?"
    rf"(?P<error>{ITEM})(?:\s+with\s+(?:the\s+same|its|that)\s+message)",
    re.IGNORECASE,
)
_TURNED = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "==", "is": "is not",
           "is not": "is", "in": "not in", "not in": "in"}  # fmt: skip


def raised_for_assert(work: Work, ask: Ask) -> Made | None:
    """*Replace the assert with a check raising ValueError with the same message*."""
    told = _ASSERT.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    found = [
        one for one in of_kinds(scene.root, ("assert_statement",)) if touches_quote(scene, one)
    ]
    error = ask.code(told["error"])
    parts = found[0].named_children() if len(found) == 1 else []
    if len(parts) != 2 or not re.fullmatch(r"[A-Z][\w.]*", error):
        return None
    lead = indent(scene.text, start(found[0]))
    code = f"if {_denied(parts[0])}:\n{lead}{step(scene.text)}raise {error}({parts[1].text()})"
    said = f"raise {error} where the assert would"
    return made(
        scene, Operation.REPLACE, said, [replaced(found[0], code)],
        [f"raise {error}({parts[1].text()})"], [found[0].text()],
    )  # fmt: skip


def _denied(condition: SgNode) -> str:
    """Return a condition that holds where ``condition`` does not."""
    text = condition.text()
    sides = condition.named_children()
    if condition.kind() == "comparison_operator" and len(sides) == 2:
        mark = text[len(sides[0].text()) : len(text) - len(sides[1].text())].strip()
        if mark in _TURNED and not re.search(r"float|nan", text, re.I):
            return f"{sides[0].text()} {_TURNED[mark]} {sides[1].text()}"
    if condition.kind() == "not_operator":
        return sides[0].text()
    plain = condition.kind() in {"identifier", "attribute", "call", "subscript"}
    return f"not {text}" if plain else f"not ({text})"


PYTHON_TESTS = (none_asked, raised_for_assert)
