"""Give a tag, or the head of a class, an attribute."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.pairs.types import type_holder
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, field, name_of, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation


def class_attribute_added(scene: Scene, clause: Clause) -> StepEdits | None:
    """Return what ``add `x = …` to the class`` makes of a class of Python; None for all else."""
    code = clause.object.code
    if not scene.language.python or code is None or code.shape is not Shape.ASSIGNMENT:
        return None
    holder = type_holder(scene, clause) if clause.verb is Verb.ADD else None
    body = field(holder, "body") if holder is not None else None
    if holder is None or body is None:
        return None
    held = body.named_children()
    fields = [one for one in held if one.kind() == "expression_statement"]
    if any(name_of(each) == code.key for one in fields for each in of_kinds(one, ("assignment",))):
        raise Abstain(f"{name_of(holder)} already has {code.key}")
    lead = " " * held[0].range().start.column
    written = quoted_as_here(scene, code.text)
    first = held[0]
    if first.kind() == "expression_statement" and first.text()[:1] in {'"', "'"}:
        edit = insert(end(first), f"\n\n{lead}{written}")
    elif len(held) == 1 and first.text() in {"pass", "..."}:
        edit = replaced(first, written)
    else:
        edit = insert(start(first), f"{written}\n\n{lead}")
    return StepEdits(
        Operation.ADD,
        f"add `{written}` to {name_of(holder)}",
        edits_in(scene, [edit]),
        adds=(written,),
    )


_TAGS = {"link": "a", "anchor": "a", "image": "img", "picture": "img", "field": "input"}


def tag_attribute_added(scene: Scene, clause: Clause, pairs: Sequence[Fragment]) -> SgNode | None:
    """Return the JSX tag that gets attributes; None where the pairs are none."""
    kinds = ("jsx_opening_element", "jsx_self_closing_element")
    tags = of_kinds(scene.root, kinds) if scene.language.script else []
    if not tags or not all(re.match(r"[\w-]+=['\"{]", one.text) for one in pairs):
        return None
    words = [_TAGS.get(word, word) for one in clause.phrases for word in one.words]
    words += [code.text.strip("<>/ ") for one in clause.phrases for code in one.codes]
    named = [one for one in tags if text_of(one.field("name")) in words]
    return pick(scene, named or tags, clause, "the tag")[0]
