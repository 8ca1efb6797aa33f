"""The names that a file reads, and those that it binds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start


def counts_of_names(root: SgNode, language: Language) -> dict[str, int]:
    """Return the names that are read as variables or types, with how often."""
    counts: dict[str, int] = {}
    if any(map(_takes_from_module, root.ancestors())):
        return counts
    taking = [one for one in of_kinds(root, _TAKING, language) if _takes_from_module(one)]
    first, behind = [start(one) for one in taking], [end(one) for one in taking]
    last = max(behind, default=0)
    below = False
    for node in of_kinds(root, _NAMES, language):
        if language.python and not _reads(node):
            continue
        holder = node.parent()
        if holder is not None and (_is_html_tag(node, holder) or _is_last_part(node, holder)):
            continue
        below = below or start(node) >= last  # and all that follow
        at = 0 if below else bisect_right(first, start(node))
        if not at or behind[at - 1] <= start(node):
            name = node.text()
            counts[name] = counts.get(name, 0) + 1
    return counts


def _takes_from_module(node: SgNode) -> bool:
    """Tell whether a statement imports, or exports what another module has."""
    kind = node.kind()
    return kind in _IMPORTS or (kind == "export_statement" and node.field("source") is not None)


def _is_last_part(node: SgNode, holder: SgNode) -> bool:
    """Tell whether a name is the last one of a dotted type."""
    part = holder.field("name") if holder.kind() == "nested_type_identifier" else None
    return part is not None and start(part) == start(node)


@lru_cache(maxsize=1024)
def names_in(language: Language, text: str) -> tuple[Mapping[str, int], frozenset[str]]:
    """Return what ``counts_of_names`` and ``bound_names`` say of a whole file, found out once.

    A rename asks it of each file that uses the name, before and after, each time it is proposed.
    """
    root = parse(language, text)
    return counts_of_names(root, language), frozenset(bound_names(root, language))


def names_read(root: SgNode, language: Language) -> set[str]:
    """Return the names that code below ``root`` reads, imports left out."""
    return set(counts_of_names(root, language))


_TAGS = frozenset({"jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element"})


def _is_html_tag(node: SgNode, holder: SgNode) -> bool:
    """Tell whether a name is that of an element of HTML in JSX, which is no variable."""
    label = holder.field("name") if holder.kind() in _TAGS else None
    return label is not None and start(label) == start(node) and node.text()[:1].islower()


_NAMES = frozenset({"identifier", "type_identifier", "shorthand_property_identifier"})
_BINDERS = frozenset({"identifier", "type_identifier", "shorthand_property_identifier_pattern"})
_IMPORTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})
_TAKING = _IMPORTS | {"export_statement"}


def _reads(node: SgNode) -> bool:
    """Tell whether an identifier of Python is a variable: no attribute, no keyword's name."""
    parent = node.parent()
    if parent is None:
        return True
    if parent.kind() == "attribute":
        owner = parent.field("attribute")
        return owner is None or start(owner) != start(node)
    if parent.kind() == "keyword_argument":
        label = parent.field("name")
        return label is None or start(label) != start(node)
    return True


def is_read(node: SgNode, language: Language) -> bool:
    """Tell whether an identifier is a variable that is read, and no member, key or import."""
    if language.python and not _reads(node):
        return False
    holder = node.parent()
    if holder is not None and (_is_html_tag(node, holder) or _is_member(node, holder)):
        return False
    return not any(one.kind() in _IMPORTS for one in node.ancestors())


_MEMBERS = {"method_invocation": "name", "field_access": "field"}


def _is_member(node: SgNode, holder: SgNode) -> bool:
    """Tell whether an identifier of Go or Java is a method, a field, or a key of a literal."""
    if holder.kind() == "literal_element":
        outer = holder.parent()
        return outer is not None and outer.kind() == "keyed_element" and start(outer) == start(node)
    if holder.kind() == "method_reference":
        return start(holder) != start(node)
    label = holder.field(_MEMBERS.get(holder.kind(), "name"))
    return holder.kind() in _MEMBERS and label is not None and start(label) == start(node)


def bound_names(root: SgNode, language: Language) -> set[str]:
    """Return every name that the file declares, imports or takes as a parameter, in any scope."""
    return {one.text() for one in binders(root, language)}


def binders(root: SgNode, language: Language) -> Iterator[SgNode]:
    """Yield the identifiers that bind a name: declarations, parameters, imports."""
    for node in of_kinds(root, _BINDERS, language):
        parent = node.parent()
        if parent is None:
            continue
        if node.kind() == "shorthand_property_identifier_pattern" or _declares(node, parent):
            yield node


_DECLARING = {
    "variable_declarator": "name",
    "function_declaration": "name",
    "generator_function_declaration": "name",
    "function_expression": "name",
    "class_declaration": "name",
    "abstract_class_declaration": "name",
    "class": "name",
    "interface_declaration": "name",
    "type_alias_declaration": "name",
    "enum_declaration": "name",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
    "catch_clause": "parameter",
    "arrow_function": "parameter",
    "for_in_statement": "left",
    "assignment_pattern": "left",
    "function_definition": "name",
    "class_definition": "name",
    "assignment": "left",
    "named_expression": "name",
    "default_parameter": "name",
    "typed_default_parameter": "name",
    "for_statement": "left",
    "for_in_clause": "left",
    "enhanced_for_statement": "name",
    "formal_parameter": "name",
    "catch_formal_parameter": "name",
    "resource": "name",
    "method_declaration": "name",
    "inferred_parameters": "",
    "parameter_declaration": "name",
    "variadic_parameter_declaration": "name",
    "var_spec": "name",
    "const_spec": "name",
    "type_spec": "name",
    "type_parameter": "name",
    "namespace_import": "",
    "import_clause": "",
    "rest_pattern": "",
    "array_pattern": "",
    "formal_parameters": "",
    "parameters": "",
    "lambda_parameters": "",
    "typed_parameter": "",
    "list_splat_pattern": "",
    "dictionary_splat_pattern": "",
    "as_pattern_target": "",
    "pattern_list": "",
    "tuple_pattern": "",
    "aliased_import": "alias",
}


_GO_LEFT = {"short_var_declaration", "range_clause"}


def _declares(node: SgNode, parent: SgNode) -> bool:
    kind = parent.kind()
    if kind == "import_specifier":
        label = parent.field("alias") or parent.field("name")
        return label is not None and start(label) == start(node)
    if kind == "dotted_name":
        outer = parent.parent()
        if outer is None or outer.kind() not in {*_IMPORTS, "aliased_import"}:
            return False
        if outer.kind() == "aliased_import":
            return False
        module = outer.field("module_name")
        if module is not None and start(module) == start(parent):
            return False
        return start(parent) == start(node)
    if kind == "expression_list":
        outer = parent.parent()
        left = outer.field("left") if outer is not None and outer.kind() in _GO_LEFT else None
        return left is not None and start(left) == start(parent)
    if kind == "pair_pattern":
        value = parent.field("value")
        return value is not None and start(value) == start(node)
    if kind == "typed_parameter":
        return start(parent) == start(node)
    if kind not in _DECLARING:
        return False
    part = _DECLARING[kind]
    if not part:
        return True
    named = parent.field(part)
    return named is not None and start(named) == start(node)
