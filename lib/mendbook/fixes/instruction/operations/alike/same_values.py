"""An expression over the one of the evidence that is made of the same values."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.alike.parsed import one_statement
from mendbook.fixes.instruction.operations.alike.swap import Swap, swap_of
from mendbook.fixes.instruction.operations.alike.values import values_of
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    end,
    field,
    of_kinds,
    outermost,
    squeezed,
    tokens,
    walk,
)


def needless_test_dropped(scene: Scene, code: str) -> Swap | None:
    """``== True``: the comparison of the evidence that ends so, which is its left side alone."""
    if re.fullmatch(r"(?:==|is)\s*(?:True|true)", code) is None:
        return None
    comparisons = [
        one
        for one in of_kinds(scene.root, ("comparison_operator", "binary_expression"))
        if touches_quote(scene, one)
        and len(one.named_children()) == 2
        and squeezed(one.text()).endswith(squeezed(code))
    ]
    if len(comparisons) != 1:
        return None
    left = comparisons[0].named_children()[0]
    return comparisons[0].text(), left.text(), [Edit(end(left), end(comparisons[0]), "")]


_SIMPLE = {
    *("identifier", "attribute", "field_access", "selector_expression", "field_identifier"),
    *("string", "string_literal", "interpreted_string_literal", "integer", "float"),
}
_TESTS = {"binary_expression", "comparison_operator", "boolean_operator", "not_operator"}
_ASKS = re.compile(
    r"(?:^|\.)(?:is[A-Z_]\w*|has[A-Z_]\w*|isinstance|issubclass|any|all|equals\w*|contains"
    r"|compare_digest|timingSafeEqual|starts_?[wW]ith|ends_?[wW]ith|EqualFold|HasPrefix|HasSuffix|Contains)\("
)


def same_values_swap(scene: Scene, code: str) -> Swap | None:
    """Write an expression over the one of the evidence that is made of the same values."""
    new = _expression(scene, code)
    if new is None or new.kind() in _SIMPLE:
        return None
    wanted = _values(scene, new)
    expressions = [
        one
        for one in walk(scene.root)
        if one.is_named()
        and begins_in_quote(scene, one)
        and any(end(one) <= last + 1 for _, last in scene.quotes)
        and _is_expression(one)
        and _values(scene, one) == wanted
        and (_is_joined(new) or not _is_joined(one))
    ]
    if not expressions or any(tokens(one) == tokens(new) for one in expressions):
        return None
    if _is_test(new):
        expressions = [one for one in expressions if one.kind() in _TESTS]
        expressions = outermost(expressions)
        if len(expressions) == 1 and _polarity(expressions[0]) != _polarity(new):
            return None
    else:
        expressions = [
            one for one in expressions if one.kind() not in _TESTS or new.kind() in _TESTS
        ]
    return swap_of(scene, expressions, code)


def _values(scene: Scene, node: SgNode) -> set[str]:
    """Return what an expression is made of; a module whose functions it calls is no value."""
    held = set(values_of(scene.language, node))
    return {one for one in held if not _is_module(scene, one)} or held


def _is_module(scene: Scene, name: str) -> bool:
    loads = rf"(?m)^\s*(?:import|from)\s.*(?<![\w.]){re.escape(name)}(?!\w)"
    return re.fullmatch(r"\w+", name) is not None and re.search(loads, scene.text) is not None


def _is_joined(node: SgNode) -> bool:
    """Tell whether a test is made of tests: ``a and b``."""
    mark = field(node, "operator")
    return node.kind() == "boolean_operator" or (mark is not None and mark.text() in {"&&", "||"})


def _is_test(node: SgNode) -> bool:
    if node.kind() in {"comparison_operator", "boolean_operator", "not_operator"}:
        return True
    marks = re.search(r"[=!]=|&&|\|\||\s[<>]=?\s", node.text())
    if node.kind() == "binary_expression" and marks:
        return True
    return node.kind() in {"call", "call_expression", "method_invocation"} and bool(
        _ASKS.search(f".{callee_text(node).rpartition('.')[2]}(")
    )


def _polarity(node: SgNode) -> str:
    """Return what a test asks: for nothing there, for something, for another, or for this one."""
    text = squeezed(node.text())
    if re.search(
        r"(?:==|\bis )(?:''|0|\[\]|\{\}|None|null|nil|False|false)$|is(?:Empty|Blank)\(\)$", text
    ):
        return "full" if text.startswith("!") else "empty"
    if re.search(r"(?:!=|\bis not )(?:''|0|\[\]|\{\}|None|null|nil)$|[^=]>0$", text):
        return "full"
    if re.match(r"(?:!|not\b)", text):
        return "empty" if re.fullmatch(r"(?:!|not )\s*[\w.]+", text) else "not"
    return "not" if re.search(r"!=|\bis not\b|\bnot in\b", text) else "plain"


def _is_expression(node: SgNode) -> bool:
    kind = node.kind()
    return kind not in _SIMPLE and (
        kind in {"call", "subscript", "list", "set", "dictionary", "tuple", "index_expression",
                 "call_expression", "method_invocation", "array_access", "string_concatenation",
                 "conditional_expression", "ternary_expression", "composite_literal", "await",
                 "object_creation_expression", "list_comprehension", "generator_expression"}
        or kind in _TESTS
        or kind == "binary_operator"
    )  # fmt: skip


def _expression(scene: Scene, code: str) -> SgNode | None:
    if scene.language.script:
        return None
    assignment = one_statement(scene, f"x = {code}")
    value = field(assignment, "value", "right") if assignment is not None else None
    if value is not None and value.kind() == "expression_list" and len(value.named_children()) == 1:
        value = value.named_children()[0]
    return value if value is not None and squeezed(value.text()) == squeezed(code) else None
