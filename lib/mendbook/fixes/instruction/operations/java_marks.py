"""Write a modifier on a declaration of Java, where its modifiers stand."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, field, name_of, of_kinds, start, text_of

_ACCESS = ("private", "protected", "public")


def java_mark(scene: Scene, node: SgNode, wanted: str) -> Edit:
    """Return the edit that makes the declaration ``node`` ``wanted``; raises where it cannot be."""
    outer = node
    if node.kind() == "variable_declarator" and (parent := node.parent()) is not None:
        outer = parent
    modifiers = next((one for one in outer.children() if one.kind() == "modifiers"), None)
    words = [one for one in modifiers.children() if not one.named_children()] if modifiers else []
    if wanted in {one.text() for one in words}:
        raise Abstain(f"{name_of(node)} is already {wanted}")
    if wanted == "final" and _is_written(scene, outer, name_of(node)):
        raise Abstain(f"{name_of(node)} is written again; it cannot be final")
    access = next((one for one in words if one.text() in _ACCESS), None)
    if wanted in _ACCESS and access is not None:
        return Edit(start(access), end(access), wanted)
    at = field(outer, "type", "name")
    if at is None:
        raise Abstain("it has no name to mark")
    if wanted in _ACCESS and words:
        return insert(start(words[0]), f"{wanted} ")
    return insert(start(at), f"{wanted} ")


def _is_written(scene: Scene, outer: SgNode, name: str) -> bool:
    """Tell whether a variable is written but where it is declared, or made by a constructor."""
    if outer.kind() not in {"field_declaration", "local_variable_declaration"}:
        return False
    given = any(one.field("value") is not None for one in of_kinds(outer, ("variable_declarator",)))
    times_set = 0
    for one in of_kinds(scene.root, ("assignment_expression", "update_expression")):
        target = text_of(one.field("left")) or text_of(next(iter(one.named_children()), None))
        if target.removeprefix("this.") != name:
            continue
        inside = any(each.kind() == "constructor_declaration" for each in one.ancestors())
        if not inside or given or one.kind() == "update_expression":
            return True
        times_set += 1
    return not given and not times_set
