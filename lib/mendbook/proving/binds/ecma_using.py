"""How each construct of JavaScript and TypeScript reads names: as values, types, or not at all."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.proving.binds.ecma_reader import ScopeReader
from mendbook.proving.binds.ecma_scope import Scope, Use


def exported(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read an export; the names of ``export … from`` are another module's."""
    if node.field("source") is None:
        reader.children(node, scope)


def specifier(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the name that ``export { name }`` hands out, as a value or a type."""
    if (name := node.field("name")) is not None and name.kind() == "identifier":
        reader.use(name, scope, typed=True)


def identifier(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the name as a value."""
    reader.use(node, scope, typed=False)


def type_name(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the name as a type."""
    reader.use(node, scope, typed=True)


def dotted_type(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the first name of ``A.B`` where a type is meant."""
    if (module := node.field("module")) is not None:
        _dotted(reader, module, scope)


def _dotted(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    first = node
    while first.children():
        first = first.children()[0]
    if first.kind() in {"identifier", "type_identifier"}:
        reader.use(first, scope, typed=True)


def dotted(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the first name of ``A.B``."""
    _dotted(reader, node, scope)


def type_query(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the value that ``typeof value`` asks for among types."""
    for child in node.named_children():
        if child.kind() == "identifier":
            reader.use(child, scope, typed=True)
        elif child.kind() in {"member_expression", "subscript_expression"}:
            _dotted(reader, child, scope)
        else:
            reader.walk(child, scope)


def element(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a JSX tag: a lower-case one is the platform's own."""
    name = node.field("name")
    for child in node.children():
        mine = name is not None and child.range().start.index == name.range().start.index
        if not mine:
            reader.walk(child, scope)
        elif child.kind() == "identifier":
            if not child.text()[:1].islower():
                reader.use(child, scope, typed=False)
        elif child.kind() != "jsx_namespace_name":
            _dotted(reader, child, scope)


def unary(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Use the operand; ``typeof name`` may ask for a name that nothing declares."""
    operand = node.field("argument")
    asks = any(child.kind() == "typeof" for child in node.children())
    if asks and operand is not None and operand.kind() == "identifier":
        start = operand.range().start
        reader.uses.append(Use(operand.text(), start.line, start.index, scope, False, True))
    else:
        reader.children(node, scope)


def nothing(_reader: ScopeReader, _node: SgNode, _scope: Scope) -> None:
    """Leave out what names nothing: comments, strings, members, and a closing tag's copy."""
