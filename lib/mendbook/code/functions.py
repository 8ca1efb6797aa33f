"""Find the functions that a finding names, and what stands around a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.module_text import string_value
from mendbook.code.search import find_all

FUNCTIONS = (
    "function_declaration",
    "generator_function_declaration",
    "function_expression",
    "arrow_function",
    "method_definition",
)
_BLOCKS = {"statement_block", "program", "class_body", "switch_case", "switch_default"}
_CLASSES = ("class_declaration", "abstract_class_declaration", "class")
_DECLARATIONS = (
    *FUNCTIONS,
    *_CLASSES,
    "variable_declarator",
    "public_field_definition",
    "interface_declaration",
    "type_alias_declaration",
    "enum_declaration",
)


def inside(node: SgNode, outer: SgNode) -> bool:
    """Tell whether ``node`` lies in ``outer`` (or is it), by their ranges."""
    mine, its = node.range(), outer.range()
    return its.start.index <= mine.start.index and mine.end.index <= its.end.index


def within(node: SgNode, *kinds: str) -> bool:
    """Tell whether a node of one of ``kinds`` stands around ``node``."""
    return any(outer.kind() in kinds for outer in node.ancestors())


def declarations(root: SgNode, symbol: str) -> list[SgNode]:
    """Return the declarations of ``symbol`` (``name`` or ``Class.member``) below ``root``."""
    owner, _, name = symbol.rpartition(".")
    return [node for node in _declared(root).get(name, ()) if _owned(node, owner)]


@lru_cache(maxsize=512)
def _declared(root: SgNode) -> Mapping[str, Sequence[SgNode]]:
    """Return what is declared below ``root`` by its name, in the order of the text.

    Read once, however many findings ask about a file; a node is equal to itself alone.
    """
    by_name: dict[str, list[SgNode]] = {}
    nodes = find_all(root, *_DECLARATIONS)
    for node in sorted(nodes, key=lambda node: node.range().start.index):
        label = node.field("name")
        if label is not None:
            by_name.setdefault(label.text(), []).append(node)
    return by_name


def _owned(node: SgNode, owner: str) -> bool:
    return not owner or class_name(node) == owner.rpartition(".")[2]


def class_of(node: SgNode) -> SgNode | None:
    """Return the class around ``node``, or None."""
    return next((one for one in node.ancestors() if one.kind() in _CLASSES), None)


def class_name(node: SgNode) -> str:
    """Return the name of the class around ``node``, or nothing."""
    owner = class_of(node)
    label = owner.field("name") if owner is not None else None
    return label.text() if label is not None else ""


def handlers(root: SgNode, event: str) -> list[SgNode]:
    """Return the calls that register or make the handler of ``event``, innermost first."""
    calls = []
    for text in find_all(root, "string"):
        call = text.parent()
        call = call.parent() if call is not None else None
        if string_value(text) != event or call is None or call.kind() != "call_expression":
            continue
        if handler_function(call) is not None:
            calls.append(call)
    return calls[-1:]


def handler_function(node: SgNode) -> SgNode | None:
    """Return the function that does the work of ``node``: itself, its value, or its callback."""
    if node.kind() in FUNCTIONS:
        return node
    value = node.field("value") if node.kind() == "variable_declarator" else node
    if value is None or value.kind() in FUNCTIONS:
        return value
    arguments = value.field("arguments") if value.kind() == "call_expression" else None
    functions = (
        [one for one in arguments.named_children() if one.kind() in FUNCTIONS] if arguments else []
    )
    return functions[-1] if functions else None


def function_around(node: SgNode) -> SgNode | None:
    """Return the innermost function around ``node``, or None at the top level."""
    return next((one for one in node.ancestors() if one.kind() in FUNCTIONS), None)


def is_caught(node: SgNode) -> bool:
    """Tell whether a ``try`` with a ``catch`` of the same function holds ``node``."""
    current = node
    for outer in node.ancestors():
        if outer.kind() == "try_statement" and outer.field("body") == current:
            return outer.field("handler") is not None
        if outer.kind() in FUNCTIONS:
            return False
        current = outer
    return False


def is_in_block(node: SgNode) -> bool:
    """Tell whether ``node`` is a statement of its own, so that another may stand beside it.

    The one statement of an ``if`` without braces is not: what is put there may take its ``else``.
    """
    parent = node.parent()
    return parent is not None and parent.kind() in _BLOCKS


def statement_of(node: SgNode) -> SgNode:
    """Return the statement (a child of a block or of the file) that ``node`` belongs to."""
    current = node
    for outer in node.ancestors():
        if outer.kind() in _BLOCKS:
            return current
        current = outer
    return current


def parameters(function: SgNode) -> list[str]:
    """Return the names of a function's parameters; a pattern counts as its text."""
    single = function.field("parameter")
    if single is not None:
        return [single.text()]
    listed = function.field("parameters")
    names = []
    for one in listed.named_children() if listed is not None else []:
        pattern = one.field("pattern") or one
        if one.kind() != "comment":
            names.append(pattern.text())
    return names


def body(function: SgNode) -> SgNode | None:
    """Return the function's block, or None when it is a bare expression."""
    block = function.field("body")
    return block if block is not None and block.kind() == "statement_block" else None


def is_async(function: SgNode) -> bool:
    """Tell whether the function is declared ``async``."""
    return any(child.kind() == "async" for child in function.children())


def free_names(node: SgNode) -> set[str]:
    """Return the identifiers that ``node`` reads or writes, property names left out."""
    return {
        one.text()
        for kind in ("identifier", "shorthand_property_identifier")
        for one in [*find_all(node, kind), *([node] if node.kind() == kind else [])]
    }


def local_names(function: SgNode) -> set[str]:
    """Return the names that ``function`` binds: parameters, variables, inner functions."""
    names: set[str] = set()
    for one in find_all(function, "variable_declarator"):
        label = one.field("name")
        names |= pattern_names(label) if label is not None else set()
    for kind in ("required_parameter", "optional_parameter"):
        for one in find_all(function, kind):
            label = one.field("pattern")
            names |= pattern_names(label) if label is not None else set()
    for one in find_all(function, "catch_clause"):
        label = one.field("parameter")
        names |= pattern_names(label) if label is not None else set()
    for one in function.find_all(any=[{"kind": "for_in_statement"}]):
        label = one.field("left")
        names |= pattern_names(label) if label is not None else set()
    for one in find_all(function, "formal_parameters"):
        for given in one.named_children():
            names |= pattern_names(given.field("left") or given) if _is_pattern(given) else set()
    single = function.field("parameter")
    return names | ({single.text()} if single is not None else set())


def _is_pattern(node: SgNode) -> bool:
    """Tell whether a parameter is written without a type, as JavaScript does."""
    return node.kind() == "identifier" or node.kind().endswith("_pattern")


def pattern_names(pattern: SgNode) -> set[str]:
    """Return the names that a binding pattern binds."""
    if pattern.kind() == "identifier":
        return {pattern.text()}
    kinds = ("identifier", "shorthand_property_identifier_pattern")
    return {one.text() for kind in kinds for one in find_all(pattern, kind)}
