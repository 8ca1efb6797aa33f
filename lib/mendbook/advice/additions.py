"""Add lines to an object literal, in the style of the lines that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, start
from mendbook.code.module_text import Module


def with_properties(module: Module, after: SgNode, lines: Sequence[str]) -> str | None:
    """Return the module's text with ``lines`` below the property ``after``; None when it cannot be.

    A literal that is written on one line has no line to follow.
    """
    literal, text = after.parent(), module.text
    if literal is None or literal.range().end.line == after.range().end.line:
        return None
    margin, comma = indent(text, start(after)), after.next()
    block = "".join(f"{margin}{line}\n" for line in lines)
    if comma is None or comma.kind() != ",":
        text = f"{text[: end(after)]},{text[end(after) :]}"
    return apply(text, [after_line(text, end(after), block)])


def last_property(literal: SgNode) -> SgNode | None:
    """Return the last property of an object literal, or None when it has none."""
    properties = [node for node in literal.named_children() if node.kind() != "comment"]
    return properties[-1] if properties else None
