"""The exceptions that a quoted handler takes: *a KeyError is all that is expected here*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start
from mendbook.model import Operation

_TYPE = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*")
_BROAD = frozenset({"", "Exception", "BaseException", "Throwable", "StandardError"})
_MORE = ("also", "too", "both", "additionally", "besides", "beside", "add", "include", "extend")
_BODY = ("log", "logs", "print", "raise", "reraise", "re-raise", "rethrow", "return", "returns",
         "send", "warn", "wrap", "pass", "ignore", "answer", "call", "count", "throw")  # fmt: skip
"""Verbs of what a handler does: the text asks for more than its type then."""


def caught_type(told: Told) -> Iterator[Made]:
    """Yield the narrower type of the one handler that is quoted, in Python or Java."""
    new = told.new()
    types = [told.codes[at] for at in new]
    handlers = [one for one in of_kinds(told.scene.root, ("except_clause", "catch_clause"))
                if begins_in_quote(told.scene, one)]  # fmt: skip
    if not types or len(handlers) != 1 or told.has(*_MORE, *_BODY):
        return
    if any(one.shape not in {Shape.NAME, Shape.CODE} or not _TYPE.fullmatch(one.text)
           for one in types):  # fmt: skip
        return
    named = {told.codes[at].text for at in told.given_up()}
    place = _type_of(told, handlers[0])
    if place is None:
        return
    old = told.scene.text[place[0] : place[1]].strip()
    if old.rpartition(".")[2] not in _BROAD and old not in named:
        return
    text = _written(told, [one.text for one in types], bare=not old)
    yield made(told, (*new, *told.given_up()), Operation.CATCH, f"catch {text.strip()} there",
               [Edit(*place, text)], adds=tuple(one.text for one in types),
               removes=(old,) if old else ())  # fmt: skip


def _type_of(told: Told, handler: SgNode) -> tuple[int, int] | None:
    """Return where the type of a handler stands; an empty span where it takes everything."""
    inner = handler.named_children()
    if handler.kind() == "except_clause":
        first = inner[0] if inner else None
        if first is None or first.kind() in {"block", "comment"}:
            at = start(handler) + len("except")
            return (at, at) if told.scene.text[at : at + 1] == ":" else None
        if first.kind() == "as_pattern":
            first = first.named_children()[0]
        return start(first), end(first)
    caught = of_kinds(handler, ("catch_type",))
    return (start(caught[0]), end(caught[0])) if len(caught) == 1 else None


def _written(told: Told, types: list[str], *, bare: bool) -> str:
    if told.scene.language.python:
        text = types[0] if len(types) == 1 else f"({', '.join(types)})"
        return f" {text}" if bare else text
    return " | ".join(types)
