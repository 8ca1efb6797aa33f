"""A setting that a text describes: *an integer of at least 1 that defaults to 20*."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"(?<![\w.])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?![\w.(])")
_VALUE = r"(?P<{}>-?\d[\d_]*(?:\.\d+)?|true|false|'[^']*'|\"[^\"]*\")"
_DEFAULTS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bdefault(?:s|ing|ed)?(?:\s+(?:value|of|to|is|as|it|be|should|must|has\s+to|needs\s+to)|\s*[:=])*"
        rf"\s+(?:from\s+{_VALUE.format('old')}\s+)?(?:to\s+)?{_VALUE.format('new')}",
        rf"{_VALUE.format('new')}\s+(?:by\s+default|unless\s+(?:it\s+is\s+)?(?:set|given)"
        r"|as\s+(?:its|the|an?)\s+default|if\s+(?:it\s+is\s+)?unset|when\s+(?:it\s+is\s+)?unset)",
    )
)
_MADE = re.compile(
    rf"\bmake\s+(?:it|that|this)\s+{_VALUE.format('new')}|\b(?:raise|lower|increase|decrease|reduce"
    rf"|change|set|bring|cut|extend|default)\s+(?:the\s+)?(?:default\s+(?:of|for)\s+)?[A-Z][A-Z\d_]+"
    rf"(?:\s+default)?\s+(?:from\s+{_VALUE.format('old')}\s+)?to\s+{_VALUE.format('new2')}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\b(?:between\s+|from\s+|in\s+the\s+range\s+(?:of\s+)?)?(?P<least>\d+)\s*(?:to|and|[-–…]|\.\.)\s*"
    r"(?P<most>\d+)\b"
)
_LEAST = re.compile(
    r"\b(?:at\s+least|min(?:imum)?(?:\s+of)?|no\s+less\s+than|>=)\s*(?P<n>\d+)", re.I
)
_MOST = re.compile(
    r"\b(?:at\s+most|max(?:imum)?(?:\s+of)?|no\s+more\s+than|up\s+to|<=)\s*(?P<n>\d+)", re.I
)
_WHOLE = re.compile(r"\b(?:integer|whole\s+number|int)\b", re.IGNORECASE)
_POSITIVE = re.compile(r"\bpositive\b", re.IGNORECASE)
_NUMBER = re.compile(r"\bnumber\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"(?<![\w/])\.env\.(?:example|sample|template|dist)\b|\b(?:example|sample)\s+env(?:ironment)?(?:\s+file)?\b"
    r"|\benv(?:ironment)?\s+(?:example|sample)\b",
    re.IGNORECASE,
)
_LIKE = re.compile(r"\b(?:like|as)\s+(?P<key>[A-Z][A-Z\d]*(?:_[A-Z\d]+)+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the environment with what a text says of it; empty where it does not."""

    key: str
    default: str
    old: str = ""
    """The default that it is told to have now."""
    whole: bool = False
    positive: bool = False
    number: bool = False
    least: str = ""
    most: str = ""
    like: str = ""
    """Another key, which shows how it is written."""
    in_example: bool = False
    """Whether the example file of the environment is to say it, too."""

    @property
    def bounded(self) -> bool:
        """Whether the text says what values there may be."""
        return bool(self.whole or self.positive or self.number or self.least or self.most)


def setting_told(text: str) -> Setting | None:
    """Return the one setting whose default a text gives; None where it gives none, or several."""
    like = _LIKE.search(text)
    keys = dict.fromkeys(_KEY.findall(text))
    if like is not None:
        keys.pop(like["key"], None)
    found = [match for form in _DEFAULTS for match in form.finditer(text)]
    made = _MADE.search(text)
    if len(keys) != 1 or not (found or made):
        return None
    new, old = _values(found, made)
    if len(new) != 1:
        return None
    key, default = next(iter(keys)), new[0]
    rest = text
    for match in found:
        rest = rest.replace(match[0], " ")
    span = _RANGE.search(rest)
    least, most = _LEAST.search(rest), _MOST.search(rest)
    return Setting(
        key,
        default,
        old=old,
        whole=_WHOLE.search(rest) is not None,
        positive=_POSITIVE.search(rest) is not None,
        number=_NUMBER.search(rest) is not None,
        least=span["least"] if span is not None else least["n"] if least is not None else "",
        most=span["most"] if span is not None else most["n"] if most is not None else "",
        like=like["key"] if like is not None else "",
        in_example=_EXAMPLE.search(text) is not None,
    )


def _values(found: list[re.Match[str]], made: re.Match[str] | None) -> tuple[list[str], str]:
    """Return the new defaults, each once, and the old one.

    *It defaults to 24: make it 36* tells the old one first.
    """
    new = [one["new"] for one in found]
    old = next((one["old"] for one in found if one.groupdict().get("old")), "")
    if made is not None:
        told = made["new"] or made["new2"]
        if made["new"] and new:
            old, new = new[0], [told]
        elif told not in new:
            new.append(told)
        old = made["old"] or old
    return list(dict.fromkeys(new)), old
