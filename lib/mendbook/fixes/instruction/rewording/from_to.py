"""Changes told by both ends, *from A to B*, and two things told by one verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, Make, Marks

_REACH = r"(?:private|protected|public)"
_CHANGE = r"(?:change|switch|turn|convert|move|retype)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"{_CHANGE}\s+(?:the\s+)?(?:visibility\s+of\s+)?(?P<a>{ITEM})\s+from\s+{_REACH}\s+to\s+"
         rf"(?P<b>{_REACH})", lambda match, _: f"Make {match['a']} {match['b']}"),
        (rf"(?P<v>[A-Za-z]+)\s+(?:the\s+)?(?P<a>{ITEM})\s+(?P<p>with|by|to|as)\s+(?P<x>{CODE}),?\s+"
         rf"and\s+(?:the\s+)?(?P<b>{ITEM})\s+(?P<q>with|by|to|as)\s+(?P<y>{CODE})", _both),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _both(match: re.Match[str], marks: Marks) -> str:
    """*Bound a with .max(1) and b with .max(2)*: one step for each."""
    if match["p"].lower() != match["q"].lower() or marks.shape(match["y"]) is Shape.PATH:
        return ""
    verb, how = match["v"], match["p"]
    return f"{verb} {match['a']} {how} {match['x']}. {verb} {match['b']} {how} {match['y']}"


FROM_TO = tuple(_rules())
