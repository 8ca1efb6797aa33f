"""Add an element to a list: an array, ``Promise.all``, a dependency array, a union, an enum."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import called, identifiers, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    name_of,
    of_kinds,
    squeezed,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_TO = ("to", "in", "into", "onto", "on")
_ELEMENTS = {Shape.NAME, Shape.CODE, Shape.TEXT, Shape.NUMBER}
_WORDS = ("array", "list", "tuple", "dependencies", "deps", "set", "enum", "union", "__all__")


def add_element(work: Work, clause: Clause) -> StepEdits | None:
    """Add what the clause's object names to the list that a place names; else None."""
    items = [one for one in clause.object.codes if one.shape in _ELEMENTS]
    places = [one for one in clause.phrases if one.preposition in {*_TO, "as"}]
    if not clause.object.codes and any(
        one.has("dependency", "dependencies", "deps") for one in places
    ):
        known = [one for one in clause.object.spelled if work.scene.knows(one) and one != "and"]
        items = [Fragment(one, Shape.NAME) for one in known]
        if not items:
            return None
    elif not items or len(items) != len(clause.object.codes):
        return None
    if clause.has("import", "default", "export", "parameter", "argument"):
        return None
    scene = work.scene
    for phrase in clause.phrases:
        if phrase.preposition not in {*_TO, "as"}:
            continue
        holder = _holder(scene, clause, phrase, items)
        if holder is not None:
            return _add(scene, holder, items)
    return None


def _holder(scene: Scene, clause: Clause, phrase: Phrase, items: list[Fragment]) -> SgNode | None:
    bound = list(scopes_in(scene, clause, items))
    if phrase.has("dependency", "dependencies", "deps") or clause.has("dependency"):
        hooks = [
            given[-1]
            for one in of_kinds(scene.root, scene.language.calls)
            if callee_text(one).split(".")[-1] in _HOOKS
            and len(given := arguments(one)) > 1
            and given[-1].kind() == "array"
        ]
        return pick(scene, hooks, clause, "a dependency array", bound)[0]
    gathered = [
        one
        for one in called(scene, phrase)
        if callee_text(one).split(".")[-1] in {"all", "allSettled", "race", "any", "gather", "wait"}
    ]
    if gathered:
        call = pick(scene, gathered, clause, callee_text(gathered[0]), bound)[0]
        given = arguments(call)
        if given and given[0].kind() in scene.language.lists:
            return given[0]
        if callee_text(call).endswith("gather"):
            return call.field("arguments")
        raise Abstain(f"{callee_text(call)} takes no literal list here")
    names = [code.bare for code in phrase.codes if code.shape is Shape.NAME]
    names += identifiers(phrase, scene)
    kinds = scene.language.assignments | scene.language.pairs | scene.language.fields
    lists = [
        value
        for one in of_kinds(scene.root, kinds)
        if name_of(one) in names and (value := _list_in(value_of(one), scene)) is not None
    ]
    if lists:
        return pick(scene, lists, clause, f"the list {names[0]}", bound)[0]
    declared = [
        body
        for one in of_kinds(scene.root, scene.language.types)
        if name_of(one) in names and (body := one.field("body") or one.field("value")) is not None
        and body.kind() in {"enum_body", "union_type"}
    ]  # fmt: skip
    if declared:
        return declared[0]
    if phrase.has(*_WORDS):
        quoted = [
            one for one in of_kinds(scene.root, scene.language.lists) if begins_in_quote(scene, one)
        ]
        return pick(scene, quoted, clause, "a list in the code quoted", bound)[0]
    return None


_HOOKS = {
    "useEffect", "useMemo", "useCallback", "useLayoutEffect", "useImperativeHandle", "watch",
}  # fmt: skip


def _list_in(value: SgNode | None, scene: Scene) -> SgNode | None:
    """Return the list literal that a value is: as it is, frozen, or made into a set."""
    while value is not None and value.kind() in {"as_expression", "satisfies_expression"}:
        value = value.named_children()[0]
    if value is None:
        return None
    if value.kind() in scene.language.lists:
        return value
    if value.kind() in scene.language.calls:
        given = arguments(value)
        if len(given) == 1 and given[0].kind() in scene.language.lists:
            return given[0]
    return None


def _add(scene: Scene, holder: SgNode, items: list[Fragment]) -> StepEdits:
    present = {squeezed(one.text()) for one in holder.named_children()}
    for item in items:
        if squeezed(item.text) in present:
            raise Abstain(f"`{item.text}` is already in the list")
    code = [_spelled(scene, holder, item) for item in items]
    if holder.kind() == "union_type":
        edit = insert(end(holder), "".join(f" | {one}" for one in code))
    elif scene.language.python and holder.kind() == "tuple" and len(holder.named_children()) == 1:
        edit = Edit(end(holder.named_children()[0]), end(holder), f", {', '.join(code)})")
    else:
        edit = add_item(scene, holder, ", ".join(code))
    shown = ", ".join(f"`{one.text}`" for one in items)
    head = " ".join(holder.text().split())[:40]
    return StepEdits(
        Operation.ADD,
        f"add {shown} to the list `{head}`",
        edits_in(scene, [edit]),
        adds=tuple(code),
    )


def _spelled(scene: Scene, holder: SgNode, item: Fragment) -> str:
    """Return an item as the list writes its others: a plain word in a list of strings is one."""
    inner = holder.named_children()
    strings = bool(inner) and all(one.kind() in scene.language.strings for one in inner)
    literal = bool(inner) and all(one.kind() == "literal_type" for one in inner)
    text = re.sub(r"^await\s+", "", quoted_as_here(scene, item.text))
    if (strings or literal) and item.shape is Shape.NAME:
        mark = inner[0].text()[0]
        return f"{mark}{text}{mark}"
    return text


def join_gathered(work: Work, clause: Clause) -> StepEdits | None:
    """Await a call together with others; None where the text names no ``Promise.all`` or gather."""
    together = any(
        code.bare in {"Promise.all", "Promise.allSettled", "asyncio.gather"}
        for one in clause.phrases
        if one.preposition in _TO
        for code in one.codes
    )
    return add_element(work, clause) if together else None
