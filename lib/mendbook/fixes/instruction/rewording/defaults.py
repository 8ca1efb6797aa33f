"""What a parameter is by default: *set the default of a to b*, *a should default to b*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_ROLE = r"(?:parameter|argument|prop|option|keyword)"
_NAMED = rf"(?:the\s+)?(?:{_ROLE}\s+)?(?P<p>{ITEM})(?:\s+{_ROLE})?"
_VALUE = rf"(?P<v>{CODE}|[\w.\"'-]*[\w\"'])"
_DEFAULT = r"(?:the\s+|its\s+|an?\s+)?default(?:\s+value)?"
_IN = rf"(?:\s+(?:in|of|on)\s+(?:the\s+)?(?:function\s+|method\s+)?{ITEM})?"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form in (
        rf"(?:set|change|make)\s+{_DEFAULT}\s+(?:of|for)\s+{_NAMED}{_IN}\s+"
        rf"(?:(?:from\s+\S+\s+)?to|be)\s+{_VALUE}",
        rf"default\s+{_NAMED}{_IN}\s+to\s+{_VALUE}",
        rf"(?:let\s+)?{_NAMED}{_IN}\s+(?:{OUGHT}\s+)?default(?:s)?\s+to\s+{_VALUE}",
        rf"{_DEFAULT}\s+(?:of|for)\s+{_NAMED}{_IN}\s+{OUGHT}\s+be\s+{_VALUE}",
        rf"use\s+{_VALUE}\s+as\s+{_DEFAULT}\s+(?:of|for)\s+{_NAMED}{_IN}",
        rf"give\s+{_NAMED}\s+{_DEFAULT}\s+(?:of\s+)?{_VALUE}{_IN}",
    ):
        yield re.compile(form, re.IGNORECASE | re.DOTALL), _written


def _written(match: re.Match[str], marks: Marks) -> str:
    """Return the parameter as it is to be written; nothing unless it is one name."""
    name, value = marks.text(match["p"]), marks.text(match["v"])
    plain = re.fullmatch(r"[A-Za-z_$][\w$]*", name) is not None
    if not plain or "`" in value or marks.shape(match["v"]) is Shape.LINES:
        return ""
    return f"`{name} = {value}`"


DEFAULTS = tuple(_rules())
