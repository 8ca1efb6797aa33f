"""The opposite of a condition of a script, as a person writes it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

_EQUAL = {"===": "!==", "!==": "===", "==": "!=", "!=": "=="}
_ORDERED = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_JOINED = {"&&": "||", "||": "&&"}
_NUMBER = re.compile(r"-?[\d_.]+|[\w$.]+\.(?:length|size)")


def turned(test: SgNode, text: str) -> str:
    """Return the opposite of ``test``, a condition in the file ``text``.

    An order of what may be no number is put in brackets: ``undefined < 3`` and ``undefined >= 3``
    are both false.
    """
    if test.kind() == "parenthesized_expression":
        return turned(test.named_children()[0], text)
    if test.kind() == "unary_expression" and test.text().startswith("!"):
        inner = test.field("argument")
        if inner is not None:
            return _bare(inner).text()
    sign = test.field("operator") if test.kind() == "binary_expression" else None
    left, right = test.field("left"), test.field("right")
    if sign is not None and left is not None and right is not None:
        if sign.text() in _EQUAL:
            return f"{left.text()} {_EQUAL[sign.text()]} {right.text()}"
        if sign.text() in _ORDERED and all(_is_number(one, text) for one in (left, right)):
            return f"{left.text()} {_ORDERED[sign.text()]} {right.text()}"
        if sign.text() in _JOINED:
            parts = [_part(one, sign.text(), text) for one in (left, right)]
            return f" {_JOINED[sign.text()]} ".join(parts)
    simple = ("identifier", "member_expression", "call_expression", "subscript_expression", "this")
    return f"!{test.text()}" if test.kind() in simple else f"!({test.text()})"


def _part(side: SgNode, sign: str, text: str) -> str:
    new = turned(side, text)
    bare = _bare(side)
    inner = bare.field("operator") if bare.kind() == "binary_expression" else None
    mixed = inner is not None and inner.text() in _JOINED and inner.text() != sign
    return f"({new})" if mixed else new


def _bare(node: SgNode) -> SgNode:
    while node.kind() == "parenthesized_expression":
        node = node.named_children()[0]
    return node


def _is_number(node: SgNode, text: str) -> bool:
    """Tell whether a side of an order is seen to be a number: a literal, a length, or typed so."""
    said = node.text()
    if _NUMBER.fullmatch(said):
        return True
    last = re.escape(said.rpartition(".")[2])
    typed = re.findall(rf"(?<![\w$.]){last}\s*:\s*([\w$]+)", text)
    return re.fullmatch(r"[\w$.]+", said) is not None and bool(typed) and set(typed) == {"number"}
