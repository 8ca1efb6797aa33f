"""What the reader must know of a language: its kinds of nodes, and how things are written in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.parsed import root_of
from mendbook.code.python_grammar import python_tree
from mendbook.code.trees import is_left_out


@dataclass(frozen=True, slots=True)
class Language:
    """One language's kinds of nodes, by the role they play in a fix text."""

    name: str
    """As ast-grep calls it."""
    functions: frozenset[str]
    classes: frozenset[str]
    types: frozenset[str]
    """Interfaces, type aliases and enums."""
    calls: frozenset[str]
    objects: frozenset[str]
    lists: frozenset[str]
    pairs: frozenset[str]
    blocks: frozenset[str]
    """What statements stand in."""
    strings: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    """Leaves that are names."""
    fields: frozenset[str]
    assignments: frozenset[str]
    """Declarators and assignments, from a name to a value."""
    returns: frozenset[str] = frozenset({"return_statement"})
    semicolons: bool = True
    """Whether a statement may end with one."""

    @property
    def python(self) -> bool:
        """Whether blocks are made by indentation."""
        return self.name == "python"

    @property
    def script(self) -> bool:
        """Whether it is TypeScript or JavaScript."""
        return self.name in {"typescript", "tsx", "javascript"}


def _script(name: str) -> Language:
    return Language(
        name=name,
        functions=frozenset(
            {
                "function_declaration",
                "generator_function_declaration",
                "function_expression",
                "arrow_function",
                "method_definition",
            }
        ),
        classes=frozenset({"class_declaration", "abstract_class_declaration", "class"}),
        types=frozenset({"interface_declaration", "type_alias_declaration", "enum_declaration"}),
        calls=frozenset({"call_expression", "new_expression"}),
        objects=frozenset({"object"}),
        lists=frozenset({"array"}),
        pairs=frozenset({"pair"}),
        blocks=frozenset(
            {"statement_block", "program", "switch_case", "switch_default", "class_body"}
        ),
        strings=frozenset({"string", "template_string"}),
        numbers=frozenset({"number"}),
        names=frozenset(
            {
                "identifier",
                "property_identifier",
                "private_property_identifier",
                "type_identifier",
                "shorthand_property_identifier",
                "shorthand_property_identifier_pattern",
            }
        ),
        fields=frozenset({"public_field_definition", "field_definition", "property_signature"}),
        assignments=frozenset({"variable_declarator", "assignment_expression"}),
    )


_PYTHON = Language(
    name="python",
    functions=frozenset({"function_definition", "lambda"}),
    classes=frozenset({"class_definition"}),
    types=frozenset(),
    calls=frozenset({"call"}),
    objects=frozenset({"dictionary"}),
    lists=frozenset({"list", "tuple", "set"}),
    pairs=frozenset({"pair", "keyword_argument"}),
    blocks=frozenset({"block", "module"}),
    strings=frozenset({"string"}),
    numbers=frozenset({"integer", "float"}),
    names=frozenset({"identifier"}),
    fields=frozenset(),
    assignments=frozenset({"assignment"}),
    semicolons=False,
)
_GO = Language(
    name="go",
    functions=frozenset({"function_declaration", "method_declaration", "func_literal"}),
    classes=frozenset(),
    types=frozenset({"type_spec"}),
    calls=frozenset({"call_expression"}),
    objects=frozenset({"composite_literal"}),
    lists=frozenset(),
    pairs=frozenset({"keyed_element"}),
    blocks=frozenset({"block", "source_file", "expression_case", "statement_list"}),
    strings=frozenset({"interpreted_string_literal", "raw_string_literal"}),
    numbers=frozenset({"int_literal", "float_literal"}),
    names=frozenset({"identifier", "field_identifier", "type_identifier", "package_identifier"}),
    fields=frozenset({"field_declaration"}),
    assignments=frozenset({"short_var_declaration", "assignment_statement", "const_spec"}),
    semicolons=False,
)
_JAVA = Language(
    name="java",
    functions=frozenset({"method_declaration", "constructor_declaration", "lambda_expression"}),
    classes=frozenset({"class_declaration", "record_declaration"}),
    types=frozenset({"interface_declaration", "enum_declaration"}),
    calls=frozenset({"method_invocation", "object_creation_expression"}),
    objects=frozenset(),
    lists=frozenset({"array_initializer"}),
    pairs=frozenset({"element_value_pair"}),
    blocks=frozenset({"block", "program", "class_body", "constructor_body"}),
    strings=frozenset({"string_literal"}),
    numbers=frozenset({"decimal_integer_literal", "decimal_floating_point_literal"}),
    names=frozenset({"identifier", "type_identifier"}),
    fields=frozenset({"field_declaration"}),
    assignments=frozenset({"variable_declarator", "assignment_expression"}),
)
_BY_SUFFIX = {
    ".ts": _script("typescript"),
    ".mts": _script("typescript"),
    ".cts": _script("typescript"),
    ".tsx": _script("tsx"),
    ".js": _script("javascript"),
    ".mjs": _script("javascript"),
    ".cjs": _script("javascript"),
    ".jsx": _script("javascript"),
    ".py": _PYTHON,
    ".pyi": _PYTHON,
    ".go": _GO,
    ".java": _JAVA,
}


@lru_cache(maxsize=16384)
def language_of(path: str) -> Language | None:
    """Return the language of ``path`` by its suffix, or None where the reader knows none."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())


def parse(language: Language, text: str) -> SgNode:
    """Return the root of ``text``; what cannot be parsed is an ``ERROR`` node in it."""
    return root_of(language.name, text)


def is_broken(language: Language, text: str) -> bool:
    """Tell whether ``text`` is not a whole file of ``language``."""
    if language.python:
        try:
            python_tree(text.removeprefix("\ufeff"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return True
        return False
    return _has_error(language.name, text)


@lru_cache(maxsize=2048)
def _has_error(grammar: str, text: str) -> bool:
    root = root_of(grammar, text)
    if root.kind() == "ERROR" or root.find(kind="ERROR") is not None:
        return True
    # a token that tree-sitter made up has no text
    suspects = [one for one in root.find_all(regex="^,?$") if not one.children()]
    return any(
        (not one.text() and one.kind() not in _EMPTY) or is_left_out(one) for one in suspects
    )


_EMPTY = {"program", "module", "source_file", "statement_block", "string_content", "block"}


def leaves(node: SgNode) -> list[SgNode]:
    """Return the nodes below ``node`` that have no children, in order."""
    nodes, stack = [], [node]
    while stack:
        one = stack.pop()
        inner = one.children()
        if inner:
            stack += reversed(inner)
        else:
            nodes.append(one)
    return nodes
