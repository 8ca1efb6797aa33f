"""Rename a method or a field of a Java class, at its declaration and where the class uses it."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import field, line, name_of, of_kinds, same
from mendbook.fixes.instruction.writing.editing import replaced


def edits_in_class(scene: Scene, owner: SgNode, old: str, new: str) -> list[Edit]:
    """Return the edits of the member ``old`` of the Java class ``owner``, whose uses are all in it.

    Raises ``Abstain`` where overloads share the name, the new one is taken, or a use is of
    another object.
    """
    names = spelled(owner, old, scene.language)
    methods = [one for one in names if _is_label(one, "method_declaration")]
    fields = [one for one in names if _is_field(one)]
    if len(methods) + len(fields) != 1:
        raise Abstain(f"{len(methods) + len(fields)} members of {name_of(owner)} are called {old}")
    called = bool(methods)
    if any(_is_called(one) == called for one in spelled(owner, new, scene.language)):
        raise Abstain(f"the name {new} is taken in {name_of(owner)}")
    return [
        replaced(one, new)
        for one in names
        if _is_called(one) == called and _is_meant(scene, owner, one)
    ]


def _is_called(name: SgNode) -> bool:
    """Tell whether a name is a method's: declared, called, or referred to by ``::``."""
    parent = name.parent()
    if parent is not None and parent.kind() == "method_reference":
        return True
    return _is_label(name, "method_declaration") or _is_label(name, "method_invocation")


def _is_label(name: SgNode, kind: str) -> bool:
    parent = name.parent()
    label = field(parent, "name") if parent is not None and parent.kind() == kind else None
    return label is not None and same(label, name)


def _is_field(name: SgNode) -> bool:
    holder = name.parent()
    outer = holder.parent() if holder is not None else None
    return (
        _is_label(name, "variable_declarator")
        and outer is not None
        and outer.kind() == "field_declaration"
    )


def _is_meant(scene: Scene, owner: SgNode, name: SgNode) -> bool:
    """Tell whether a name is the member, and no local of the same name."""
    parent = name.parent()
    if parent is None:
        return False
    if parent.kind() == "method_reference":
        holder: SgNode | None = parent.child(0)
    elif parent.kind() in {"method_invocation", "field_access"}:
        holder = field(parent, "object")
        label = field(parent, "field") or field(parent, "name")
        if label is None or not same(label, name):
            holder = None
    else:
        holder = None
    if holder is not None:
        if holder.text() not in {"this", name_of(owner)}:
            raise Abstain(f"whose {name.text()} is meant in {scene.path}:{line(name)} is not known")
        return True
    return _is_called(name) or _is_field(name) or not _is_hidden(scene, name)


def _is_hidden(scene: Scene, name: SgNode) -> bool:
    """Tell whether a parameter or a local of the method around hides the field."""
    kinds = ("formal_parameter", "variable_declarator", "catch_formal_parameter", "resource")
    for outer in name.ancestors():
        if outer.kind() in scene.language.functions and any(
            field(one, "name") is not None and (field(one, "name") or one).text() == name.text()
            for one in of_kinds(outer, kinds, scene.language)
        ):
            return True
    return False
