"""A leading underscore that is told in words: *prefix `x` with an underscore*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.rewording.marks import CODE, OUGHT, Make, Marks

_UNDERSCORE = (
    r"(?:(?:an?|one|the|its)\s+)?(?:(?:leading|single|private)\s+)?underscore(?:\s+prefix)?"
)
_KIND = r"(?:helper|function|method|class|type|constant|variable|attribute|field)"
_WHAT = rf"(?:the\s+)?(?:{_KIND}\s+)?(?P<a>{CODE})"


def _rules() -> Iterator[re.Pattern[str]]:
    for form in (
        rf"(?:prefix|start|begin|rename)\s+{_WHAT}\s+(?:with|by|to\s+have|to\s+start\s+with)\s+"
        rf"{_UNDERSCORE}",
        rf"give\s+{_WHAT}\s+{_UNDERSCORE}",
        rf"(?:add|put|prepend)\s+{_UNDERSCORE}\s+(?:to|before|in\s+front\s+of|on)\s+(?:the\s+name\s+of"
        rf"\s+)?{_WHAT}",
        rf"{_WHAT}\s+(?:{OUGHT}\s+(?:have|get|carry|take|start\s+with|begin\s+with|be\s+prefixed\s+"
        rf"with)|needs|wants|deserves)\s+{_UNDERSCORE}",
    ):
        yield re.compile(form, re.IGNORECASE | re.DOTALL)


def _prefixed(match: re.Match[str], marks: Marks) -> str:
    """Return the rename of a name that has no underscore yet; nothing for other code."""
    name = marks.text(match["a"]).removesuffix("()")
    head, dot, last = name.rpartition(".")
    if not re.fullmatch(r"[A-Za-z][\w$]*", last):
        return ""
    return f"Rename `{head}{dot}{last}` to `_{last}`"


PRIVATE_NAMES: tuple[tuple[re.Pattern[str], Make], ...] = tuple(
    (form, _prefixed) for form in _rules()
)
