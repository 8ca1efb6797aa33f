"""Give an interface, a class or a type a member."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, name_of, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.fixes.instruction.writing.editing import add_item
from mendbook.model import Operation

TO = ("to", "in", "into", "on", "onto", "for", "of", "at", "inside", "within", "from", "when")


def type_holder(scene: Scene, clause: Clause) -> SgNode | None:
    """Return the body of the interface, type or class that a phrase names; None without one."""
    for phrase in clause.phrases:
        if phrase.preposition not in TO:
            continue
        names = [*(code.text for code in phrase.codes), *identifiers(phrase, scene)]
        kinds = scene.language.types | ({"class_definition"} if scene.language.python else set())
        for one in of_kinds(scene.root, kinds):
            if name_of(one) in names:
                return one
    return None


def members_added(scene: Scene, declared: SgNode, pairs: Sequence[Fragment]) -> StepEdits:
    """Return the members added to a type, at its end, as its others are written."""
    body = declared.field("body") or declared.field("value") or declared.field("type")
    if body is None or (
        declared.kind() == "type_alias_declaration" and body.kind() != "object_type"
    ):
        raise Abstain(f"{name_of(declared)} is not a type with members")
    known = {name_of(one) for one in body.named_children()}
    known |= {text_of(one).split(":")[0].strip() for one in body.named_children()}
    edits = []
    for pair in pairs:
        if pair.key.rstrip("?") in known:
            raise Abstain(f"{name_of(declared)} already has {pair.key}")
    if scene.language.python:
        if keyword := next((one.text for one in pairs if re.match(r"\w+=[^=]", one.text)), ""):
            raise Abstain(f"`{keyword}` is a keyword, and no attribute of {name_of(declared)}")
        last = body.named_children()[-1]
        fields = [
            one for one in body.named_children()
            if one.kind() == "expression_statement" and ":" in one.text().split("=")[0]
        ]  # fmt: skip
        last = fields[-1] if fields else last
        lead = " " * last.range().start.column
        edits = [insert(end(last), "".join(f"\n{lead}{one.text}" for one in pairs))]
    else:
        text = "; ".join(one.text for one in pairs)
        edits = [add_item(scene, body, text)]
    shown = ", ".join(f"`{one.text}`" for one in pairs)
    return StepEdits(
        Operation.ADD,
        f"add {shown} to {name_of(declared)}",
        edits_in(scene, edits),
        adds=tuple(one.text for one in pairs),
    )
