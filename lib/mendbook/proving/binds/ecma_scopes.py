"""What every name in a JavaScript or TypeScript file means: its scopes, in one pass of the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.proving.binds.ecma_scope import Bound, Scope, ScopedFile, Use

_TYPE_SCOPES = frozenset(
    {"interface_declaration", "type_alias_declaration", "function_type", "constructor_type"}
    | {"method_signature", "abstract_method_signature", "function_signature", "call_signature"}
    | {"construct_signature", "conditional_type", "index_signature", "mapped_type_clause"}
)
_BLOCKS = frozenset(
    {"for_statement", "for_in_statement", "catch_clause", "switch_body", "class_static_block"}
)
_LEXICAL = frozenset({"const", "let", "class", "import", "enum", "using"})
_PATTERNS = frozenset(
    {"object_pattern", "array_pattern", "assignment_pattern", "object_assignment_pattern"}
    | {"pair_pattern", "rest_pattern", "identifier", "shorthand_property_identifier_pattern"}
)


@lru_cache(maxsize=256)
def scoped(path: str, text: str) -> ScopedFile:
    """Return the scopes of ``text``, a file called ``path``; nobody may change them.

    A series judges each tree twice: as what a patch leaves, and as what the next one finds.
    """
    return scoped_tree(trees.parse(path, text))


@lru_cache(maxsize=1024)
def declared_at_top(path: str, text: str) -> frozenset[str]:
    """Return the names that the outermost scope of a file binds."""
    return frozenset(scoped(path, text).top.bound)


def scoped_tree(root: SgNode) -> ScopedFile:
    """Return the scopes of a parsed file."""
    reader = _Reader()
    for child in root.children():
        reader.walk(child, reader.top)
    return ScopedFile(reader.top, tuple(reader.uses), tuple(reader.twice))


class _Reader:
    def __init__(self) -> None:
        self.top = Scope(function=True)
        self.uses: list[Use] = []
        self.twice: list[Bound] = []

    def walk(self, node: SgNode, scope: Scope) -> None:
        """Read ``node`` and all below it, each in the scope that the language gives it."""
        waiting = [(node, scope)]
        while waiting:
            one, around = waiting.pop()
            kind = one.kind()
            if kind == "member_expression":
                waiting += [(part, around) for part in reversed(_read_of_member(one))]
            elif (handler := _HANDLERS.get(kind)) is not None:
                handler(self, one, around)
            elif kind in trees.FUNCTIONS:
                self._function(one, around, kind)
            elif kind in trees.CLASSES:
                self._class(one, around, kind)
            elif kind in _TYPE_SCOPES:
                self._type_scope(one, around, kind)
            else:
                inner = Scope(around) if kind in _BLOCKS else around
                waiting += [(child, inner) for child in reversed(one.children())]

    def _children(self, node: SgNode, scope: Scope) -> None:
        for child in node.children():
            self.walk(child, scope)

    # What binds.

    def bind(self, node: SgNode, how: str, scope: Scope, *, typed: bool = False) -> None:
        """Bind the name that ``node`` is in ``scope``; ``how`` is the word that declares it."""
        start = node.range().start
        name = node.text()
        made = Bound(name, how, start.line, start.index, scope, typed)
        old = scope.bound.get(name)
        if old is not None and old.at != made.at and _clash(old, made):
            self.twice.append(made)
        if old is None or (old.typed and not typed):
            scope.bound[name] = made

    def pattern(self, node: SgNode, how: str, scope: Scope) -> None:
        """Bind the names of a pattern, and read its default values and computed keys."""
        kind = node.kind()
        if kind in {"identifier", "shorthand_property_identifier_pattern"}:
            self.bind(node, how, scope)
        elif kind in {"assignment_pattern", "object_assignment_pattern"}:
            left, right = node.field("left"), node.field("right")
            if left is not None:
                self.pattern(left, how, scope)
            if right is not None:
                self.walk(right, scope)
        elif kind == "pair_pattern":
            key, value = node.field("key"), node.field("value")
            if key is not None and key.kind() == "computed_property_name":
                self.walk(key, scope)
            if value is not None:
                self.pattern(value, how, scope)
        elif kind in _PATTERNS:
            for child in node.named_children():
                self.pattern(child, how, scope)
        else:
            self.walk(node, scope)

    def declaration(self, node: SgNode, scope: Scope) -> None:
        """Bind each name of a ``const``, ``let`` or ``var``, and read what they are set to."""
        first = next(iter(node.children()), None)
        how = first.text() if first is not None else "const"
        home = scope.home if how == "var" else scope
        for child in node.children():
            if child.kind() != "variable_declarator":
                self.walk(child, scope) if child.is_named() else None
                continue
            name = child.field("name")
            if name is not None:
                self.pattern(name, how, home)
            for part in child.children():
                if name is None or part.range().start.index != name.range().start.index:
                    self.walk(part, scope)

    def _function(self, node: SgNode, scope: Scope, kind: str) -> None:
        name = node.field("name")
        inner = Scope(scope, function=True)
        if name is not None and kind.endswith("_declaration"):
            self.bind(name, "function", scope)
        elif name is not None and kind == "method_definition":
            self.walk(name, scope)
        elif name is not None:
            self.bind(name, "function", inner)
        if (single := node.field("parameter")) is not None:
            self.pattern(single, "parameter", inner)
        skipped = {one.range().start.index for one in (name, single) if one is not None}
        for child in node.children():
            if child.range().start.index in skipped and child.is_named():
                continue
            if child.kind() == "statement_block":
                self._children(child, inner)
            else:
                self.walk(child, inner)

    def _class(self, node: SgNode, scope: Scope, kind: str) -> None:
        name = node.field("name")
        inner = Scope(scope)
        if name is not None:
            self.bind(name, "class", scope if kind != "class" else inner)
        for child in node.children():
            if name is None or child.range().start.index != name.range().start.index:
                self.walk(child, scope if child.kind() == "decorator" else inner)

    def _type_scope(self, node: SgNode, scope: Scope, kind: str) -> None:
        name = node.field("name")
        inner = Scope(scope)
        if kind in {"interface_declaration", "type_alias_declaration"} and name is not None:
            self.bind(name, "type", scope, typed=True)
        elif kind == "function_signature" and name is not None:
            self.bind(name, "signature", scope)
        elif kind == "mapped_type_clause" and name is not None:
            self.bind(name, "type", scope, typed=True)
            inner = scope
        elif kind == "index_signature" and name is not None:
            self.bind(name, "parameter", inner)
        for infer in node.find_all(kind="infer_type") if kind == "conditional_type" else []:
            for child in infer.named_children()[:1]:
                self.bind(child, "type", inner, typed=True)
        for child in node.children():
            if name is None or child.range().start.index != name.range().start.index:
                self.walk(child, inner)

    def block(self, node: SgNode, scope: Scope) -> None:
        """Read a block in a scope of its own."""
        self._children(node, Scope(scope))

    def field_of_class(self, node: SgNode, scope: Scope) -> None:
        """Read a field: what it is set to runs when an object is made, unless it is static."""
        static = any(child.kind() == "static" for child in node.children())
        self._children(node, scope if static else Scope(scope, function=True))

    def loop(self, node: SgNode, scope: Scope) -> None:
        """Read a ``for … of`` or ``for … in``, whose variable belongs to the loop."""
        inner = Scope(scope)
        left, how = node.field("left"), node.field("kind")
        for child in node.children():
            mine = left is not None and child.range().start.index == left.range().start.index
            if mine and how is not None:
                target = inner.home if how.text() == "var" else inner
                self.pattern(child, how.text(), target)
            else:
                self.walk(child, inner)

    def caught(self, node: SgNode, scope: Scope) -> None:
        """Read a ``catch``, whose parameter belongs to it."""
        inner = Scope(scope)
        parameter = node.field("parameter")
        for child in node.children():
            start = child.range().start.index
            if parameter is not None and start == parameter.range().start.index:
                self.pattern(child, "parameter", inner)
            else:
                self.walk(child, inner)

    def parameters(self, node: SgNode, scope: Scope) -> None:
        """Bind the parameters of a function, and read their defaults and types."""
        for child in node.named_children():
            if child.kind() not in {"required_parameter", "optional_parameter"}:
                self.pattern(child, "parameter", scope)
                continue
            pattern = child.field("pattern")
            if pattern is not None and pattern.kind() != "this":
                self.pattern(pattern, "parameter", scope)
            for part in child.children():
                if pattern is None or part.range().start.index != pattern.range().start.index:
                    self.walk(part, scope)

    def type_parameter(self, node: SgNode, scope: Scope) -> None:
        """Bind ``T`` of ``<T extends …>`` as a type."""
        name = node.field("name")
        if name is not None:
            self.bind(name, "type", scope, typed=True)
        for child in node.children():
            if name is None or child.range().start.index != name.range().start.index:
                self.walk(child, scope)

    def enumeration(self, node: SgNode, scope: Scope) -> None:
        """Bind an ``enum`` and, inside it, its members by their bare names."""
        name, body = node.field("name"), node.field("body")
        if name is not None:
            self.bind(name, "enum", scope)
        inner = Scope(scope)
        for member in body.named_children() if body is not None else []:
            label = member.field("name") or member
            self.bind(label, "member", inner)
            if (value := member.field("value")) is not None:
                self.walk(value, inner)

    def namespace(self, node: SgNode, scope: Scope) -> None:
        """Bind a ``namespace`` and read its body in a scope of its own."""
        name, body = node.field("name"), node.field("body")
        if name is not None and name.kind() == "identifier":
            self.bind(name, "namespace", scope)
        if body is not None:
            self._children(body, Scope(scope, function=True))

    def ambient(self, node: SgNode, scope: Scope) -> None:
        """Bind what ``declare`` says exists; in ``declare global`` it exists in the file too."""
        for child in node.children():
            if child.kind() == "statement_block":
                self._children(child, self.top)
            elif child.is_named():
                self.walk(child, scope)

    def imported(self, node: SgNode, scope: Scope) -> None:
        """Bind each local name of an ``import``; a ``type`` import binds types."""
        whole = any(child.kind() == "type" for child in node.children())
        for clause in node.named_children():
            if clause.kind() == "import_require_clause":
                self.bind(clause.named_children()[0], "import", scope)
            for part in clause.named_children() if clause.kind() == "import_clause" else []:
                if part.kind() == "identifier":
                    self.bind(part, "import", scope, typed=whole)
                elif part.kind() == "namespace_import":
                    self.bind(part.named_children()[0], "import", scope, typed=whole)
                else:
                    self._specifiers(part, scope, typed=whole)

    def _specifiers(self, clause: SgNode, scope: Scope, *, typed: bool) -> None:
        for one in clause.named_children():
            name = one.field("alias") or one.field("name")
            marked = any(child.kind() == "type" for child in one.children())
            if name is not None:
                self.bind(name, "import", scope, typed=typed or marked)

    def import_alias(self, node: SgNode, scope: Scope) -> None:
        """Bind ``A`` of ``import A = B.C``."""
        local, *others = node.named_children()
        self.bind(local, "import", scope)
        for other in others:
            self.walk(other, scope)

    # What uses.

    def exported(self, node: SgNode, scope: Scope) -> None:
        """Read an export; the names of ``export … from`` are another module's."""
        if node.field("source") is None:
            self._children(node, scope)

    def specifier(self, node: SgNode, scope: Scope) -> None:
        """Use the name that ``export { name }`` hands out, as a value or a type."""
        if (name := node.field("name")) is not None and name.kind() == "identifier":
            self._use(name, scope, typed=True)

    def identifier(self, node: SgNode, scope: Scope) -> None:
        """Use the name as a value."""
        self._use(node, scope, typed=False)

    def type_name(self, node: SgNode, scope: Scope) -> None:
        """Use the name as a type."""
        self._use(node, scope, typed=True)

    def dotted_type(self, node: SgNode, scope: Scope) -> None:
        """Use the first name of ``A.B`` where a type is meant."""
        if (module := node.field("module")) is not None:
            self._dotted(module, scope)

    def _dotted(self, node: SgNode, scope: Scope) -> None:
        first = node
        while first.children():
            first = first.children()[0]
        if first.kind() in {"identifier", "type_identifier"}:
            self._use(first, scope, typed=True)

    def dotted(self, node: SgNode, scope: Scope) -> None:
        """Use the first name of ``A.B``."""
        self._dotted(node, scope)

    def type_query(self, node: SgNode, scope: Scope) -> None:
        """Use the value that ``typeof value`` asks for among types."""
        for child in node.named_children():
            if child.kind() == "identifier":
                self._use(child, scope, typed=True)
            elif child.kind() in {"member_expression", "subscript_expression"}:
                self._dotted(child, scope)
            else:
                self.walk(child, scope)

    def element(self, node: SgNode, scope: Scope) -> None:
        """Read a JSX tag: a lower-case one is the platform's own."""
        name = node.field("name")
        for child in node.children():
            mine = name is not None and child.range().start.index == name.range().start.index
            if not mine:
                self.walk(child, scope)
            elif child.kind() == "identifier":
                if not child.text()[:1].islower():
                    self._use(child, scope, typed=False)
            elif child.kind() != "jsx_namespace_name":
                self._dotted(child, scope)

    def closing(self, _node: SgNode, _scope: Scope) -> None:
        """Leave a closing tag out: the opening one has the name."""

    def unary(self, node: SgNode, scope: Scope) -> None:
        """Use the operand; ``typeof name`` may ask for a name that nothing declares."""
        operand = node.field("argument")
        asks = any(child.kind() == "typeof" for child in node.children())
        if asks and operand is not None and operand.kind() == "identifier":
            start = operand.range().start
            self.uses.append(Use(operand.text(), start.line, start.index, scope, False, True))
        else:
            self._children(node, scope)

    def nothing(self, _node: SgNode, _scope: Scope) -> None:
        """Leave out what names nothing: comments, strings, labels, members."""

    def _use(self, node: SgNode, scope: Scope, *, typed: bool) -> None:
        start = node.range().start
        self.uses.append(Use(node.text(), start.line, start.index, scope, typed))


def _read_of_member(node: SgNode) -> list[SgNode]:
    """Return what ``object.name`` reads: its object; the name is none of the scope."""
    whole = node.field("object")
    computed = [one for one in node.children() if one.kind() == "computed_property_name"]
    return [*([whole] if whole is not None else []), *computed]


def _clash(old: Bound, new: Bound) -> bool:
    """Tell whether one scope may not bind both: two values, one of them lexical."""
    merged = {old.how, new.how} & {"namespace", "signature", "member"}
    both_values = not (old.typed or new.typed) and not merged
    lexical = old.how in _LEXICAL or new.how in _LEXICAL
    enums = old.how == new.how == "enum"
    return both_values and lexical and not enums and "parameter" not in {old.how, new.how}


_Handler = Callable[[_Reader, SgNode, Scope], None]
_HANDLERS: Mapping[str, _Handler] = {
    "identifier": _Reader.identifier,
    "shorthand_property_identifier": _Reader.identifier,
    "shorthand_property_identifier_pattern": _Reader.identifier,
    "type_identifier": _Reader.type_name,
    "nested_type_identifier": _Reader.dotted_type,
    "nested_identifier": _Reader.dotted,
    "type_query": _Reader.type_query,
    "unary_expression": _Reader.unary,
    "lexical_declaration": _Reader.declaration,
    "variable_declaration": _Reader.declaration,
    "statement_block": _Reader.block,
    "public_field_definition": _Reader.field_of_class,
    "field_definition": _Reader.field_of_class,
    "for_in_statement": _Reader.loop,
    "catch_clause": _Reader.caught,
    "formal_parameters": _Reader.parameters,
    "type_parameter": _Reader.type_parameter,
    "enum_declaration": _Reader.enumeration,
    "internal_module": _Reader.namespace,
    "module": _Reader.namespace,
    "ambient_declaration": _Reader.ambient,
    "import_statement": _Reader.imported,
    "import_alias": _Reader.import_alias,
    "export_statement": _Reader.exported,
    "export_specifier": _Reader.specifier,
    "namespace_export": _Reader.nothing,
    "jsx_opening_element": _Reader.element,
    "jsx_self_closing_element": _Reader.element,
    "jsx_closing_element": _Reader.closing,
    "comment": _Reader.nothing,
    "string": _Reader.nothing,
    "meta_property": _Reader.nothing,
    "infer_type": _Reader.nothing,
    "jsx_namespace_name": _Reader.nothing,
}
