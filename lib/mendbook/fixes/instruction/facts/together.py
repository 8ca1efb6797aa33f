"""All declarations of one name: overloads, merged interfaces and namespaces, value and type."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.references.declaring import declared_names, declaring, members
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import function_around, name_of, owner_of, whole

_SIGNATURES = frozenset({"function_signature", "method_signature", "abstract_method_signature"})
_MEMBERS = frozenset({"method_definition", "public_field_definition", "field_definition"})


def together(scene: Scene, declared: SgNode) -> list[SgNode]:
    """Return every declaration of the name of ``declared``, whole; only itself where it has none.

    Getter and setter are two of one name; what declares other names as well stands for itself.
    """
    outer = whole(declared)
    if not scene.language.script or outer.kind() == "variable_declarator":
        return [outer]
    if declared.kind() in _MEMBERS:
        return members(declared)
    if function_around(declared, scene.language) or owner_of(declared, scene.language):
        return [outer]
    name = name_of(declared)
    several = [one for one in declaring(scene.root, name) if set(declared_names(one)) == {name}]
    return several if any(one == outer for one in several) else [outer]


def is_signature(node: SgNode) -> bool:
    """Tell whether ``node`` is an overload's signature, exported or not."""
    inner = node.field("declaration") if node.kind() == "export_statement" else node
    if inner is not None and inner.kind() == "ambient_declaration":
        inner = next(iter(inner.named_children()), None)
    return inner is not None and inner.kind() in _SIGNATURES
