"""Which node kinds of each language say what a change does; one row a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.parsed import root_of
from mendbook.code.search import known_kinds
from mendbook.code.trees import CLASSES, FUNCTIONS, LANGUAGES, function_name

BLOCKS = frozenset(
    {"block", "statement_block", "statement_list", "program", "module", "source_file", "body"}
    | {"body_statement", "class_body", "compilation_unit"}
)
"""Kinds of nodes that only hold statements."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Node kinds of one language; ``values`` maps a kind to the fields of its name and value."""

    language: str
    """As ast-grep calls it."""
    functions: frozenset[str]
    classes: frozenset[str]
    exits: frozenset[str]
    catches: frozenset[str]
    awaits: frozenset[str]
    calls: frozenset[str]
    conditions: frozenset[str]
    comments: frozenset[str]
    types: frozenset[str] = frozenset()
    exports: frozenset[str] = frozenset()
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    locals: frozenset[str] = frozenset()
    """Kinds of ``values`` that are variables where they stand in a function."""
    literals: frozenset[str] = frozenset()
    function_name: Callable[[SgNode], str] = function_name
    """Returns the name a person would give to a function; empty for a callback."""

    @property
    def named(self) -> frozenset[str]:
        """Kinds of what has a name of its own: functions and classes."""
        return self.functions | self.classes

    def name_of(self, node: SgNode) -> str:
        """Return the name of a function or class; empty for a callback."""
        if node.kind() in self.functions:
            return self.function_name(node)
        name = node.field("name")
        return name.text() if name is not None else ""

    def functions_in(self, scope: SgNode) -> list[SgNode]:
        """Return the functions in ``scope``, itself too, outer ones first."""
        return _in_order(scope, self.language, self.functions)

    def named_in(self, scope: SgNode) -> list[SgNode]:
        """Return the functions and classes in ``scope``, itself too, outer ones first."""
        return _in_order(scope, self.language, self.named)

    def branches_in(self, scope: SgNode) -> list[SgNode]:
        """Return the conditions and the handlers of errors in ``scope``, outer ones first."""
        return _in_order(scope, self.language, self.conditions | self.catches)

    def parse(self, text: str) -> SgNode:
        """Return the root node of ``text``."""
        return root_of(self.language, text)


def calls_at(root: SgNode, line: int, kinds: Kinds) -> list[SgNode]:
    """Return the calls in ``root`` that begin at a 1-based ``line``, outer ones first."""
    calls = _in_order(root, kinds.language, kinds.calls)
    return [each for each in calls if each.range().start.line + 1 == line]


def _in_order(scope: SgNode, grammar: str, kinds: frozenset[str]) -> list[SgNode]:
    known = sorted(known_kinds(grammar, kinds))
    return scope.find_all(any=[{"kind": kind} for kind in known]) if known else []


def _python_name(function: SgNode) -> str:
    own = function.field("name")
    if own is None:
        return ""
    around = next(
        (each for each in function.ancestors() if each.kind() == "class_definition"), None
    )
    owner = around.field("name") if around is not None else None
    return f"{owner.text()}.{own.text()}" if owner is not None else own.text()


_OWNERS = {
    "class_declaration",
    "interface_declaration",
    "record_declaration",
    "struct_declaration",
    "trait_declaration",
    "object_declaration",
    "impl_item",
    "class",
    "module",
}


def _owned_name(function: SgNode) -> str:
    """Return the name of a function under that of its class, or of a method's receiver."""
    own = function.field("name")
    if own is None:
        return ""
    receiver = function.field("receiver")
    if receiver is not None:
        named = receiver.find(kind="type_identifier")
        return f"{named.text()}.{own.text()}" if named is not None else own.text()
    around = next((each for each in function.ancestors() if each.kind() in _OWNERS), None)
    owner = (around.field("name") or around.field("type")) if around is not None else None
    return f"{owner.text()}.{own.text()}" if owner is not None else own.text()


_SCRIPT = Kinds(
    language="typescript",
    functions=FUNCTIONS,
    classes=CLASSES,
    exits=frozenset({"return_statement", "throw_statement"}),
    catches=frozenset({"catch_clause"}),
    awaits=frozenset({"await_expression"}),
    calls=frozenset({"call_expression", "new_expression"}),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"comment"}),
    types=frozenset(
        {
            "type_annotation",
            "interface_declaration",
            "type_alias_declaration",
            "type_arguments",
            "type_parameters",
            "accessibility_modifier",
        }
    ),
    exports=frozenset({"export_statement"}),
    values={
        "variable_declarator": ("name", "value"),
        "pair": ("key", "value"),
        "public_field_definition": ("name", "value"),
        "field_definition": ("property", "value"),
        "required_parameter": ("pattern", "value"),
        "assignment_pattern": ("left", "right"),
    },
    locals=frozenset({"variable_declarator"}),
    literals=frozenset({"number", "string", "true", "false", "null", "regex"}),
)
_PYTHON = Kinds(
    language="python",
    functions=frozenset({"function_definition"}),
    classes=frozenset({"class_definition"}),
    exits=frozenset({"return_statement", "raise_statement"}),
    catches=frozenset({"except_clause"}),
    awaits=frozenset({"await"}),
    calls=frozenset({"call"}),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"comment"}),
    types=frozenset({"type"}),
    values={
        "assignment": ("left", "right"),
        "pair": ("key", "value"),
        "keyword_argument": ("name", "value"),
        "default_parameter": ("name", "value"),
        "typed_default_parameter": ("name", "value"),
    },
    locals=frozenset({"assignment"}),
    literals=frozenset({"integer", "float", "string", "true", "false", "none"}),
    function_name=_python_name,
)
_GO = Kinds(
    language="go",
    functions=frozenset({"function_declaration", "method_declaration", "func_literal"}),
    classes=frozenset({"type_spec"}),
    exits=frozenset({"return_statement"}),
    catches=frozenset(),
    awaits=frozenset(),
    calls=frozenset({"call_expression"}),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"comment"}),
    values={
        "const_spec": ("name", "value"),
        "var_spec": ("name", "value"),
        "keyed_element": ("key", "value"),
    },
    function_name=_owned_name,
)
_JAVA = Kinds(
    language="java",
    functions=frozenset({"method_declaration", "constructor_declaration"}),
    classes=frozenset({"class_declaration", "interface_declaration", "record_declaration"}),
    exits=frozenset({"return_statement", "throw_statement"}),
    catches=frozenset({"catch_clause"}),
    awaits=frozenset(),
    calls=frozenset({"method_invocation", "object_creation_expression"}),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"line_comment", "block_comment"}),
    function_name=_owned_name,
)
_CSHARP = Kinds(
    language="csharp",
    functions=frozenset(
        {"method_declaration", "constructor_declaration", "local_function_statement"}
    ),
    classes=frozenset({"class_declaration", "interface_declaration", "struct_declaration"}),
    exits=frozenset({"return_statement", "throw_statement"}),
    catches=frozenset({"catch_clause"}),
    awaits=frozenset({"await_expression"}),
    calls=frozenset({"invocation_expression", "object_creation_expression"}),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"comment"}),
    function_name=_owned_name,
)
_PHP = Kinds(
    language="php",
    functions=frozenset({"method_declaration", "function_definition"}),
    classes=frozenset({"class_declaration", "interface_declaration", "trait_declaration"}),
    exits=frozenset({"return_statement", "throw_expression"}),
    catches=frozenset({"catch_clause"}),
    awaits=frozenset(),
    calls=frozenset(
        {"function_call_expression", "member_call_expression", "scoped_call_expression"}
        | {"object_creation_expression"}
    ),
    conditions=frozenset({"if_statement"}),
    comments=frozenset({"comment"}),
    function_name=_owned_name,
)
_RUBY = Kinds(
    language="ruby",
    functions=frozenset({"method", "singleton_method"}),
    classes=frozenset({"class", "module"}),
    exits=frozenset({"return"}),
    catches=frozenset({"rescue"}),
    awaits=frozenset(),
    calls=frozenset({"call"}),
    conditions=frozenset({"if", "unless", "if_modifier", "unless_modifier"}),
    comments=frozenset({"comment"}),
    function_name=_owned_name,
)
_RUST = Kinds(
    language="rust",
    functions=frozenset({"function_item"}),
    classes=frozenset({"struct_item", "enum_item", "trait_item"}),
    exits=frozenset({"return_expression"}),
    catches=frozenset(),
    awaits=frozenset({"await_expression"}),
    calls=frozenset({"call_expression", "macro_invocation"}),
    conditions=frozenset({"if_expression"}),
    comments=frozenset({"line_comment", "block_comment"}),
    values={"const_item": ("name", "value"), "static_item": ("name", "value")},
    function_name=_owned_name,
)
_BY_SUFFIX = {
    **{suffix: replace(_SCRIPT, language=name) for suffix, name in LANGUAGES.items()},
    ".py": _PYTHON,
    ".go": _GO,
    ".java": _JAVA,
    ".cs": _CSHARP,
    ".php": _PHP,
    ".rb": _RUBY,
    ".rs": _RUST,
}


def kinds_of(path: str) -> Kinds | None:
    """Return the kinds of the language of ``path``; None for one whose trees are not read."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix)
