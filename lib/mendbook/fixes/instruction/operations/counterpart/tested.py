"""The test of the evidence that written code mends."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.counterpart.quoted_code import (
    is_akin,
    is_in_quotes,
    write_over,
)
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, field, squeezed, start
from mendbook.fixes.instruction.writing.editing import replaced


def test_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``if (…)``, ``while …:``: another test for the one that the evidence quotes."""
    python = scene.language.python
    head = re.fullmatch(
        r"(if|elif|while)\s+(.+?)\s*:" if python else r"(if|while)\s*(\(.*\))\s*\{?",
        text,
        re.DOTALL,
    )
    if head is None:
        return None
    kinds = {"while": ("while_statement",)}.get(head[1], ("if_statement", "elif_clause"))
    statements = [one for one in is_in_quotes(scene, kinds) if one.field("condition") is not None]
    if len(statements) != 1:
        return None
    node = statements[0].field("condition")
    if node is None:
        return None
    endless = head[1] == "while" and squeezed(node.text()).strip("()") in {"True", "true", "1"}
    if not endless and not is_akin(scene.language, head[2], node.text()):
        return None
    return write_over(scene, node, head[2])


def whole_if_for(outer: SgNode, call: SgNode, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit of ``if (a) { a() }`` to ``a?.()``; None where the branch does more."""
    body = field(outer, "consequence")
    inner = list(body.named_children()) if body is not None else []
    alone = len(inner) == 1 and squeezed(inner[0].text()) == squeezed(call.text())
    if outer.field("alternative") is not None or not alone:
        return None
    return outer, replaced(outer, text + (";" if inner[0].text().endswith(";") else ""))


def comparison_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``a.b() === c``: the comparison of the same thing by the same operator, or its bare test."""
    head = re.fullmatch(r"(.+?)\s+(===?|!==?|<=?|>=?|is not|is|in|not in)\s+(.+)", text, re.DOTALL)
    if head is None or re.search(r"&&|\|\||\?\?|\band\b|\bor\b|=>|\?", text):
        return None
    kinds = ("binary_expression", "comparison_operator")
    root = re.match(r"[\w$]+", head[1])
    comparisons = [
        one
        for one in is_in_quotes(scene, kinds)
        if len(inner := one.named_children()) == 2
        and re.sub(r"\s+", " ", scene.text[end(inner[0]) : start(inner[1])].strip()) == head[2]
        and root is not None
        and re.match(rf"{re.escape(root[0])}(?![\w$])", one.text())
    ]
    if len(comparisons) == 1:
        return write_over(scene, comparisons[0], text)
    return _tested(scene, head[1], text) if not comparisons else None


def _tested(scene: Scene, left: str, text: str) -> tuple[SgNode, Edit] | None:
    """Return the edit of an ``if`` that tests ``left`` by its truth alone."""
    tests = []
    for one in is_in_quotes(scene, ("if_statement", "while_statement", "elif_clause")):
        test = one.field("condition")
        if test is not None and squeezed(test.text()).strip("()") == squeezed(left):
            tests.append(test)
    if len(tests) != 1:
        return None
    bracket = tests[0].text().startswith("(") and not scene.language.python
    return write_over(scene, tests[0], f"({text})" if bracket else text)
