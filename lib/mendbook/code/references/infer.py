"""What the syntax of one file says about the type of an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.scope import Binding, Scopes, parameters_of
from mendbook.code.references.type_shape import (
    FOREIGN,
    UNKNOWN,
    Op,
    Shape,
    either,
    member,
    step,
)

_DEEPEST = 24
"""How many locals an expression may lead through before nothing more is asked."""
_LITERALS = frozenset(
    {"string", "template_string", "number", "regex", "true", "false", "null", "undefined"}
    | {"unary_expression", "update_expression", "predefined_type", "literal_type"}
    | {"template_literal_type", "type_predicate", "asserts"}
)
_HANDED_ON = frozenset({"parenthesized_expression", "non_null_expression", "parenthesized_type"})
_SINGLE_TYPES = frozenset({"readonly_type", "optional_type", "rest_type"})
_MANY = frozenset({"union_type", "intersection_type"})
_LOGICAL = frozenset({"||", "??", "&&"})
_HANDS_OUT = frozenset({"get", "resolve", "create", "inject", "instantiate", "getInstance"})
"""Calls by which a container hands out an object of the class or of the type that they name."""


def key_of(node: SgNode) -> str:
    """Return the key under which the outline keeps the members of an object: name, or place."""
    holder = node.parent()
    while holder is not None and holder.kind() in syntax.WRAPPERS:
        holder = holder.parent()
    if holder is not None and (name := holder.field("name")) is not None and _is_top(holder):
        return name.text()
    start = node.range().start
    return f"@{start.line + 1}:{start.column + 1}"


class Inference:
    """Shapes of the expressions and types of one tree."""

    def __init__(self, note_object: Callable[[SgNode], None]) -> None:
        self.scopes = Scopes()
        self._note_object = note_object
        self._depth = 0
        self._open: set[int] = set()
        """Where the functions begin whose results are being looked for."""

    def of(self, node: SgNode | None) -> Shape:
        """Return what is known of the value of the expression ``node``."""
        if node is None or self._depth > _DEEPEST:
            return UNKNOWN
        self._depth += 1
        try:
            return self._of(node, node.kind())
        finally:
            self._depth -= 1

    def _of(self, node: SgNode, kind: str) -> Shape:
        if kind == "identifier":
            return self.of_name(node)
        if kind in _LITERALS:
            return FOREIGN
        if kind in _HANDED_ON or kind == "satisfies_expression":
            return self.of(_inner(node))
        if kind in {"this", "super"}:
            return self.of_this(node)
        if kind == "member_expression":
            name = node.field("property")
            return member(self.of(node.field("object")), name.text() if name is not None else "")
        if kind == "object":
            self._note_object(node)
            return Shape(Op.OBJECT, key_of(node))
        if kind in syntax.FUNCTIONS:
            return self.of_function(node)
        return self._of_operation(node, kind)

    def _of_operation(self, node: SgNode, kind: str) -> Shape:
        if kind == "call_expression":
            return self._of_call(node)
        if kind == "new_expression":
            return self._of_new(node)
        if kind == "await_expression":
            return step(Op.AWAIT, self.of(next(iter(node.named_children()), None)))
        if kind == "as_expression":
            return self._of_cast(node)
        if kind == "ternary_expression":
            return either(self.of(node.field("consequence")), self.of(node.field("alternative")))
        if kind == "binary_expression":
            return self._of_binary(node)
        if kind == "subscript_expression":
            return self._of_subscript(node)
        if kind == "array":
            return Shape(Op.TYPE, "Array", (self.of(next(iter(node.named_children()), None)),))
        if kind == "spread_element":
            return step(Op.ELEMENT, self.of(next(iter(node.named_children()), None)))
        if kind == "assignment_expression":
            return self.of(node.field("right"))
        if kind in syntax.CLASSES:
            self._note_object(node)
            return Shape(Op.CLASS, class_key(node))
        return UNKNOWN

    def _of_call(self, node: SgNode) -> Shape:
        callee = node.field("function")
        if callee is None:
            return UNKNOWN
        if callee.kind() == "await_expression":
            # tree-sitter reads ``await f<T>()`` as ``(await f)<T>()``
            return step(Op.AWAIT, step(Op.CALL, self.of(next(iter(callee.named_children()), None))))
        if callee.text() in {"import", "require"}:
            source = syntax.string_value(next(iter(syntax.arguments_of(node)), None))
            return Shape(Op.MODULE, source) if source else UNKNOWN
        if callee.text() in {"Array.from", "Object.values"}:
            given = self.of(next(iter(syntax.arguments_of(node)), None))
            return Shape(Op.TYPE, "Array", (step(Op.ELEMENT, given),))
        return either(step(Op.CALL, self.of(callee)), self._handed_out(node, callee))

    def _handed_out(self, node: SgNode, callee: SgNode) -> Shape:
        """Return the instance that ``container.get(Class)`` or ``get<Type>(key)`` hands out."""
        name = callee.field("property") or callee
        if name.text() not in _HANDS_OUT:
            return UNKNOWN
        if (typed := node.field("type_arguments")) is not None:
            return self.of_type(next(iter(typed.named_children()), None))
        given = next(iter(syntax.arguments_of(node)), None)
        named = given is not None and given.kind() == "identifier" and given.text()[:1].isupper()
        return step(Op.NEW, self.of(given)) if named else UNKNOWN

    def _of_new(self, node: SgNode) -> Shape:
        constructor = node.field("constructor")
        if constructor is None:
            return UNKNOWN
        arguments = node.field("type_arguments")
        if arguments is not None and constructor.kind() == "identifier":
            parts = tuple(self.of_type(part) for part in arguments.named_children())
            return Shape(Op.TYPE, constructor.text(), parts)
        return step(Op.NEW, self.of(constructor))

    def _of_cast(self, node: SgNode) -> Shape:
        value, *rest = node.named_children()
        return self.of_type(rest[0]) if rest else self.of(value)

    def _of_binary(self, node: SgNode) -> Shape:
        operator = node.field("operator")
        if operator is None or operator.text() not in _LOGICAL:
            return FOREIGN
        right = self.of(node.field("right"))
        return right if operator.text() == "&&" else either(self.of(node.field("left")), right)

    def _of_subscript(self, node: SgNode) -> Shape:
        name = syntax.string_value(node.field("index"))
        whole = self.of(node.field("object"))
        return member(whole, name) if name else step(Op.ELEMENT, whole)

    def of_name(self, node: SgNode) -> Shape:
        """Return what is known of the value that the identifier ``node`` stands for."""
        bound = self.scopes.binding(node, node.text())
        return Shape(Op.NAME, node.text()) if bound is None else self.of_binding(bound)

    def of_binding(self, bound: Binding) -> Shape:
        """Return what is known of a local name: its holder's value, taken apart."""
        shape = self._of_holder(bound.holder)
        for one in bound.steps:
            shape = step(Op.INDEX, shape, one.key) if one.index else member(shape, one.key)
        return shape

    def _of_holder(self, holder: SgNode) -> Shape:
        kind = holder.kind()
        if (annotation := holder.field("type")) is not None and kind != "for_in_statement":
            return self.of_type(annotation)
        if kind == "for_in_statement":
            operator = holder.field("operator")
            iterates = operator is not None and operator.text() == "of"
            return step(Op.ELEMENT, self.of(holder.field("right"))) if iterates else FOREIGN
        if kind in syntax.FUNCTIONS:
            return self.of_function(holder)
        if kind in syntax.CLASSES:
            return self._of_operation(holder, kind)
        value = self.of(holder.field("value") or holder.field("right"))
        if value is not UNKNOWN or kind == "variable_declarator":
            return value
        return self._of_parameter(holder)

    def _of_parameter(self, parameter: SgNode) -> Shape:
        """Return what the place where a function is written says about its ``parameter``."""
        function = next((at for at in parameter.ancestors() if at.kind() in syntax.FUNCTIONS), None)
        if function is None:
            return UNKNOWN
        start = parameter.range().start.index
        places = [other.range().start.index for other in parameters_of(function)]
        if start not in places:
            return UNKNOWN
        return step(Op.PARAMETER, self.expected(function), str(places.index(start)))

    def expected(self, node: SgNode) -> Shape:
        """Return the type that the surroundings of the expression ``node`` ask of it."""
        parent = node.parent()
        if parent is None:
            return UNKNOWN
        kind = parent.kind()
        if kind == "arguments":
            return self._expected_argument(node, parent)
        if kind in {"as_expression", "satisfies_expression"}:
            return self.of_type(parent.named_children()[-1])
        if kind in _HANDED_ON or kind == "ternary_expression":
            return self.expected(parent)
        if kind == "pair":
            key, whole = parent.field("key"), parent.parent()
            return member(self.expected(whole), key.text()) if key and whole else UNKNOWN
        if kind == "return_statement" or kind == "arrow_function":
            return self._expected_result(parent)
        if kind == "assignment_expression":
            return self.of(parent.field("left"))
        annotation = parent.field("type")
        return self.of_type(annotation) if annotation is not None else UNKNOWN

    def _expected_argument(self, node: SgNode, arguments: SgNode) -> Shape:
        call = arguments.parent()
        if call is None:
            return UNKNOWN
        start = node.range().start.index
        places = [other.range().start.index for other in syntax.arguments_of(call)]
        if call.kind() == "new_expression":
            callee = member(step(Op.NEW, self.of(call.field("constructor"))), "constructor")
        else:
            callee = self.of(call.field("function"))
        return step(Op.PARAMETER, callee, str(places.index(start))) if start in places else UNKNOWN

    def _expected_result(self, at: SgNode) -> Shape:
        around = (at, *at.ancestors())
        function = next((node for node in around if node.kind() in syntax.FUNCTIONS), None)
        if function is None:
            return UNKNOWN
        annotation = function.field("return_type")
        if annotation is not None:
            return step(Op.AWAIT, self.of_type(annotation))
        return step(Op.AWAIT, step(Op.CALL, self.expected(function)))

    def of_this(self, node: SgNode) -> Shape:
        """Return the instance that ``this`` means at ``node``, the base's for ``super``."""
        inner = node
        for ancestor in node.ancestors():
            kind, inside, inner = ancestor.kind(), inner.kind(), ancestor
            if kind in syntax.CLASSES:
                self._note_object(ancestor)
                own = Shape(Op.TYPE, class_key(ancestor))
                return step(Op.BASE, own) if node.kind() == "super" else own
            if kind == "object" and inside == "method_definition":
                self._note_object(ancestor)
                return Shape(Op.OBJECT, key_of(ancestor))
            if kind in {"function_declaration", "function_expression"}:
                return UNKNOWN
        return UNKNOWN

    def of_function(self, node: SgNode) -> Shape:
        """Return a function's shape: what it returns, then what it takes."""
        takes = tuple(self._declared(parameter) for parameter in parameters_of(node))
        return Shape(Op.FUNCTION, "", (self._returned(node), *takes))

    def _declared(self, parameter: SgNode) -> Shape:
        annotation = parameter.field("type")
        if annotation is not None:
            return self.of_type(annotation)
        return self.of(parameter.field("value") or parameter.field("right"))

    def _returned(self, node: SgNode) -> Shape:
        annotation = node.field("return_type")
        if annotation is not None:
            return self.of_type(annotation)
        body = node.field("body")
        start = node.range().start.index
        if body is None or start in self._open:
            # one that returns itself says nothing more of itself, and twice as much each time
            return UNKNOWN
        self._open.add(start)
        try:
            return self._result_of(node, body)
        finally:
            self._open.remove(start)

    def _result_of(self, node: SgNode, body: SgNode) -> Shape:
        if body.kind() != "statement_block":
            result = self.of(body)
        else:
            result = either(*(self.of(value) for value in _results(body)))
        waits = any(child.kind() == "async" for child in node.children())
        return Shape(Op.TYPE, "Promise", (result,)) if waits else result

    def of_type(self, node: SgNode | None) -> Shape:
        """Return the shape of an instance of the written type ``node``."""
        if node is None:
            return UNKNOWN
        kind = node.kind()
        if kind == "type_annotation" or kind in _HANDED_ON or kind in _SINGLE_TYPES:
            return self.of_type(next(iter(node.named_children()), None))
        if kind in {"type_identifier", "nested_type_identifier"}:
            return Shape(Op.TYPE, node.text())
        if kind == "generic_type":
            name, arguments = node.field("name"), node.field("type_arguments")
            given = arguments.named_children() if arguments is not None else []
            parts = tuple(self.of_type(part) for part in given)
            return Shape(Op.TYPE, name.text(), parts) if name is not None else UNKNOWN
        if kind in _LITERALS:
            return FOREIGN
        return self._of_made_type(node, kind)

    def _of_made_type(self, node: SgNode, kind: str) -> Shape:
        parts = node.named_children()
        if kind in _MANY:
            return either(*(self.of_type(part) for part in _alternatives(node)))
        if kind == "array_type":
            return Shape(Op.TYPE, "Array", (self.of_type(parts[0]),))
        if kind == "tuple_type":
            return Shape(Op.TUPLE, "", tuple(self.of_type(part) for part in parts))
        if kind in {"function_type", "method_signature", "abstract_method_signature"}:
            takes = tuple(self._declared(parameter) for parameter in parameters_of(node))
            return Shape(Op.FUNCTION, "", (self.of_type(node.field("return_type")), *takes))
        if kind == "object_type":
            self._note_object(node)
            return Shape(Op.OBJECT, key_of(node))
        if kind == "type_query":
            return self.of(parts[0])
        if kind == "lookup_type" and len(parts) == 2:
            name = syntax.string_value(next(iter(parts[1].named_children()), None))
            whole = self.of_type(parts[0])
            return member(whole, name) if name else step(Op.ELEMENT, whole)
        if kind == "this_type":
            return self.of_this(node)
        return UNKNOWN


def _alternatives(node: SgNode) -> Iterator[SgNode]:
    """Yield the parts of a union, each nested in the next: a list of icons has thousands."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.kind() in _MANY:
            waiting += reversed(one.named_children())
        else:
            yield one


def class_key(node: SgNode) -> str:
    """Return the key of a class in its file's outline: its name, or its place without one."""
    name = node.field("name")
    return name.text() if name is not None else key_of(node)


def _inner(node: SgNode) -> SgNode | None:
    inner = next(iter(node.named_children()), None)
    if inner is not None and node.kind() == "non_null_expression":
        # tree-sitter reads ``!a!.b()`` as ``(!a)!.b()``
        return inner.field("argument") if inner.kind() == "unary_expression" else inner
    return inner


def _is_top(holder: SgNode) -> bool:
    kind, statement = holder.kind(), holder
    if kind not in {"variable_declarator", "type_alias_declaration"}:
        return False
    if kind == "variable_declarator":
        statement = next(iter(holder.ancestors()))
    home = statement.parent()
    return home is not None and home.kind() in {"program", "export_statement"}


def _results(body: SgNode) -> list[SgNode]:
    """Return the values that ``body`` returns itself, not those of functions inside it."""
    own: list[SgNode] = []
    waiting = body.named_children()
    while waiting:
        node = waiting.pop()
        kind = node.kind()
        if kind == "return_statement":
            own.extend(node.named_children()[:1])
        elif (
            kind.endswith("statement")
            or kind
            in {
                "statement_block",
                "else_clause",
                "switch_body",
            }
            or kind in {"switch_case", "switch_default", "catch_clause", "finally_clause"}
        ):
            waiting.extend(node.named_children())
    return own
