"""Rename a member of a class, at its declarations and at its uses within the class."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.references.declaring import members
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import is_local, shown, spelled, uses_outside
from mendbook.fixes.instruction.operations.named_by_text import refuse_said_member
from mendbook.fixes.instruction.operations.rename_export import offset_of
from mendbook.fixes.instruction.operations.rename_in_class import edits_in_class
from mendbook.fixes.instruction.operations.rename_method import method_edits
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, field, name_of, owner_of, start
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.editing import replaced


def member_edits(
    work: Work, scene: Scene, declared: SgNode, old: str, new: str
) -> list[tuple[str, Edit]]:
    """Return the edits of the member ``declared`` at its declarations and uses in its class.

    Raises ``Abstain`` where something outside the class, or a text, may mean it.
    """
    owner = owner_of(declared, scene.language)
    if owner is None:
        raise Abstain(f"{old} belongs to no class")
    if not is_local(scene, declared):
        outside = [
            one for one in uses_outside(work.task, scene, declared, old)
            if one.path != scene.path or one.node is None or not (
                start(owner) <= start(one.node) <= end(owner))
        ]  # fmt: skip
        if outside:
            raise Abstain(f"{old} is used at {shown(outside)}; whether it is this one is unknown")
    if scene.language.name == "java":
        return [(scene.path, one) for one in edits_in_class(scene, owner, old, new)]
    if scene.language.python:
        return method_edits(scene, owner, declared, old, new)
    labels = _labels(scene, declared)
    edits = [replaced(one, new) for one in labels]
    own = _own_uses(work, scene, owner, old)
    for one in spelled(owner, old, scene.language):
        parent = one.parent()
        if parent is None or any(start(one) == start(label) for label in labels):
            continue
        if one.kind() == "shorthand_property_identifier_pattern" and _taken_of_this(parent):
            edits.append(replaced(one, f"{new}: {old}"))
        if parent.kind() == "member_expression":
            holder = field(parent, "object")
            member = field(parent, "property")
            if (
                holder is not None
                and (holder.text() == "this" or start(one) in own)
                and (member is not None and start(member) == start(one))
            ):
                edits.append(replaced(one, new))
    return [(scene.path, one) for one in edits]


def _labels(scene: Scene, declared: SgNode) -> list[SgNode]:
    """Return where a member's name stands in its declarations: overloads, getter and setter."""
    several = members(declared) if scene.language.script else [declared]
    labels = [field(one, "name", "property") for one in several]
    return [one for one in labels if one is not None]


def _own_uses(work: Work, scene: Scene, owner: SgNode, old: str) -> set[int]:
    """Return where the file means the member on something other than the object itself.

    A script's member that a text may name is refused: no use of that kind is found.
    """
    if not scene.language.script:
        return set()
    refuse_said_member(work.task, old, name_of(owner))
    found = work.task.lookup.uses(f"{name_of(owner)}.{old}", scene.path)
    return {
        offset_of(scene.text, one.line, one.column)
        for one in found.references
        if one.file == scene.path
    }


def _taken_of_this(pattern: SgNode) -> bool:
    """Tell whether a pattern takes members off the object itself: ``const { a } = this``."""
    holder = pattern.parent()
    value = field(holder, "value") if holder is not None else None
    return value is not None and value.text() == "this"
