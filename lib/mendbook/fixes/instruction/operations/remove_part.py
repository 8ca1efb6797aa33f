"""Remove a part of an expression or a tag: a chained call, a type, an attribute, an element."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.places.targets import hint_words, same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    callee,
    end,
    field,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import drop_item
from mendbook.model import Operation


def remove_link(work: Work, clause: Clause) -> StepEdits | None:
    """Remove ``.m(…)`` from the chain that has it; None where no chained call is named."""
    code = clause.object.code
    if code is None or code.shape is not Shape.CHAIN or len(clause.object.codes) != 1:
        return None
    if not code.text.endswith(")"):
        return None
    scene = work.scene
    wanted = squeezed(code.text)
    calls = [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (held := _held(one)) is not None
        and (
            squeezed(scene.text[end(held) : end(one)]) == wanted
            or (wanted.endswith("()") and _method(one) == wanted.strip(".?()"))
        )
    ]
    if not calls:
        raise Abstain(f"`{code.text}` is called on nothing in {scene.path}")
    bound = scopes_in(scene, clause)
    picked = pick(scene, calls, clause, f"`{code.text}`", bound, words=hint_words(clause))
    return StepEdits(
        Operation.REMOVE,
        f"remove `{code.text}` from `{' '.join(picked[0].text().split())[:50]}`",
        edits_in(scene, [_cut(one) for one in picked]),
        removes=tuple(f".{_method(one)}(" for one in picked),
    )


def _held(call: SgNode) -> SgNode | None:
    """Return what a method is called on."""
    return field(callee(call) or call, "object")


def _method(call: SgNode) -> str:
    return text_of(field(callee(call) or call, "property", "attribute"))


def _cut(call: SgNode) -> Edit:
    held = _held(call)
    return Edit(end(held) if held is not None else start(call), end(call), "")


def remove_annotation(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the one quoted type that the clause names; None where it speaks of no annotation."""
    code = clause.object.code
    scene = work.scene
    if (
        code is None
        or not clause.object.has("annotation", "type")
        or not (scene.language.python or scene.language.script)
    ):
        return None
    types = [
        part
        for one in of_kinds(scene.root, scene.language.assignments)
        if (part := one.field("type")) is not None
        and begins_in_quote(scene, part)
        and squeezed(part.text()).lstrip(":") == squeezed(code.text).lstrip(":")
        and field(one, "value", "right") is not None
    ]
    if len(types) != 1:
        return None
    at = start(types[0])
    begin = scene.text.rindex(":", 0, at) if scene.language.python else at
    return StepEdits(
        Operation.REMOVE,
        f"remove the type `{code.text}`",
        edits_in(scene, [Edit(begin, end(types[0]), "")]),
        removes=(f": {code.text}",),
    )


def remove_attribute(work: Work, clause: Clause) -> StepEdits | None:
    """Remove an attribute of a tag; None where the clause names none."""
    scene = work.scene
    names = [one.text.split("=")[0] for one in clause.object.codes]
    if not scene.language.script or len(names) != 1 or not clause.object.has("attribute", "prop"):
        return None
    attributes = [
        one
        for one in of_kinds(scene.root, ("jsx_attribute",))
        if text_of(next(iter(one.named_children()), None)) == names[0]
    ]
    if not attributes:
        return None
    node = pick(scene, attributes, clause, f"the attribute {names[0]}", scopes_in(scene, clause))[0]
    first, last = line_start(scene.text, start(node)), line_end(scene.text, end(node))
    alone = not (scene.text[first : start(node)] + scene.text[end(node) : last]).strip()
    edit = Edit(first, last, "") if alone else Edit(start(node) - 1, end(node), "")
    return StepEdits(
        Operation.REMOVE,
        f"remove the attribute {names[0]}",
        edits_in(scene, [edit]),
        removes=(node.text(),),
    )


def remove_element(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the quoted element of a list that the clause gives as code; else None."""
    codes = clause.object.codes
    place = clause.behind("from", "in", "of")
    scene = work.scene
    if len(codes) != 1 or place is None or not place.has(*_LISTS):
        return None
    elements = [
        one
        for one in same_code(scene, codes[0].text)
        if (holder := one.parent()) is not None
        and holder.kind() in scene.language.lists | {"array_pattern"}
        and touches_quote(scene, one)
    ]
    if len(elements) != 1:
        return None
    return StepEdits(
        Operation.REMOVE,
        f"remove the element `{codes[0].text}`",
        edits_in(scene, [drop_item(scene, elements[0])]),
        removes=(elements[0].text(),),
    )


_LISTS = ("list", "array", "tuple", "set", "elements", "entries")


def remove_told_line(work: Work, clause: Clause) -> StepEdits | None:
    """Remove the line that the clause gives whole, where it only sets a member; else None."""
    codes = clause.object.codes
    scene = work.scene
    if len(codes) != 1 or not clause.object.has("line", "statement", "assignment"):
        return None
    wanted = squeezed(codes[0].text)
    statements: list[SgNode] = []
    for one in of_kinds(scene.root, ("expression_statement",)):
        inner = next(iter(one.named_children()), None)
        target = field(inner, "left") if inner is not None else None
        members = {"member_expression", "attribute", "subscript_expression", "subscript"}
        if target is not None and target.kind() in members and squeezed(one.text()) == wanted:
            statements.append(one)
    if not statements:
        return None
    node = pick(scene, statements, clause, f"`{codes[0].text}`", scopes_in(scene, clause))[0]
    body = node.parent()
    if scene.language.python and body is not None and len(body.named_children()) == 1:
        edit = Edit(start(node), end(node), "pass")
    else:
        edit = _whole_line(scene, node)
    return StepEdits(
        Operation.REMOVE,
        f"remove `{' '.join(node.text().split())[:60]}`",
        edits_in(scene, [edit]),
        removes=(node.text().rstrip(";"),),
    )


def _whole_line(scene: Scene, node: SgNode) -> Edit:
    first, last = line_start(scene.text, start(node)), line_end(scene.text, end(node))
    rest = scene.text[first : start(node)] + scene.text[end(node) : last]
    return Edit(first, last, "") if not rest.strip(" \t\n;") else Edit(start(node), end(node), "")
