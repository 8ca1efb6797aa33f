"""Read what CommonJS imports and exports: ``require`` and ``module.exports`` at the top level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.outline import DEFAULT, WHOLE

_OBJECTS = frozenset({"exports", "module.exports"})
_PATTERNS = frozenset({"object_pattern", "pair_pattern", "object_assignment_pattern"})


@dataclass(frozen=True, slots=True)
class Exported:
    """One thing that CommonJS exports: ``name`` is empty for ``module.exports`` as a whole.

    ``label`` is where its name stands, ``value`` what is exported.
    """

    name: str
    label: SgNode
    value: SgNode


def required(node: SgNode | None) -> str:
    """Return the module that the expression ``node`` requires or awaits whole; else nothing."""
    while node is not None and node.kind() in syntax.WRAPPERS:
        node = next(iter(node.named_children()), None)
    if node is None or node.kind() != "call_expression":
        return ""
    callee = node.field("function")
    if callee is None or callee.text() not in {"require", "import"}:
        return ""
    return syntax.string_value(next(iter(syntax.arguments_of(node)), None)) or ""


def requirement(declarator: SgNode) -> tuple[str, str]:
    """Return the module and the member (``*`` for all of it) that ``declarator`` takes, or nothing.

    ``const a = require("m").b`` takes ``b`` of ``m``.
    """
    value = declarator.field("value")
    if source := required(value):
        return source, WHOLE
    if value is not None and value.kind() == "member_expression":
        name, source = value.field("property"), required(value.field("object"))
        if name is not None and source:
            return source, name.text()
    return "", ""


def is_required(name: SgNode) -> bool:
    """Tell whether a pattern takes ``name`` from a module: ``const { name } = require(…)``."""
    for ancestor in name.ancestors():
        kind = ancestor.kind()
        if kind == "variable_declarator":
            return bool(requirement(ancestor)[0])
        if kind not in _PATTERNS:
            return False
    return False


def is_exports(node: SgNode | None) -> bool:
    """Tell whether ``node`` is ``exports`` or ``module.exports``."""
    return node is not None and node.text() in _OBJECTS


def export_name(one: Exported) -> str:
    """Return the name that the file's outline keeps the exported value under."""
    own = one.value.field("name")
    named = own is not None and one.value.kind() in syntax.FUNCTIONS | syntax.CLASSES
    return one.name or (own.text() if own is not None and named else DEFAULT)


def exported_by(statement: SgNode) -> Iterator[Exported]:
    """Yield what a top-level statement exports in CommonJS, part by part."""
    if statement.kind() != "expression_statement":
        return
    node = next(iter(statement.named_children()), None)
    while node is not None and node.kind() == "assignment_expression":
        left, right = node.field("left"), node.field("right")
        value = right
        while value is not None and value.kind() == "assignment_expression":
            value = value.field("right")
        if left is not None and value is not None:
            yield from _assigned(left, value)
        node = right


def _assigned(left: SgNode, value: SgNode) -> Iterator[Exported]:
    label = left.field("property")
    if is_exports(left) and left.text() == "module.exports":
        if value.kind() == "object":
            yield from _members(value)
        elif not is_exports(value):
            yield Exported("", left, value)
    elif label is not None and is_exports(left.field("object")):
        yield Exported(label.text(), label, value)


def _members(whole: SgNode) -> Iterator[Exported]:
    for part in whole.named_children():
        kind = part.kind()
        if kind == "shorthand_property_identifier":
            yield Exported(part.text(), part, part)
        elif kind == "pair":
            key, value = part.field("key"), part.field("value")
            if key is not None and value is not None:
                yield Exported(syntax.unquoted(key.text()), key, value)
        elif kind == "method_definition" and (name := part.field("name")) is not None:
            yield Exported(name.text(), name, part)
        elif kind == "spread_element":
            yield Exported(WHOLE, part, part.named_children()[0])


def is_handed_out(node: SgNode) -> bool:
    """Tell whether the name ``node`` is exported where it stands: ``module.exports = { node }``."""
    parent = node.parent()
    if parent is None:
        return False
    if parent.kind() == "pair":
        value = parent.field("value")
        if value is None or value.range().start.index != node.range().start.index:
            return False
        node, parent = parent, parent.parent()
    if parent is not None and parent.kind() == "object":
        parent = parent.parent()
    elif node.kind() != "identifier":
        return False
    if parent is None or parent.kind() != "assignment_expression":
        return False
    left = parent.field("left")
    handed = left is not None and (is_exports(left) or is_exports(left.field("object")))
    return handed and left is not None and left.range().end.index <= node.range().start.index


def names_export(node: SgNode, parent: SgNode) -> bool:
    """Tell whether ``node`` is the name under which CommonJS exports something."""
    kind = parent.kind()
    if kind == "member_expression" and is_exports(parent.field("object")):
        holder = parent.parent()
        left = holder.field("left") if holder is not None else None
        return left is not None and left.range().end.index == node.range().end.index
    if kind not in {"pair", "method_definition"}:
        return False
    label = parent.field("key") or parent.field("name")
    whole = parent.parent()
    holder = whole.parent() if whole is not None and whole.kind() == "object" else None
    if label is None or label.range().start.index != node.range().start.index or holder is None:
        return False
    return holder.kind() == "assignment_expression" and is_exports(holder.field("left"))
