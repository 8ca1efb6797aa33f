"""Read hours out of what an auditor wrote as ``complexity``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mendbook.policy import EffortPriors

_NUMBER = r"(?:\d{1,5}(?:[.,]\d{1,4})?|½|¼|¾|half an?|an?\b)"
_UNIT = r"(?:minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|(?:story[ -]?)?points?|pts?|sp)"
_MOST = 20_000.0
"""Hours of ten years of a person: a larger number is no estimate."""
_DASH = r"\s*(?:-|–|—|to|\.\.+)\s*"
_AMOUNT = re.compile(
    rf"(?i)(?<![\w.])(?P<bound><=?|>=?|up to|under|less than|at least|over|more than)?\s*~?\s*"
    rf"(?P<first>{_NUMBER})\s*(?P<early>{_UNIT})?(?:{_DASH}(?P<last>{_NUMBER}))?"
    rf"(?P<plus>\+)?\s*-?(?P<unit>{_UNIT})(?![\w])"
)
_SIZE = re.compile(r"x{0,3}[sml]|x{1,3}l")
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
    in_points: bool = False
    """Whether story points were stated, which the policy makes hours of."""


def stated_hours(complexity: str, priors: EffortPriors) -> Stated | None:
    """Return the hours that ``complexity`` states, or None when it states none.

    Several amounts (``1h 30m``) add up; a day is ``priors.hours_per_day`` hours, a week five days,
    a story point ``priors.hours_per_point`` hours.
    """
    amounts = [_amount(match, priors) for match in _AMOUNT.finditer(complexity)]
    if not amounts:
        return None
    low, high = sum(each.low for each in amounts), sum(each.high for each in amounts)
    if not 0 < high <= _MOST:
        return None
    bound = next((each.bound for each in amounts if each.bound), None)
    return Stated(min(low, high), max(low, high), bound, any(each.in_points for each in amounts))


def stated_words(complexity: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``words`` that ``complexity`` uses, the longest at each place.

    A size of one to three letters (``M``, ``XL``) is one only where nothing else is written.
    """
    alone = complexity.strip().strip("[](){}.").lower()
    if alone in words:
        return (alone,)
    words = [word for word in words if not _SIZE.fullmatch(word)]
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
    written = (match["bound"] or "").lower()
    above = written in _LOWER or match["plus"]
    bound = Bound.AT_MOST if written in _UPPER else Bound.AT_LEAST if above else None
    return Stated(low, high, bound, unit[0].lower() in "ps")


def _number(written: str) -> float:
    return _WORDS.get(written.lower()) or float(written.replace(",", "."))


def _hours(unit: str, priors: EffortPriors) -> float:
    first = unit[0].lower()
    if first == "m":
        return 1 / 60
    if first == "h":
        return 1.0
    if first in "ps":
        return priors.hours_per_point
    return priors.hours_per_day * (1 if first == "d" else 5)
