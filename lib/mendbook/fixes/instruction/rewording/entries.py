"""A member of a type that also gets its value: in a table, or in what a function returns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Make, Marks

_T = rf"(?:the\s+)?(?P<t>{ITEM})(?:\s+(?:union|type|enum|interface))?"
_M = rf"(?:the\s+)?(?P<m>{ITEM})(?:\s+(?:map|table|record|object|dictionary))?"
_ADDED = (
    rf"(?:(?:extend|widen|complete|enlarge|supplement)\s+{_T}\s+(?:by|with)\s+(?P<x>{CODE})",
    rf"(?:(?:add|include|put|list|append)\s+(?P<x>{CODE})\s+(?:to|in|into|among)\s+{_T}",
    rf"(?:{_T}\s+(?:lacks|misses|is\s+missing|needs)\s+(?P<x>{CODE})[;:,.]\s*(?:so\s+|please\s+)*add\s+it",
)
_ENTRY = (
    rf"(?:label|name|title|describe|call|map)\s+it\s+(?:as\s+|to\s+|by\s+)?(?P<v>{CODE})\s+(?:in|by)\s+{_M}",
    rf"(?:give\s+it\s+)?(?:with\s+)?(?:the|an?|its)\s+(?:label|title|name|text|entry|value)\s+(?:of\s+)?"
    rf"(?P<v>{CODE})\s+(?:in|to)\s+{_M}",
    rf"(?:an?|the|its)\s+{_M}\s+(?:entry|label|line)\s+(?:of\s+)?(?P<v>{CODE})(?:\s+for\s+it)?",
    rf"(?:in|to)\s+{_M},?\s+(?:label\s+it|add|the\s+label|with)\s+(?P<v>{CODE})",
)
_PAIR = rf"(?:add\s+)?(?P<v>{CODE})\s+(?:to|in)\s+{_M}"


_F = rf"(?P<f>{ITEM})"
_FIELD = (
    rf"(?:extend|widen|complete|enlarge|supplement)\s+{_T}\s+(?:by|with)\s+(?:an?\s+)?(?P<k>{CODE})",
    rf"(?:add|include|put)\s+(?:an?\s+|the\s+)?(?:field\s+)?(?P<k>{CODE})\s+(?:to|in|into)\s+{_T}",
    rf"give\s+{_T}\s+(?:an?\s+|the\s+)?(?:field\s+)?(?P<k>{CODE})",
    rf"{_T}\s+(?:needs|lacks|wants)\s+(?:an?\s+)?(?:field\s+)?(?P<k>{CODE})",
)
_SETS = r"(?:fills?|sets?|populates?|computes?)"
_AS = r"(?:\s+(?:with|to|from|as|by)\s+|\s*\()"
_FILLED = (
    rf"{_SETS}\s+it\s+in\s+{_F}{_AS}(?P<v>{CODE})\)?",
    rf"{_SETS}\s+it{_AS}(?P<v>{CODE})\)?\s+in\s+{_F}",
    rf"(?:have|let|make)\s+{_F}\s+{_SETS}\s+it{_AS}(?P<v>{CODE})\)?",
    rf"(?P<v>{CODE})\s+to\s+(?:what|the\s+object\s+that)\s+{_F}\s+returns",
    rf"return\s+(?:it\s+(?:as\s+)?)?(?P<v>{CODE})\s+from\s+{_F}",
)


def _fields() -> Iterator[tuple[re.Pattern[str], Make]]:
    for field in _FIELD:
        for filled in _FILLED:
            yield re.compile(rf"{field},?\s+and\s+(?:then\s+)?{filled}", re.IGNORECASE), _returned


def _returned(match: re.Match[str], marks: Marks) -> str:
    """Return both orders: the field of the type, and its pair in what the function returns."""
    field, value = marks.fragment(match["k"]), marks.fragment(match["v"])
    if field is None or value is None or field.shape is not Shape.PAIR or not field.key:
        return ""
    pair = match["v"] if value.shape is Shape.PAIR else f"`{field.key}: {value.text}`"
    return (
        f"Add {match['k']} to {_ticked(match['t'], marks)}. "
        f"Add {pair} to the object that {_ticked(match['f'], marks)} returns"
    )


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    yield from _fields()
    for added in _ADDED:
        for entry in _ENTRY:
            form = rf"{added},?\s+(?:and|with|plus)?\s*{entry})"
            yield re.compile(form, re.IGNORECASE), _with_entry
        yield re.compile(rf"{added},?\s+(?:and|plus)\s+{_PAIR})", re.IGNORECASE), _with_pair


def _with_entry(match: re.Match[str], marks: Marks) -> str:
    """Return both orders, the key of the entry being the member that is added."""
    member, value = marks.text(match["x"]), marks.text(match["v"])
    name = member.strip("'\"")
    if marks.shape(match["x"]) is not Shape.TEXT or marks.shape(match["v"]) is not Shape.TEXT:
        return ""
    key = name if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else member
    return f"{_add(match, marks)}. Add `{key}: {value}` to {_ticked(match['m'], marks)}"


def _with_pair(match: re.Match[str], marks: Marks) -> str:
    """Return both orders, where the entry is written out."""
    if marks.shape(match["v"]) is not Shape.PAIR:
        return ""
    return f"{_add(match, marks)}. Add {match['v']} to {_ticked(match['m'], marks)}"


def _add(match: re.Match[str], marks: Marks) -> str:
    return f"Add {match['x']} to {_ticked(match['t'], marks)}"


def _ticked(name: str, marks: Marks) -> str:
    return f"`{marks.text(name)}`"


ENTRIES = tuple(_rules())
