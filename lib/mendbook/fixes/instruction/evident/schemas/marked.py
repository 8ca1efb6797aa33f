"""A decorator, or an argument of one, that a quoted class or function lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    declarations,
    end,
    name_of,
    of_kinds,
    value_of,
)
from mendbook.fixes.instruction.writing.editing import add_item, replaced
from mendbook.model import Operation

_FLAGS = ("frozen", "slots", "kw_only", "order", "eq", "unsafe_hash", "weakref_slot")


def marked(told: Told) -> Iterator[Made]:
    """Yield the decorator that is missing: *price misses its @lru_cache*."""
    new = told.new()
    if len(new) != 1 or told.codes[new[0]].shape is not Shape.DECORATOR:
        return
    if told.scene.language.script and any(
        touches_quote(told.scene, one)
        for one in of_kinds(told.scene.root, ("public_field_definition",))
    ):
        return
    names = {one.rpartition(".")[2] for one in told.scene.task.finding.symbols}
    spoken = [name for name in names if len(declarations(
        told.scene.root, name, told.scene.language)) == 1]  # fmt: skip
    if len(spoken) == 1:
        yield Made(frozenset(new), order=f"Add `{told.codes[new[0]].text}` to `{spoken[0]}`")


def mark_argument(told: Told) -> Iterator[Made]:
    """Yield the argument of a quoted decorator: *Sack should be frozen*, *times=5 for send*."""
    if not told.scene.language.python:
        return
    new = told.new()
    pairs = [told.codes[at].text for at in new if told.codes[at].shape is Shape.PAIR]
    found = [
        one for one in of_kinds(told.scene.root, ("decorator",)) if touches_quote(told.scene, one)
    ]
    if not new or told.codes[new[0]].text in _FLAGS:
        pairs = [f"{one}=True" for one in _FLAGS if _is_wanted(told, one)]
        found = [one for one in found if re.match(r"@(?:\w+\.)?dataclass\b", one.text())]
    if len(pairs) != 1 or len(new) > 1 or len(found) != 1:
        return
    key, _, value = pairs[0].partition("=")
    yield from _given(told, found[0], key.strip(), value.strip())


def _is_wanted(told: Told, flag: str) -> bool:
    """Tell whether a class is told to be so: *should be frozen*, *make Sack frozen*."""
    if any(told.codes[at].text == flag for at in told.new()):
        return True
    form = rf"\b(?:be|make\b(?:(?!\band\b)[^.;,])*?)\s+(?:an?\s+)?{flag}\b(?!\s+and\b)"
    return re.search(form, told.words, re.IGNORECASE) is not None


def _given(told: Told, decorator: SgNode, key: str, value: str) -> Iterator[Made]:
    calls = of_kinds(decorator, told.scene.language.calls)
    text, uses = f"{key}={value}", told.new()
    if not calls:
        edit = insert(end(decorator), f"({text})")
    else:
        held = calls[0].field("arguments")
        same_key = [one for one in arguments(calls[0]) if name_of(one) == key]
        now = value_of(same_key[0]) if same_key else None
        if held is None or (now is not None and (now.text() == value or not uses)):
            return
        edit = replaced(now, value) if now is not None else add_item(told.scene, held, text)
    shown = decorator.text().split("(")[0]
    yield made(told, uses, Operation.SET, f"give {shown} `{text}`", [edit], adds=(value,))
