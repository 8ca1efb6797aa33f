"""A member of a type that also gets an entry in a table: *add 'x' to T and label it 'X' in M*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Make, Marks

_T = rf"(?:the\s+)?(?P<t>{ITEM})(?:\s+(?:union|type|enum))?"
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


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
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
