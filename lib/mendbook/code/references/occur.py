"""Where names stand in one file, how they are used there, and inside which function."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ast_grep_py import Rule, SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.commonjs import is_handed_out, is_required, names_export, requirement
from mendbook.code.references.infer import Inference
from mendbook.code.references.outline import WHOLE, Site
from mendbook.code.references.scope import Binding, whole_of
from mendbook.code.references.type_shape import UNKNOWN, Op, Shape
from mendbook.model import ReferenceKind

NAMES = (
    "identifier",
    "property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
    "private_property_identifier",
)
_TYPE_PARENTS = frozenset(
    {
        "type_annotation",
        "generic_type",
        "type_arguments",
        "union_type",
        "intersection_type",
        "array_type",
        "extends_clause",
        "extends_type_clause",
        "implements_clause",
        "class_heritage",
        "type_query",
        "nested_type_identifier",
        "type_alias_declaration",
        "constraint",
        "default_type",
        "lookup_type",
        "index_type_query",
        "tuple_type",
        "function_type",
        "conditional_type",
        "readonly_type",
        "type_predicate",
    }
)
_PATTERNS = frozenset({"object_pattern", "pair_pattern"})
_HOLDERS = frozenset(
    syntax.FUNCTIONS
    | syntax.CLASSES
    | syntax.FIELDS
    | {
        "variable_declarator",
        "interface_declaration",
        "type_alias_declaration",
        "enum_declaration",
        "method_signature",
        "abstract_method_signature",
        "property_signature",
        "enum_assignment",
        "enum_body",
        "required_parameter",
        "optional_parameter",
        "formal_parameters",
        "type_parameter",
        "namespace_import",
        "import_require_clause",
        "import_clause",
        "function_signature",
        "internal_module",
        "module",
        "rest_pattern",
        "array_pattern",
        "catch_clause",
    }
)


def names_in(path: str, root: SgNode, names: Iterable[str]) -> list[SgNode]:
    """Return every node of the tree of ``path`` that is one of ``names``, in file order."""
    wanted = "|".join(re.escape(name) for name in sorted(names))
    return root.find_all(any=_kinds(path), regex=f"^(?:{wanted})$")


def all_names(path: str, root: SgNode) -> dict[str, list[SgNode]]:
    """Return every name of the tree of ``path`` with its nodes, in file order."""
    by_name: dict[str, list[SgNode]] = {}
    for node in root.find_all(any=_kinds(path)):
        by_name.setdefault(node.text(), []).append(node)
    return by_name


def _kinds(path: str) -> list[Rule]:
    kinds = NAMES if syntax.is_untyped(path) else (*NAMES, "type_identifier")
    return [{"kind": kind} for kind in kinds]


def sites(nodes: Iterable[SgNode], inference: Inference) -> tuple[Site, ...]:
    """Return the places where names are used, not declared, of the ``nodes`` that are one."""
    places: list[Site] = []
    for node in nodes:
        if (site := site_of(node, inference)) is not None:
            places.append(site)
            if node.kind() == "shorthand_property_identifier":
                places.append(replace(site, binding=None, receiver=_written_to(node, inference)))
    return tuple(places)


def site_of(node: SgNode, inference: Inference) -> Site | None:
    """Return what the name ``node`` does where it stands, or None where it declares."""
    parent = node.parent()
    if parent is None or declares(node, parent):
        return None
    kind = kind_of(node)
    receiver = _receiver(node, parent, inference)
    bound = None
    if receiver is None and kind not in {ReferenceKind.IMPORT, ReferenceKind.REEXPORT}:
        bound = inference.scopes.binding(node, node.text())
        if bound is not None and (source := _loaded_from(bound)):
            receiver, bound = Shape(Op.MODULE, source), None
    start = node.range().start
    return Site(
        name=node.text(),
        line=start.line + 1,
        column=start.column + 1,
        kind=kind,
        enclosing=syntax.enclosing_name(node),
        receiver=receiver,
        binding=bound.place if bound is not None else None,
    )


def _loaded_from(bound: Binding) -> str:
    """Return the module from which a function takes a name, called so there, while it runs."""
    if len(bound.steps) != 1 or bound.steps[0].key != bound.name.text():
        return ""
    source, member = requirement(bound.holder)
    return source if member == WHOLE else ""


def declares(node: SgNode, parent: SgNode) -> bool:
    """Tell whether the name ``node`` is where something gets that name.

    Of the two names in ``import { a as b }`` and ``export { a as b }`` only one is a use: the one
    that this file goes on using.
    """
    kind = node.kind()
    if kind == "shorthand_property_identifier_pattern":
        return False
    if names_export(node, parent) or parent.kind() == "jsx_closing_element":
        return True
    if parent.kind() == "jsx_attribute" and _same(parent.child(0), node):
        return True  # the name of what a component is given, whatever else is called so
    if parent.kind() in {"import_specifier", "export_specifier"}:
        alias = parent.field("alias")
        renamed = alias is not None and _same(alias, node)
        return alias is not None and renamed == (parent.kind() == "export_specifier")
    if parent.kind() not in _HOLDERS:
        return parent.kind() == "pair_pattern" and kind == "identifier"
    if parent.kind() in {"formal_parameters", "rest_pattern", "array_pattern", "enum_body"}:
        return True
    if parent.kind() in {"namespace_import", "import_clause", "import_require_clause"} | {
        "catch_clause"
    }:
        return parent.kind() != "import_clause"
    named = parent.field("name") or parent.field("pattern") or parent.field("property")
    single = parent.field("parameter")
    return any(one is not None and _same(one, node) for one in (named, single))


def kind_of(node: SgNode) -> ReferenceKind:
    """Return how the name ``node`` is used where it stands."""
    inner, parent = node, node.parent()
    if parent is None:
        return ReferenceKind.READ
    kind = parent.kind()
    if kind in {"import_specifier", "import_clause", "namespace_import"}:
        return ReferenceKind.IMPORT
    if kind in {"export_specifier", "export_statement", "namespace_export"}:
        return ReferenceKind.REEXPORT
    if is_handed_out(node):
        return ReferenceKind.REEXPORT
    if kind in _PATTERNS and is_required(node):
        return ReferenceKind.IMPORT
    if node.kind() == "type_identifier" or kind in _TYPE_PARENTS:
        return ReferenceKind.TYPE
    if kind == "pair" and node.kind() == "property_identifier":
        return ReferenceKind.WRITE
    if kind == "member_expression" and node.kind() != "identifier":
        inner, parent = parent, parent.parent()
    while parent is not None and parent.kind() in {
        "non_null_expression",
        "parenthesized_expression",
    }:
        inner, parent = parent, parent.parent()
    return _use(inner, parent) if parent is not None else ReferenceKind.READ


def _use(inner: SgNode, parent: SgNode) -> ReferenceKind:
    kind = parent.kind()
    if kind == "await_expression":
        # tree-sitter reads ``await f<T>()`` as ``(await f)<T>()``
        call = parent.parent()
        called = call is not None and _same(call.field("function"), parent)
        return ReferenceKind.CALL if called else ReferenceKind.READ
    if kind == "call_expression" and _same(parent.field("function"), inner):
        return ReferenceKind.CALL
    if kind == "new_expression" and _same(parent.field("constructor"), inner):
        return ReferenceKind.CONSTRUCT
    if kind == "arguments":
        return ReferenceKind.PASSED
    if kind == "decorator":
        return ReferenceKind.CALL
    if kind in {"jsx_opening_element", "jsx_self_closing_element"}:
        return ReferenceKind.JSX
    if kind in {"extends_clause", "class_heritage", "type_query"}:
        return ReferenceKind.TYPE
    if kind in {"assignment_expression", "augmented_assignment_expression"}:
        left = _same(parent.field("left"), inner)
        return ReferenceKind.WRITE if left else ReferenceKind.READ
    if kind == "update_expression":
        return ReferenceKind.WRITE
    return ReferenceKind.READ


def _receiver(node: SgNode, parent: SgNode, inference: Inference) -> Shape | None:
    """Return what ``node`` is a member of, or None where it stands for itself."""
    kind = parent.kind()
    if kind == "member_expression" and _same(parent.field("property"), node):
        return inference.of(parent.field("object"))
    if kind == "nested_type_identifier" and _same(parent.field("name"), node):
        return inference.of(parent.field("module"))
    if kind == "pair" and _same(parent.field("key"), node):
        return _written_to(parent, inference)
    if node.kind() == "shorthand_property_identifier_pattern" or kind == "pair_pattern":
        return _taken_from(node, inference)
    return None


def _written_to(part: SgNode, inference: Inference) -> Shape:
    """Return the object whose member a part of an object literal gives a value."""
    whole = part.parent()
    if whole is None or whole.kind() != "object":
        return UNKNOWN
    return inference.expected(whole)


def _taken_from(node: SgNode, inference: Inference) -> Shape | None:
    """Return the value that a destructuring pattern takes ``node`` from."""
    whole = whole_of(node)
    return inference.of_binding(whole) if whole is not None else None


def _same(one: SgNode | None, other: SgNode) -> bool:
    return (
        one is not None
        and one.range().start.index == other.range().start.index
        and (one.range().end.index == other.range().end.index)
    )
