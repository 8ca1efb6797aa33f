"""One more argument for every quoted call that lacks it: *radix 10 for row and count*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.schemas.argument import NOUNS, passed
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import around
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    inside,
    name_of,
    of_kinds,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here

_EVERY = re.compile(
    r"\b(?:every|each|all|both|wherever|everywhere)\b"
    r"|\b(?:that|which|where(?:ver)?)\s+(?:it\s+|still\s+)?(?:is|are|has|have|lacks?)\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"\b(?:script|file|module|everywhere|throughout)\b", re.IGNORECASE)


def each_argument(told: Told) -> Iterator[Made]:
    """Yield the argument for all calls that are counted, named by their keys, or *every* one."""
    values = [at for at in told.new() if told.codes[at].shape in {Shape.NUMBER, Shape.TEXT}]
    if len(values) != 1 or values != told.new():
        return
    for noun, (before, takers) in NOUNS.items():
        calls = [one for one in told.nodes(told.scene.language.calls) if call_name(one) in takers]
        if not told.has(noun) and not (
            noun == "radix"
            and told.codes[values[0]].text == "10"
            and any(told.spoken(call_name(one)) for one in calls)
        ):
            continue
        lacking = _meant(
            told, [one for one in calls if len(arguments(one)) == before], takers, before
        )
        if not lacking or (told.count > 1 and len(lacking) != told.count):
            continue
        text = quoted_as_here(told.scene, told.codes[values[0]].text)
        yield passed(told, values, text, lacking, f"pass `{text}` as the {noun}")
        return


def _meant(told: Told, quoted: Sequence[SgNode], takers: set[str], before: int) -> list[SgNode]:
    """Return the calls that are meant of those that lack the argument; none without a word."""
    keyed = [one for one in quoted if (key := _key(one)) and told.spoken(key)]
    spoken = {_key(one) for one in keyed}
    if keyed and len(keyed) == len(spoken):
        return keyed
    every = _EVERY.search(told.words) is not None
    if not every and told.count == 1 and len(quoted) != 1:
        return []
    homes = [told.scene.root] if _FILE.search(told.words) else around(told.scene)
    if every and homes:
        found = [
            one
            for home in homes
            for one in of_kinds(home, told.scene.language.calls)
            if call_name(one) in takers and len(arguments(one)) == before
        ]
        return (
            found
            if any(inside(one, each) or inside(each, one) for one in found for each in quoted)
            else []
        )
    return list(quoted)


def _key(call: SgNode) -> str:
    """Return the key or variable that gets what a call makes."""
    holder = call.parent()
    return name_of(holder) if holder is not None else ""
