"""Read hours out of what an auditor wrote as ``complexity``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mendbook.policy import EffortPriors

_NUMBER = r"(?:\d{1,5}(?:[.,]\d{1,4})?|½|¼|¾|half an?|an?\b)"
_UNIT = r"(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)"
_DASH = r"\s*(?:-|–|—|to|\.\.+)\s*"
_AMOUNT = re.compile(
    rf"(?i)(?<![\w.])(?P<bound><=?|>=?|up to|under|less than|at least|over|more than)?\s*~?\s*"
    rf"(?P<first>{_NUMBER})\s*(?P<early>{_UNIT})?(?:{_DASH}(?P<last>{_NUMBER}))?"
    rf"(?P<plus>\+)?\s*-?(?P<unit>{_UNIT})(?![\w])"
)
_WORDS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_UPPER = {"<", "<=", "up to", "under", "less than"}
_LOWER = {">", ">=", "at least", "over", "more than"}


class Bound(Enum):
    """What a number says that is no estimate of its own."""

    AT_MOST = auto()
    AT_LEAST = auto()


@dataclass(frozen=True, slots=True)
class Stated:
    """Hours that were stated: a range, or one number when ``low`` and ``high`` are equal."""

    low: float
    high: float
    bound: Bound | None = None
    """Where the number is only that."""


def stated_hours(complexity: str, priors: EffortPriors) -> Stated | None:
    """Return the hours that ``complexity`` states, or None when it states none.

    Several amounts (``1h 30m``) add up; a day is ``priors.hours_per_day`` hours, a week five days.
    """
    found = [_amount(match, priors) for match in _AMOUNT.finditer(complexity)]
    if not found:
        return None
    low, high = sum(each.low for each in found), sum(each.high for each in found)
    if high <= 0:
        return None
    bound = next((each.bound for each in found if each.bound), None)
    return Stated(min(low, high), max(low, high), bound)


def stated_words(complexity: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``words`` that ``complexity`` uses, the longest at each place."""
    if not words:
        return ()
    longest_first = sorted(words, key=len, reverse=True)
    pattern = r"(?i)(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
    return tuple(match.group().lower() for match in re.finditer(pattern, complexity))


def _amount(match: re.Match[str], priors: EffortPriors) -> Stated:
    unit = match["unit"]
    high = _number(match["last"] or match["first"]) * _hours(unit, priors)
    early = match["early"] if match["last"] else None
    low = _number(match["first"]) * _hours(early or unit, priors)
    bound = (match["bound"] or "").lower()
    if bound in _UPPER:
        return Stated(low, high, Bound.AT_MOST)
    if bound in _LOWER or match["plus"]:
        return Stated(low, high, Bound.AT_LEAST)
    return Stated(low, high)


def _number(written: str) -> float:
    return _WORDS.get(written.lower()) or float(written.replace(",", "."))


def _hours(unit: str, priors: EffortPriors) -> float:
    first = unit[0].lower()
    if first == "m":
        return 1 / 60
    if first == "h":
        return 1.0
    return priors.hours_per_day * (1 if first == "d" else 5)
