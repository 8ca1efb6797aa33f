"""Read the outline of one file from its tree: its declarations, and the members of its types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.commonjs import (
    Exported,
    export_name,
    exported_by,
    required,
    requirement,
)
from mendbook.code.references.infer import Inference, class_key, key_of
from mendbook.code.references.linkage import default_value
from mendbook.code.references.outline import (
    DEFAULT,
    WHOLE,
    Declared,
    Outline,
    Type,
)
from mendbook.code.references.scope import Binding, declared_by, parameters_of
from mendbook.code.references.type_shape import FOREIGN, UNKNOWN, Op, Shape

_KINDS = {
    "method_definition": "method",
    "method_signature": "method",
    "abstract_method_signature": "method",
    "property_signature": "property",
    "public_field_definition": "property",
    "field_definition": "property",
    "pair": "property",
    "enum_assignment": "property",
    "property_identifier": "property",
}
_CALLED = {
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "function_signature": "function",
    "internal_module": "namespace",
    "module": "namespace",
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "interface_declaration": "interface",
    "type_alias_declaration": "type",
    "enum_declaration": "enum",
    "variable_declarator": "variable",
}


_NAMED = frozenset({"identifier", "shorthand_property_identifier"})


def read_outline(root: SgNode, inference: Inference, noted: list[SgNode]) -> Outline:
    """Return the outline of ``root``; ``inference`` puts the objects it meets in ``noted``."""
    reader = _Reader(inference)
    for statement in root.named_children():
        reader.statement(statement)
    while noted:
        reader.type(noted.pop())
    declared = {name: tuple(several) for name, several in reader.declared.items()}
    return Outline(declared=declared, types=reader.types)


def declaration(
    node: SgNode,
    name: SgNode,
    shape: Shape,
    owner: str = "",
    *,
    kind: str = "",
    local: bool = False,
) -> Declared:
    """Return the record of the declaration ``node``, whose name stands at ``name``."""
    at, span = name.range().start, _whole(node).range()
    called = kind or _KINDS.get(node.kind()) or _CALLED.get(node.kind(), "variable")
    return Declared(
        name=syntax.unquoted(name.text()),
        kind=called,
        line=at.line + 1,
        column=at.column + 1,
        first_line=span.start.line + 1,
        end_line=span.end.line + 1,
        owner=owner,
        shape=shape,
        local=local,
    )


class _Reader:
    def __init__(self, inference: Inference) -> None:
        self.infer = inference
        self.declared: dict[str, list[Declared]] = {}
        self.types: dict[str, Type] = {}
        self._read: set[tuple[int, int]] = set()

    def statement(self, node: SgNode) -> None:
        """Declare what a statement at the top of the module binds, and what it exports by value."""
        for bound in declared_by(node):
            if bound.holder.kind() != "variable_declarator" or not requirement(bound.holder)[0]:
                self._declare(bound)
        for one in exported_by(node):
            if one.value.kind() not in _NAMED and one.name != WHOLE and not required(one.value):
                name = export_name(one)
                label = one.value.field("name") or one.label
                exported = declaration(one.value, label, self.infer.of(one.value), kind=_kind(one))
                self._put(replace(exported, name=name), name)
        self._prototype(node)
        value = default_value(node) if node.kind() == "export_statement" else None
        if value is not None:
            keyword = next((at for at in node.children() if at.kind() == DEFAULT), value)
            exported = declaration(node, keyword, self.infer.of(value), kind="variable")
            self._put(replace(exported, name=DEFAULT), DEFAULT)

    def _prototype(self, node: SgNode) -> None:
        """Declare ``Gate.prototype.open = function () {}`` as a method of ``Gate``."""
        inner = next(iter(node.named_children()), None)
        left = inner.field("left") if inner is not None else None
        right = inner.field("right") if inner is not None else None
        if left is None or right is None or right.kind() not in syntax.FUNCTIONS:
            return
        home, name = left.field("object"), left.field("property")
        owner = home.field("object") if home is not None else None
        kept = home.field("property") if home is not None else None
        if name is None or owner is None or kept is None or kept.text() != "prototype":
            return
        key = owner.text()
        method = declaration(node, name, self.infer.of_function(right), key, kind="method")
        known = self.types.get(key, Type())
        self.types[key] = replace(known, members={**known.members, method.name: method})

    def _put(self, declared: Declared, name: str) -> None:
        self.declared.setdefault(name, []).append(declared)

    def _declare(self, bound: Binding) -> None:
        node, kind = bound.holder, bound.holder.kind()
        name = bound.name.text()
        if kind in syntax.CLASSES:
            self.type(node)
            shape = Shape(Op.CLASS, name)
        elif kind == "interface_declaration":
            self.type(node)
            shape = Shape(Op.TYPE, name)
        elif kind == "enum_declaration":
            self.type(node)
            shape = Shape(Op.CLASS, name)
        elif kind == "type_alias_declaration":
            shape = self.infer.of_type(node.field("value"))
            self.types.setdefault(name, Type(parameters=_type_parameters(node)))
        elif kind in {"internal_module", "module"}:
            shape = FOREIGN
        elif kind in syntax.FUNCTIONS or kind == "function_signature":
            shape = self.infer.of_function(node)
        else:
            shape = self.infer.of_binding(bound)
        self._put(declaration(node, bound.name, shape), name)

    def type(self, node: SgNode) -> None:
        """Declare the type, class or enumeration that ``node`` is, and its members; once each."""
        span = node.range()
        if (span.start.index, span.end.index) in self._read:
            return
        self._read.add((span.start.index, span.end.index))
        kind = node.kind()
        named = kind in syntax.CLASSES or kind in {"interface_declaration", "enum_declaration"}
        key = class_key(node) if named else key_of(node)
        body = node.field("body") or node
        members = {one.name: one for one in self._members(body, key)}
        earlier = self.types.get(key, Type())
        self.types[key] = Type(
            parameters=_type_parameters(node) or earlier.parameters,
            bases=(*earlier.bases, *self._bases(node)) if named else (),
            promises=tuple(self._promises(node)) if named else (),
            members={**earlier.members, **members},
        )

    def _bases(self, node: SgNode) -> tuple[Shape, ...]:
        heritage = [
            c
            for c in node.named_children()
            if c.kind() in {"class_heritage", "extends_type_clause"}
        ]
        bases: list[Shape] = []
        for part in heritage:
            clauses = part.named_children()
            if part.kind() == "extends_type_clause":
                bases.extend(self.infer.of_type(one) for one in clauses)
                continue
            for clause in clauses:
                if clause.kind() == "extends_clause":
                    bases.append(self._extended(clause))
                elif clause.kind() != "implements_clause":
                    bases.append(Shape(Op.NEW, "", (self.infer.of(clause),)))
        return tuple(bases)

    def _promises(self, node: SgNode) -> Iterator[Shape]:
        for heritage in node.named_children():
            for clause in heritage.named_children() if heritage.kind() == "class_heritage" else ():
                if clause.kind() == "implements_clause":
                    yield from (self.infer.of_type(one) for one in clause.named_children())

    def _extended(self, clause: SgNode) -> Shape:
        value, arguments = clause.field("value"), clause.field("type_arguments")
        if value is None:
            return UNKNOWN
        given = arguments.named_children() if arguments is not None else []
        if value.kind() == "identifier":
            return Shape(Op.TYPE, value.text(), tuple(self.infer.of_type(one) for one in given))
        return Shape(Op.NEW, "", (self.infer.of(value),))

    def _members(self, body: SgNode, owner: str) -> Iterator[Declared]:
        for node in body.named_children():
            kind = node.kind()
            if kind == "shorthand_property_identifier":
                shape = self.infer.of_name(node)
                yield declaration(node, node, shape, owner, kind="property")
                continue
            if kind not in _KINDS:
                continue
            name = node.field("name") or node.field("key") or node.field("property") or node
            yield declaration(node, name, self._member_shape(node, kind), owner)
            if kind == "method_definition" and name.text() == "constructor":
                yield from self._parameter_properties(node, owner)

    def _parameter_properties(self, constructor: SgNode, owner: str) -> Iterator[Declared]:
        for parameter in parameters_of(constructor):
            kinds = {child.kind() for child in parameter.children()}
            name = parameter.field("pattern")
            if name is not None and kinds & {
                "accessibility_modifier",
                "readonly",
                "override_modifier",
            }:
                shape = self.infer.of_type(parameter.field("type"))
                yield declaration(parameter, name, shape, owner, kind="property")

    def _member_shape(self, node: SgNode, kind: str) -> Shape:
        if kind == "method_definition":
            shape = self.infer.of_function(node)
            getter = any(child.kind() == "get" for child in node.children())
            return shape.parts[0] if getter else shape
        if kind in {"method_signature", "abstract_method_signature"}:
            return self.infer.of_type(node)
        if (annotation := node.field("type")) is not None:
            return self.infer.of_type(annotation)
        value = node.field("value")
        return self.infer.of(value) if value is not None else FOREIGN


def _kind(one: Exported) -> str:
    kind = one.value.kind()
    return "function" if kind in syntax.FUNCTIONS else "class" if kind == "class" else "variable"


def _type_parameters(node: SgNode) -> tuple[str, ...]:
    given = node.field("type_parameters")
    named = given.named_children() if given is not None else []
    names = (one.field("name") for one in named)
    return tuple(name.text() for name in names if name is not None)


def _whole(node: SgNode) -> SgNode:
    """Return the statement of a declarator, so that its lines are those a person would delete."""
    parent = node.parent()
    return parent if node.kind() == "variable_declarator" and parent is not None else node
