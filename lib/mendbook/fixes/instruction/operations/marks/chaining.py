"""Read through ``?.`` what may not be there."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def has_mark(node: SgNode) -> bool:
    """Tell whether a node is read through ``?.`` already."""
    return any(one.kind() in {"?.", "optional_chain"} for one in node.children())


def add_chaining(work: Work, clause: Clause) -> StepEdits | None:
    """Read a member with ``?.``; None where the clause does not ask for optional chaining."""
    spoken = clause.has("optional") and clause.has("chaining", "chain")
    names = [one.text for one in clause.codes if one.shape is Shape.NAME and "?." not in one.text]
    if (
        not spoken
        or clause.verb is Verb.REMOVE
        or len(names) != 1
        or not work.scene.language.script
    ):
        return None
    scene = work.scene
    members = [
        one
        for one in of_kinds(scene.root, ("member_expression", "subscript_expression"))
        if (owner := one.field("object")) is not None
        and squeezed(owner.text()) == squeezed(names[0])
    ]
    loose = [one for one in members if not has_mark(one)]
    if members and not loose:
        raise Abstain(f"{names[0]} is read with `?.` already")
    picked = pick(scene, loose, clause, f"a member of {names[0]}", scopes_in(scene, clause))
    return StepEdits(
        Operation.REPLACE,
        f"read what {names[0]} has by `?.`",
        edits_in(scene, [_with_chain(scene, one) for one in picked]),
        adds=("?.",),
    )


def _with_chain(scene: Scene, node: SgNode) -> Edit:
    owner = node.field("object")
    at = end(owner) if owner is not None else start(node)
    holder = node.parent()
    if (
        holder is not None
        and holder.kind() == "assignment_expression"
        and ((left := holder.field("left")) is not None and start(left) == start(node))
    ):
        raise Abstain("what is assigned to cannot be read by `?.`")
    dot = scene.text.find(".", at)
    if node.kind() == "subscript_expression":
        return insert(at, "?.")
    return Edit(dot, dot + 1, "?.")
