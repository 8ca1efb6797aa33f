"""Which local declaration an identifier means: the scopes of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code import trees as syntax

BLOCKS = frozenset({"statement_block", "class_static_block", "switch_case", "switch_default"})
DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_SCOPES = syntax.FUNCTIONS | BLOCKS | {"for_in_statement", "for_statement", "catch_clause"}
_PATTERNS = frozenset(
    {"object_pattern", "array_pattern", "pair_pattern", "assignment_pattern"}
    | {"object_assignment_pattern", "rest_pattern"}
)
_NAMED = syntax.CLASSES | {
    "function_declaration",
    "generator_function_declaration",
    "function_signature",
    "internal_module",
    "module",
    "interface_declaration",
    "type_alias_declaration",
    "enum_declaration",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a whole value into the pattern that takes it apart: a key or an index."""

    key: str
    index: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """A name that a scope binds: where, what holds it, and the steps from the holder's value."""

    name: SgNode
    holder: SgNode
    """A parameter, declarator, ``for``, ``catch`` or named declaration."""
    steps: tuple[Step, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """Return the 1-based line and column of the name."""
        start = self.name.range().start
        return start.line + 1, start.column + 1


class Scopes:
    """The local scopes of one tree, each read when it is first asked for."""

    def __init__(self) -> None:
        self._tables: dict[tuple[int, int, str], dict[str, Binding]] = {}

    def binding(self, node: SgNode, name: str) -> Binding | None:
        """Return what ``name`` means at ``node``; None where only the file itself can bind it."""
        for ancestor in node.ancestors():
            if ancestor.kind() in _SCOPES and (binding := self._table(ancestor).get(name)):
                return binding
        return None

    def _table(self, scope: SgNode) -> dict[str, Binding]:
        span, kind = scope.range(), scope.kind()
        key = (span.start.index, span.end.index, kind)
        if key not in self._tables:
            self._tables[key] = {bound.name.text(): bound for bound in _bound_in(scope, kind)}
        return self._tables[key]


def _bound_in(scope: SgNode, kind: str) -> Iterator[Binding]:
    if kind in syntax.FUNCTIONS:
        yield from _parameters(scope)
    elif kind in BLOCKS:
        for child in scope.named_children():
            yield from declared_by(child)
    elif kind == "for_in_statement":
        if scope.field("kind") is not None and (left := scope.field("left")) is not None:
            yield from taken_apart(left, scope)
    elif kind == "for_statement":
        if (first := scope.field("initializer")) is not None:
            yield from declared_by(first)
    elif (caught := scope.field("parameter")) is not None:
        yield from taken_apart(caught, scope)


def parameters_of(function: SgNode) -> list[SgNode]:
    """Return the parameters of ``function``, comments left out."""
    if (single := function.field("parameter")) is not None:
        return [single]
    given = function.field("parameters")
    named = given.named_children() if given is not None else []
    return [node for node in named if node.kind() != "comment"]


def _parameters(function: SgNode) -> Iterator[Binding]:
    if function.kind() == "function_expression" and (own := function.field("name")) is not None:
        yield Binding(own, function)
    for parameter in parameters_of(function):
        pattern = parameter.field("pattern") or parameter
        yield from taken_apart(pattern, parameter)


def declared_by(statement: SgNode) -> Iterator[Binding]:
    """Yield what a statement declares in the scope it stands in; ``export`` is looked through."""
    kind = statement.kind()
    if kind == "export_statement" and (inner := statement.field("declaration")) is not None:
        yield from declared_by(inner)
    elif kind in DECLARATIONS:
        for declarator in statement.named_children():
            if declarator.kind() == "variable_declarator":
                name = declarator.field("name")
                yield from taken_apart(name, declarator) if name is not None else ()
    elif kind in {"ambient_declaration", "expression_statement"}:
        for inner in statement.named_children():
            if kind == "ambient_declaration" or inner.kind() == "internal_module":
                yield from declared_by(inner)
    elif kind in _NAMED and (name := statement.field("name")) is not None:
        yield from [] if name.kind() == "string" else [Binding(name, statement)]


def taken_apart(pattern: SgNode, holder: SgNode, steps: tuple[Step, ...] = ()) -> Iterator[Binding]:
    """Yield each name that ``pattern`` binds, with the steps that lead to it."""
    kind = pattern.kind()
    if kind in {"identifier", "shorthand_property_identifier_pattern"}:
        last = (Step(pattern.text()),) if kind != "identifier" else ()
        yield Binding(pattern, holder, (*steps, *last))
    elif kind in {"assignment_pattern", "object_assignment_pattern"}:
        if (left := pattern.field("left")) is not None:
            yield from taken_apart(left, holder, steps)
    elif kind == "rest_pattern":
        for child in pattern.named_children():
            yield from taken_apart(child, holder, steps)
    elif kind == "pair_pattern":
        key, value = pattern.field("key"), pattern.field("value")
        if key is not None and value is not None:
            yield from taken_apart(value, holder, (*steps, Step(key.text())))
    elif kind == "object_pattern":
        for child in pattern.named_children():
            yield from taken_apart(child, holder, steps)
    elif kind == "array_pattern":
        index = 0
        for child in pattern.children():
            index += child.kind() == ","
            if child.is_named():
                yield from taken_apart(child, holder, (*steps, Step(str(index), index=True)))


def whole_of(key: SgNode) -> Binding | None:
    """Return the value that the key ``key`` of a destructuring pattern is taken from, or None."""
    around = []
    for ancestor in key.ancestors():
        if ancestor.kind() not in _PATTERNS:
            holder = ancestor
            break
        around.append(ancestor)
    else:
        return None
    if not around:
        return None
    top = around[-1]
    pair = around[0].kind() == "pair_pattern"
    deep = sum(one.kind() in {"pair_pattern", "array_pattern"} for one in around) - pair
    inside = (around[0] if pair else key).range()
    for bound in taken_apart(top, top if holder.kind() == "formal_parameters" else holder):
        at = bound.name.range()
        if inside.start.index <= at.start.index and at.end.index <= inside.end.index:
            return Binding(key, bound.holder, bound.steps[:deep])
    return None
