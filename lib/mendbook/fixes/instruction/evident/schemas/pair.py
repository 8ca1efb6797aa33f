"""A key with its value for an object, a call, a dictionary or a struct that lacks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.schemas.argument import work_of
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.pairs.add_pair import pairs_added
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    inside,
    name_of,
    of_kinds,
    outermost,
    parameter_name,
    parameters,
    same,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import add_item
from mendbook.model import Operation

_HELD = (
    "object",
    "line",
    "log",
    "logs",
    "logged",
    "logging",
    "payload",
    "context",
    "fields",
    "entry",
)
"""Nouns of what a variable goes into by its bare name."""
_OBJECT = re.compile(
    r"\b(?:include|add|log|put|pass|give|have|carry|mention|lacks?|needs?|contain)\s+"
    r"(?:the\s+)?(?P<after>[A-Za-z_$][\w$]*)\b"
    r"|\b(?P<before>[A-Za-z_$][\w$]*)\s+(?:is\s+missing|should\s+be\s+(?:in|logged|included)|belongs)",
    re.IGNORECASE,
)


def pair(told: Told) -> Iterator[Made]:
    """Yield the pair in what lacks it: *openDoor should tell the bus `deadlineMs: 5`, too*."""
    new = told.new()
    if len(new) != 1 or told.codes[new[0]].shape is not Shape.PAIR:
        return
    code = told.codes[new[0]]
    keyword = told.scene.language.python and code.text.removeprefix(code.key).lstrip()[:1] == "="
    holders = _calls(told) if keyword else _objects(told)
    if len(holders) != 1 or _is_settled(told, holders[0], code.key):
        return
    try:
        step = pairs_added(work_of(told), told.scene, holders[0], [code])
    except Abstain:
        return
    yield Made(frozenset(new), step)


def shorthand(told: Told) -> Iterator[Made]:
    """Yield a variable in the object that lacks it: *the 'lost' line must log err, too*."""
    if not (told.scene.language.script and told.has(*_HELD)) or [
        at for at in told.new() if not _is_local(told, told.codes[at].text)
    ]:
        return
    names = {told.codes[at].text for at in told.new()}
    names |= {one["after"] or one["before"] for one in _OBJECT.finditer(told.words)}
    names = {one for one in names if _is_local(told, one)}
    objects = [one for one in _objects(told) if not any(_has(one, name) for name in names)]
    if len(names) != 1 or len(objects) != 1:
        return
    name = names.pop()
    edit = add_item(told.scene, objects[0], name)
    yield made(told, told.new(), Operation.ADD, f"add `{name}` to the object", [edit], adds=(name,))


def _calls(told: Told) -> list[SgNode]:
    """Return the quoted calls that the text means: by name, else the outermost."""
    calls = told.nodes(told.scene.language.calls)
    named = [one for one in calls if told.spoken(call_name(one))]
    return told.chosen(named or outermost(calls))


def _objects(told: Told) -> list[SgNode]:
    """Return the quoted objects that the text means: by their key, else the outermost."""
    kinds = told.scene.language.objects
    found = told.nodes(kinds) or [
        holder
        for one in told.nodes(told.scene.language.pairs)
        if (holder := _held_by(one, kinds)) is not None
    ]
    unique: list[SgNode] = []
    for one in found:
        if not any(same(one, other) for other in unique):
            unique.append(one)
    named = [one for one in unique if (key := _key_of(one)) and told.spoken(key)]
    beside = [one for one in unique if any(
        told.spoken(name_of(each)) for each in one.named_children() if name_of(each))]  # fmt: skip
    whole = unique if len(unique) == 1 or not told.scene.language.script else []
    return told.chosen(named or (beside if len(beside) == 1 else whole))


def _held_by(node: SgNode, kinds: frozenset[str]) -> SgNode | None:
    return next((one for one in node.ancestors() if one.kind() in kinds), None)


def _key_of(node: SgNode) -> str:
    holder = node.parent()
    return name_of(holder) if holder is not None and holder.kind() == "pair" else ""


def _has(node: SgNode, key: str) -> bool:
    inner = node.field("body") or node
    return any(key in {name_of(one), one.text()} for one in inner.named_children())


def _is_settled(told: Told, holder: SgNode, key: str) -> bool:
    """Tell whether what gets the pair has one of that key, in itself or in what it is given."""
    kinds = told.scene.language.pairs
    return any(name_of(one) == key for one in of_kinds(holder, kinds, told.scene.language))


def _is_local(told: Told, name: str) -> bool:
    """Tell whether ``name`` is a variable of the function around the quoted code."""
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", name or ""):
        return False
    language = told.scene.language
    for home in around(told.scene):
        bound = [parameter_name(one) for one in parameters(home)]
        bound += [name_of(one) for one in of_kinds(home, language.assignments, language)]
        bound += [text_of(one.field("parameter")) for one in of_kinds(home, ("catch_clause",))
                  if any(inside(each, one) for each in told.nodes(language.calls))]  # fmt: skip
        if name in bound:
            return True
    return False
