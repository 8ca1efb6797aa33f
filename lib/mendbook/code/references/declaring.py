"""The statements of a module that declare one name: overloads, merged types, value and type."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.references.scope import declared_by


def declaring(root: SgNode, name: str) -> list[SgNode]:
    """Return every top-level statement that declares ``name``, with its ``export`` keyword."""
    return [
        statement
        for statement in root.named_children()
        if any(bound.name.text() == name for bound in declared_by(statement))
    ]


def declared_names(statement: SgNode) -> list[str]:
    """Return the names that a top-level statement declares, in order."""
    return [bound.name.text() for bound in declared_by(statement)]


def members(node: SgNode) -> list[SgNode]:
    """Return the class member ``node`` and the others of its name: overloads, getter and setter."""
    body, label = node.parent(), node.field("name")
    if body is None or label is None:
        return [node]
    return [
        one
        for one in body.named_children()
        if (other := one.field("name")) is not None and other.text() == label.text()
    ]
