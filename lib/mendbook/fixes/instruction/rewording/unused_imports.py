"""Imports that are told to be for nothing: *neither a nor b is used here: delete both imports*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.rewording.marks import ITEM, Make, Marks

_SEVERAL = rf"(?P<names>{ITEM}(?:,\s+{ITEM})*(?:,?\s+(?:and|nor|or)\s+{ITEM})?)"
_HERE = r"(?:\s+(?:here|there|anywhere|any\s+more|in\s+(?:this|the)\s+(?:file|module)))*"
_IDLE = (
    rf"(?:is|are)\s+(?:(?:(?:imported|brought\s+in)\s+(?:but|and|yet)\s+)?(?:never|not|nowhere"
    rf"|no\s+longer)\s+(?:used|needed|read)|unused|used){_HERE}"
)
_IMPORTS = r"(?:imports?|imported\s+(?:names?|bindings?)|import\s+specifiers?|names?|bindings?)"
_TAKE = r"(?:delete|drop|remove|strip|take\s+out|clean\s+up|get\s+rid\s+of)"
_TAIL = r"(?:\s+(?:then|here|too|from\s+(?:the|this)\s+(?:file|module)))*"
_FORMS = (
    rf"(?:neither\s+)?{_SEVERAL}\s+{_IDLE}\s*(?:[:;,.–—-]|\band\b)\s*(?:so\s+|please\s+)*{_TAKE}\s+"
    rf"(?:both|them|it|these|those|the|all)(?:\s+(?:of\s+them|unused\s+imports?|imports?))?{_TAIL}",
    rf"{_SEVERAL}\s+(?:is|are)\s+imported\s+(?:for\s+nothing|without\s+(?:any\s+)?use"
    rf"|(?:but|and)\s+(?:never|not|nowhere)\s+(?:used|needed|read)){_HERE}",
    rf"(?:[^:;⟦]+[:;]\s+)?{_SEVERAL}\s+(?:need\s+not|needn't|does\s+not\s+need\s+to"
    rf"|do\s+not\s+need\s+to)\s+be\s+imported{_HERE}",
    rf"{_TAKE}\s+(?:the\s+)?(?:unused\s+|needless\s+|idle\s+)?imports?\s+(?:of|for)\s+{_SEVERAL}"
    rf"{_TAIL}",
    rf"{_TAKE}\s+(?:the\s+)?(?:(?:two|three|four|both)\s+)?(?:unused|needless|idle|dead)\s+{_IMPORTS}"
    rf"[:,]?\s+{_SEVERAL}(?:\s+from\s+the\s+imports?(?:\s+(?:list|statement|line)s?)?)?{_TAIL}",
    rf"{_TAKE}\s+(?:both\s+)?{_SEVERAL}\s+from\s+the\s+imports?(?:\s+(?:list|statement|line)s?)?{_TAIL}",
)


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form in _FORMS:
        yield re.compile(form, re.IGNORECASE), _unimported


def _unimported(match: re.Match[str], marks: Marks) -> str:
    names = re.split(r",\s+(?:and|nor|or)\s+|,\s+|\s+(?:and|nor|or)\s+", match["names"])
    return ". ".join(f"Remove the unused import `{marks.text(one)}`" for one in names)


UNUSED_IMPORTS = tuple(_rules())
