"""What every name in a JavaScript or TypeScript file means: its scopes, in one pass of the tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.proving.binds import ecma_binding as binding
from mendbook.proving.binds import ecma_using as using
from mendbook.proving.binds.ecma_reader import Handler, ScopeReader
from mendbook.proving.binds.ecma_scope import ScopedFile

_TYPE_SCOPES = frozenset(
    {"interface_declaration", "type_alias_declaration", "function_type", "constructor_type"}
    | {"method_signature", "abstract_method_signature", "function_signature", "call_signature"}
    | {"construct_signature", "conditional_type", "index_signature", "mapped_type_clause"}
)
_HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(_TYPE_SCOPES, binding.type_scope),
    **dict.fromkeys(trees.CLASSES, binding.class_body),
    **dict.fromkeys(trees.FUNCTIONS, binding.function),
    "identifier": using.identifier,
    "shorthand_property_identifier": using.identifier,
    "shorthand_property_identifier_pattern": using.identifier,
    "type_identifier": using.type_name,
    "nested_type_identifier": using.dotted_type,
    "nested_identifier": using.dotted,
    "type_query": using.type_query,
    "unary_expression": using.unary,
    "lexical_declaration": binding.declaration,
    "variable_declaration": binding.declaration,
    "statement_block": binding.block,
    "public_field_definition": binding.field_of_class,
    "field_definition": binding.field_of_class,
    "for_in_statement": binding.loop,
    "catch_clause": binding.caught,
    "formal_parameters": binding.parameters,
    "type_parameter": binding.type_parameter,
    "enum_declaration": binding.enumeration,
    "internal_module": binding.namespace,
    "module": binding.namespace,
    "ambient_declaration": binding.ambient,
    "import_statement": binding.imported,
    "import_alias": binding.import_alias,
    "export_statement": using.exported,
    "export_specifier": using.specifier,
    "namespace_export": using.nothing,
    "jsx_opening_element": using.element,
    "jsx_self_closing_element": using.element,
    "jsx_closing_element": using.nothing,
    "comment": using.nothing,
    "string": using.nothing,
    "meta_property": using.nothing,
    "infer_type": using.nothing,
    "jsx_namespace_name": using.nothing,
}


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
    reader = ScopeReader(_HANDLERS)
    for child in root.children():
        reader.walk(child, reader.top)
    return ScopedFile(reader.top, tuple(reader.uses), tuple(reader.twice))
