"""One more argument for a call: by what it is called, or by the parameter that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.called.signatures import signature
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    outermost,
    parameter_name,
    parameters,
)
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_VALUES = {Shape.NUMBER, Shape.TEXT, Shape.NAME, Shape.CODE}
NOUNS = {
    "radix": (1, {"parseInt"}), "base": (1, {"parseInt", "int"}),
    "comparator": (0, {"sort", "toSorted"}), "compare": (0, {"sort", "toSorted"}),
    "reviver": (1, {"parse"}), "replacer": (1, {"stringify"}),
    "initial": (1, {"reduce"}), "digits": (1, {"round", "toFixed"}),
    "fallback": (1, {"get", "getattr", "next", "getenv", "pop"}),
    "default": (1, {"get", "next", "getenv", "pop"}),
}  # fmt: skip
"""Nouns of arguments, how many stand before one, and the functions that take it."""


_COMPARES = re.compile(r"\(\s*\w+\s*,\s*\w+\s*\)\s*=>|function\s*\(\s*\w+\s*,\s*\w+\s*\)")
"""A function of two things, as a sort compares by."""


def argument(told: Told) -> Iterator[Made]:
    """Yield the argument that the calls meant lack: *both parseInt calls need the radix 10*."""
    new = told.new()
    values = [at for at in new if told.codes[at].shape in _VALUES]
    for at in values:
        code, others = told.codes[at].text, [one for one in new if one != at]
        calls = [one for one in told.nodes(told.scene.language.calls) if _takes(told, one, others)]
        named = [one for one in calls if told.spoken(call_name(one))]
        wanted = told.chosen(named or outermost(calls))
        if len(wanted) != told.count or (others and len(others) != 1):
            continue
        yield passed(told, new, code, wanted, f"pass `{code}` to {callee_text(wanted[0])}")


def passed(
    told: Told, uses: Sequence[int], code: str, calls: Sequence[SgNode], read_as: str
) -> Made:
    """Return one more argument, ``code``, at the end of each of ``calls``."""
    text = quoted_as_here(told.scene, code)
    lists = [held for one in calls if (held := one.field("arguments")) is not None]
    edits = [add_item(told.scene, one, text) for one in lists]
    return made(told, uses, Operation.ADD, read_as, edits, adds=(text,))


def _takes(told: Told, call: SgNode, others: list[int]) -> bool:
    """Tell whether the next argument of a call is the one that the text speaks of."""
    given, name = arguments(call), call_name(call)
    if not given and name in NOUNS["comparator"][1] and told.has("sort", "sorted") and not others:
        return any(_COMPARES.match(told.codes[at].text) for at in told.new())
    for noun, (before, takers) in NOUNS.items():
        if told.has(noun) and name in takers and len(given) == before and not others:
            return True
    function = signature(told.scene.task, told.scene, call)
    if function is None:
        return False
    listed = [parameter_name(one) for one in parameters(function)]
    listed = listed[1:] if listed[:1] in (["self"], ["cls"], ["this"]) else listed
    following = listed[len(given)] if len(given) < len(listed) else ""
    told_so = [told.codes[one].text for one in others]
    return bool(following) and told.spoken(following) and told_so in ([], [following])


def work_of(told: Told) -> Work:
    """Return the work in the scene's own file that operations ask for."""
    return Work(told.scene.task, told.scene)
