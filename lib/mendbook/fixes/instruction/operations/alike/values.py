"""The values that an expression is made of."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import callee, field, of_kinds, squeezed

_CHAINS = {"attribute", "selector_expression", "field_access"}


def values_of(language: Language, node: SgNode) -> set[str]:
    """Return the values that an expression is made of: names, members, and texts without names.

    What is called is none of them; what it is called on is.
    """
    values: set[str] = set()
    texts: set[str] = set()
    stack = [node]
    while stack:
        one = stack.pop()
        if one.kind() in language.calls:
            target = callee(one)
            owner = one.field("object") if one.kind() == "method_invocation" else None
            if target is not None and target.kind() in _CHAINS:
                owner = field(target, "object", "value", "operand")
            given = one.field("arguments")
            stack += [each for each in (owner, given) if each is not None]
            if one.kind() == "object_creation_expression" and target is not None:
                values.add(re.sub(r"<.*", "", squeezed(target.text())))
            continue
        if one.kind() in _CHAINS and re.fullmatch(r"[\w.$\s]+", one.text()):
            values.add(squeezed(one.text()))
            continue
        if one.kind() in {"keyword_argument", "keyed_element"}:
            stack += one.named_children()[1:]
            continue
        if one.kind() in language.strings and not of_kinds(one, ("interpolation",)):
            texts.add(squeezed(one.text()))
            continue
        if one.kind() in language.names:
            values.add(one.text())
            continue
        stack += one.named_children()
    return values or texts
