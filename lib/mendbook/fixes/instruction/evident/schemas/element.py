"""One more element of a quoted list, set, union or of the errors that a handler catches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.evident.asks import Ask
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, outermost, squeezed
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_ALSO = ("too", "also", "well", "missing", "yet", "lacks", "misses", "among", "belongs", "list")


def element(told: Told) -> Iterator[Made]:
    """Yield the element: *503 is missing from RETRY*, *ValueError must be caught, too*."""
    new = told.new()
    if len(new) != 1 or told.codes[new[0]].shape not in {Shape.NUMBER, Shape.TEXT, Shape.NAME}:
        return
    if (not told.has(*_ALSO) and frozenset({Ask.COME}) not in told.asks) or told.given_up():
        return
    text = quoted_as_here(told.scene, told.codes[new[0]].text)
    holders = [one for one in _holders(told) if _suits(one, text)]
    if len(holders) != 1:
        return
    shown = " ".join(holders[0].text().split())[:40]
    yield made(told, new, Operation.ADD, f"add `{text}` to `{shown}`",
               [_added(told, holders[0], text)], adds=(text,))  # fmt: skip


def _holders(told: Told) -> list[SgNode]:
    """Return the quoted lists; those of which the evidence quotes an element, too."""
    language = told.scene.language
    kinds = {*language.lists, "union_type", "literal_value"}
    found = [one for one in of_kinds(told.scene.root, kinds, language)
             if touches_quote(told.scene, one)]  # fmt: skip
    return outermost(found)


def _suits(holder: SgNode, text: str) -> bool:
    """Tell whether the elements are of the kind of ``text``, and it is none of them yet."""
    inner = [one for one in holder.named_children() if "comment" not in one.kind()]
    texts = _members(holder)
    if not inner or squeezed(text) in {squeezed(one) for one in texts}:
        return False
    return all(_form(one) == _form(text) for one in texts)


def _members(holder: SgNode) -> list[str]:
    if holder.kind() == "union_type":
        return [one.strip() for one in holder.text().split("|") if one.strip()]
    return [one.text() for one in holder.named_children() if "comment" not in one.kind()]


def _form(text: str) -> str:
    if text[:1] in "'\"":
        return "text"
    if re.fullmatch(r"-?[\d_.]+", text):
        return "number"
    return "name" if re.fullmatch(r"[A-Za-z_$][\w$.]*", text) else text


def _added(told: Told, holder: SgNode, text: str) -> Edit:
    if holder.kind() == "union_type":
        return insert(end(holder), f" | {text}")
    return add_item(told.scene, holder, text)
