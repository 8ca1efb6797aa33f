"""A call that goes around a value it is given with: *limit the body with cap(res.body, 9)*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.rewording.marks import CODE, Make, Marks
from mendbook.text.brackets import parted

_BOUNDS = (
    r"(?:limit|cap|bound|clamp|wrap|escape|saniti[sz]e|encode|quote|trim|round|throttle|debounce)"
)
_OF_NAMED = r"(?:clone|copy|clean|normali[sz]e|freeze|decode|format|lower|upper|strip)"
_WITH = r"(?:with|by|using|through|via|in)"
_LEAD = re.compile(
    rf"\W*(?:{_BOUNDS}\b.*\b{_WITH}|[a-z]+\s+(?:it\s+|them\s+)?from"
    rf"|{_OF_NAMED}\s+(?:the\s+|its\s+)?(?P<what>\w+)\s+{_WITH})\s+`?$",
    re.IGNORECASE | re.DOTALL,
)
"""Words in front of a call by which it goes around a value: of some, only where they name that."""
_FORMS = (
    rf"(?P<lead>{_BOUNDS}\s+(?:the\s+|its\s+)?[\w.]+(?:\s+[\w.]+)?\s+{_WITH}\s+)(?P<new>{CODE})",
    rf"(?P<lead>[a-z]+\s+(?:it\s+|them\s+)?from\s+)(?P<new>{CODE})",
    rf"(?P<lead>{_OF_NAMED}\s+(?:the\s+|its\s+)?\w+\s+{_WITH}\s+)(?P<new>{CODE})",
)


def goes_around(text: str, new: str) -> bool:
    """Tell whether the words in front of the call ``new`` put it around what it is given."""
    lead = _LEAD.match(text.partition(new)[0])
    given = _given(new)
    return lead is not None and bool(given) and _is_named(lead["what"], given)


def _given(code: str) -> str:
    """Return what a call is given first; nothing for other code, or a plain name."""
    call = re.fullmatch(r"(?:[\w$]+\.)*[\w$]+\((?P<given>.*)\)", code, re.DOTALL)
    first = parted(call["given"], ",")[0].strip() if call is not None else ""
    return first if re.search(r"[.(\[]", first) and not re.fullmatch(r"[\d._]+", first) else ""


def _is_named(what: str | None, given: str) -> bool:
    return what is None or what.lower() in {one.lower() for one in re.findall(r"\w+", given)}


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form in _FORMS:
        yield re.compile(form, re.IGNORECASE), _wrapped


def _wrapped(match: re.Match[str], marks: Marks) -> str:
    new = marks.text(match["new"])
    if not goes_around(f"{match['lead']}{new}", new):
        return ""
    return f"Wrap `{_given(new)}` in {match['new']}"


AROUND = tuple(_rules())
