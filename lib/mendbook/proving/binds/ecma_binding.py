"""How each construct of JavaScript and TypeScript binds names, and in which scope."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.proving.binds.ecma_reader import ScopeReader
from mendbook.proving.binds.ecma_scope import Scope


def function(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a function: its name, its parameters, and its body in a scope of its own."""
    kind, name = node.kind(), node.field("name")
    inner = Scope(scope, function=True)
    if name is not None and kind.endswith("_declaration"):
        reader.bind(name, "function", scope)
    elif name is not None and kind == "method_definition":
        reader.walk(name, scope)
    elif name is not None:
        reader.bind(name, "function", inner)
    if (single := node.field("parameter")) is not None:
        reader.pattern(single, "parameter", inner)
    skipped = {one.range().start.index for one in (name, single) if one is not None}
    for child in node.children():
        if child.range().start.index in skipped and child.is_named():
            continue
        if child.kind() == "statement_block":
            reader.children(child, inner)
        else:
            reader.walk(child, inner)


def class_body(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a class: its name outside, but for that of an expression, and the rest within."""
    kind, name = node.kind(), node.field("name")
    inner = Scope(scope)
    if name is not None:
        reader.bind(name, "class", scope if kind != "class" else inner)
    for child in node.children():
        if name is None or child.range().start.index != name.range().start.index:
            reader.walk(child, scope if child.kind() == "decorator" else inner)


def type_scope(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a type that has names of its own: an interface, an alias, a signature."""
    kind, name = node.kind(), node.field("name")
    inner = Scope(scope)
    if kind in {"interface_declaration", "type_alias_declaration"} and name is not None:
        reader.bind(name, "type", scope, typed=True)
    elif kind == "function_signature" and name is not None:
        reader.bind(name, "signature", scope)
    elif kind == "mapped_type_clause" and name is not None:
        reader.bind(name, "type", scope, typed=True)
        inner = scope
    elif kind == "index_signature" and name is not None:
        reader.bind(name, "parameter", inner)
    for infer in node.find_all(kind="infer_type") if kind == "conditional_type" else []:
        for child in infer.named_children()[:1]:
            reader.bind(child, "type", inner, typed=True)
    for child in node.children():
        if name is None or child.range().start.index != name.range().start.index:
            reader.walk(child, inner)


def declaration(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind each name of a ``const``, ``let`` or ``var``, and read what they are set to."""
    first = next(iter(node.children()), None)
    how = first.text() if first is not None else "const"
    home = scope.home if how == "var" else scope
    for child in node.children():
        if child.kind() != "variable_declarator":
            reader.walk(child, scope) if child.is_named() else None
            continue
        name = child.field("name")
        if name is not None:
            reader.pattern(name, how, home)
        for part in child.children():
            if name is None or part.range().start.index != name.range().start.index:
                reader.walk(part, scope)


def block(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a block in a scope of its own."""
    reader.children(node, Scope(scope))


def field_of_class(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a field: what it is set to runs when an object is made, unless it is static."""
    static = any(child.kind() == "static" for child in node.children())
    reader.children(node, scope if static else Scope(scope, function=True))


def loop(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a ``for … of`` or ``for … in``, whose variable belongs to the loop."""
    inner = Scope(scope)
    left, how = node.field("left"), node.field("kind")
    for child in node.children():
        mine = left is not None and child.range().start.index == left.range().start.index
        if mine and how is not None:
            target = inner.home if how.text() == "var" else inner
            reader.pattern(child, how.text(), target)
        else:
            reader.walk(child, inner)


def caught(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Read a ``catch``, whose parameter belongs to it."""
    inner = Scope(scope)
    parameter = node.field("parameter")
    for child in node.children():
        start = child.range().start.index
        if parameter is not None and start == parameter.range().start.index:
            reader.pattern(child, "parameter", inner)
        else:
            reader.walk(child, inner)


def parameters(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind the parameters of a function, and read their defaults and types."""
    for child in node.named_children():
        if child.kind() not in {"required_parameter", "optional_parameter"}:
            reader.pattern(child, "parameter", scope)
            continue
        pattern = child.field("pattern")
        if pattern is not None and pattern.kind() != "this":
            reader.pattern(pattern, "parameter", scope)
        for part in child.children():
            if pattern is None or part.range().start.index != pattern.range().start.index:
                reader.walk(part, scope)


def type_parameter(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind ``T`` of ``<T extends …>`` as a type."""
    name = node.field("name")
    if name is not None:
        reader.bind(name, "type", scope, typed=True)
    for child in node.children():
        if name is None or child.range().start.index != name.range().start.index:
            reader.walk(child, scope)


def enumeration(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind an ``enum`` and, inside it, its members by their bare names."""
    name, body = node.field("name"), node.field("body")
    if name is not None:
        reader.bind(name, "enum", scope)
    inner = Scope(scope)
    for member in body.named_children() if body is not None else []:
        label = member.field("name") or member
        reader.bind(label, "member", inner)
        if (value := member.field("value")) is not None:
            reader.walk(value, inner)


def namespace(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind a ``namespace`` and read its body in a scope of its own."""
    name, body = node.field("name"), node.field("body")
    if name is not None and name.kind() == "identifier":
        reader.bind(name, "namespace", scope)
    if body is not None:
        reader.children(body, Scope(scope, function=True))


def ambient(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind what ``declare`` says exists; in ``declare global`` it exists in the file too."""
    for child in node.children():
        if child.kind() == "statement_block":
            reader.children(child, reader.top)
        elif child.is_named():
            reader.walk(child, scope)


def imported(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind each local name of an ``import``; a ``type`` import binds types."""
    whole = any(child.kind() == "type" for child in node.children())
    for clause in node.named_children():
        if clause.kind() == "import_require_clause":
            reader.bind(clause.named_children()[0], "import", scope)
        for part in clause.named_children() if clause.kind() == "import_clause" else []:
            if part.kind() == "identifier":
                reader.bind(part, "import", scope, typed=whole)
            elif part.kind() == "namespace_import":
                reader.bind(part.named_children()[0], "import", scope, typed=whole)
            else:
                _specifiers(reader, part, scope, typed=whole)


def _specifiers(reader: ScopeReader, clause: SgNode, scope: Scope, *, typed: bool) -> None:
    for one in clause.named_children():
        name = one.field("alias") or one.field("name")
        marked = any(child.kind() == "type" for child in one.children())
        if name is not None:
            reader.bind(name, "import", scope, typed=typed or marked)


def import_alias(reader: ScopeReader, node: SgNode, scope: Scope) -> None:
    """Bind ``A`` of ``import A = B.C``."""
    local, *others = node.named_children()
    reader.bind(local, "import", scope)
    for other in others:
        reader.walk(other, scope)
