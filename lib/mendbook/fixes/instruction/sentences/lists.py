"""Lists and counts of places in their plainest words: *a and b*, *every x in the file*."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment

_ITEM = r"(?:⟦\d+⟧|[\w$.]+(?:\(\))?)"
_AS_WELL = re.compile(
    r",?\s+as\s+well\s+as\s+(?!(?:the|its|their|all|any|an?)\b)(?=\S)", re.IGNORECASE
)
_LITERAL = r"(?:the\s+)?(?:(?:raw|bare|same|plain)\s+)?(?:(?:literal|string|number|value)\s+)?"
_OCCURS = r"(?:occurs|appears|stands|is\s+(?:used|found|repeated|written(?:\s+out)?)|shows\s+up)"
_HERE = (
    r"(?:\s+(?:in|within|throughout|across)\s+(?:the|this)\s+(?:whole\s+|same\s+)?(?:file|module))"
)
_WHEREVER = re.compile(
    rf"\b(?P<verb>use|write|reference|take)\s+(?P<new>{_ITEM})\s+(?:wherever|everywhere)\s+"
    rf"{_LITERAL}(?P<old>⟦\d+⟧)\s+(?:{_OCCURS}){_HERE}?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    rf"\b(?P<verb>use|write|reference|take)\s+(?P<new>{_ITEM})\s+(?:instead\s+of|in\s+place\s+of|for|"
    rf"rather\s+than)\s+{_LITERAL}(?P<old>⟦\d+⟧)\s*,?\s+(?:wherever\s+it\s+{_OCCURS}|everywhere|at\s+"
    rf"(?:every|each)\s+(?:place|occurrence)|in\s+(?:every|each|all)\s+places?){_HERE}?",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?P<verb>replace|exchange|swap|change)\s+(?:every|each|all)\s+(?:(?:single\s+)?(?:occurrences?"
    rf"|uses?|copy|copies|instances?)\s+of\s+)?{_LITERAL}(?P<old>⟦\d+⟧)"
    rf"(?:\s+literals?)?{_HERE}?\s+(?:with|by|for|to)\s+(?P<new>{_ITEM}){_HERE}?",
    re.IGNORECASE,
)
_TO_BE = re.compile(
    rf"(?P<new>{_ITEM})\s+(?:should|must|has\s+to|needs\s+to|ought\s+to)\s+(?:be\s+used|stand)\s+(?:for"
    rf"|instead\s+of|in\s+place\s+of|at)\s+(?:every|each|all)\s+(?:(?:occurrences?|uses?|copy|copies"
    rf"|instances?)\s+of\s+)?{_LITERAL}(?P<old>⟦\d+⟧){_HERE}?",
    re.IGNORECASE,
)
_BOTH_OF = re.compile(rf"\bin\s+both\s+(?P<a>{_ITEM})\s+and\s+(?P<b>{_ITEM})", re.IGNORECASE)
_FORMS = (_WHEREVER, _INSTEAD, _EVERY, _TO_BE)


def plain_lists(text: str) -> str:
    """Return a text with *as well as* as *and*, and what is told of every place of a file so."""
    masked, codes = scan(text)
    plain = _AS_WELL.sub(" and ", masked)
    plain = _BOTH_OF.sub(r"in \g<a> and \g<b>", plain)
    for form in _FORMS:
        plain = form.sub(_every_one, plain)
    if plain == masked:
        return text
    return re.sub(r"⟦(\d+)⟧", lambda one: _written(codes[int(one[1])], text), plain)


def _every_one(match: re.Match[str]) -> str:
    new = match["new"] if match["new"].startswith("⟦") else f"`{match['new']}`"
    return f"Replace every {match['old']} in the file with {new}"


def _written(code: Fragment, text: str) -> str:
    """Return a piece of code in backticks, where it can stand in them."""
    if f"`{code.text}`" in text or "`" not in code.text:
        return f"`{code.text}`"
    return code.text
