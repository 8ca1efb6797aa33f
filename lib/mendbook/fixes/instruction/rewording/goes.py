"""What can go, said as a fact: *line 42 can be deleted*, *a needs no default*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.rewording.marks import CODE, ITEM, OUGHT, Make, Marks

_MAY = r"(?:can|could|should|must|may|shall|has\s+to|have\s+to|needs?\s+to|ought\s+to)"
GO = (
    rf"{_MAY}\s+(?:simply\s+|just\s+|safely\s+|therefore\s+|then\s+)*"
    r"(?:be\s+(?:deleted|removed|dropped|cut|thrown\s+out|taken\s+out)|go)"
)
_ROLE = r"(?:parameter|argument|prop|option|field|variable)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?:the\s+)?(?:whole\s+(?:of\s+)?|all\s+of\s+)?(?P<at>{CODE})\s+"
         rf"(?:(?:is|are|does|do|has|have)\s+[^⟦.;]*?(?:,|\s+and|\s+so)\s+)?(?:it\s+|they\s+)?{GO}",
         _lines_go),
        (rf"(?:take|drop|remove|strip|lift|delete)\s+(?:the|its)\s+default(?:\s+value)?\s+"
         rf"(?:{CODE}\s+)?(?:off|of|from|for|on)\s+(?:the\s+)?(?:{_ROLE}\s+)?(?P<p>{ITEM})"
         rf"(?P<in>\s+(?:in|of|on)\s+(?:the\s+)?{ITEM})?", _no_default),
        (rf"(?:the\s+)?(?:{_ROLE}\s+)?(?P<p>{ITEM})\s+(?:{OUGHT}\s+(?:not\s+have\s+a|have\s+no)"
         r"|needs\s+no|does\s+not\s+need\s+a|doesn't\s+need\s+a)\s+default(?:\s+value)?"
         rf"(?P<in>\s+(?:in|of|on)\s+(?:the\s+)?{ITEM})?", _no_default),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _lines_go(match: re.Match[str], marks: Marks) -> str:
    if marks.shape(match["at"]) is not Shape.LINES:
        return ""
    return f"Remove {match['at']}"


def _no_default(match: re.Match[str], marks: Marks) -> str:
    return f"Remove the default of {match['p']}{match['in'] or ''}"


GOES = tuple(_rules())
