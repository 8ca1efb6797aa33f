"""What earlier plans really took, by the word or the hours that were written before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mendbook.effort.complexity import stated_hours, stated_words
from mendbook.model import Dimension, Severity
from mendbook.policy import EffortPriors
from mendbook.policy.records import Range

_STATED = "stated hours"


@dataclass(frozen=True, slots=True)
class Case:
    """One finding of an earlier audit, and the hours that it took."""

    finding_id: str
    complexity: str
    severity: Severity
    dimension: Dimension
    hours: float
    source: str
    """Where the hours were read, and what shows that the work was done."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What the earlier cases of one kind say, and whether that is enough to go by."""

    kind: str
    """``word low``, ``severity HIGH``, ``stated hours`` or ``stated hours, Code Quality``."""
    cases: int
    spread: Range
    """Tenth percentile, median and ninetieth: hours, or factors on the hours stated."""
    used: bool
    prior: Range
    """What the policy says, used where the cases are too few."""
    factors: bool = False
    """Whether the range is factors on stated hours."""

    @property
    def range(self) -> Range:
        """The range in force: the cases' where there are enough, else the policy's.

        Factors never narrow the policy's range: plans often repeat the hours that the audit
        states, and a number that was written twice is no surer for that.
        """
        if not self.used:
            return self.prior
        low, likely, high = self.spread
        if self.factors:
            return min(low, self.prior[0]), likely, max(high, self.prior[2])
        return self.spread


@dataclass(frozen=True, slots=True)
class Calibration:
    """Every kind that there are earlier cases of, by its name."""

    kinds: Mapping[str, Calibrated] = field(default_factory=dict)

    def of(self, kind: str, prior: Range) -> Calibrated:
        """Return what is known of ``kind``; no cases and ``prior`` where nothing is."""
        return self.kinds.get(kind) or Calibrated(kind, 0, prior, False, prior)


def calibrate(cases: Sequence[Case], priors: EffortPriors) -> Calibration:
    """Return the number and the spread of ``cases`` by word, severity, and stated hours.

    Stated hours give factors (hours taken over hours stated), over all and by dimension; words and
    severities give hours. Fewer than ``priors.least_cases`` leave the policy's prior in force.
    """
    values: dict[str, list[float]] = {}
    prior: dict[str, Range] = {}
    for case in cases:
        for kind, value, assumed in _samples(case, priors):
            values.setdefault(kind, []).append(value)
            prior[kind] = assumed
    return Calibration(
        {
            kind: Calibrated(
                kind,
                len(found),
                _spread(found),
                len(found) >= priors.least_cases,
                prior[kind],
                kind.startswith(_STATED),
            )
            for kind, found in sorted(values.items())
        }
    )


def _samples(case: Case, priors: EffortPriors) -> list[tuple[str, float, Range]]:
    stated = stated_hours(case.complexity, priors)
    if stated:
        factor = case.hours * 2 / (stated.low + stated.high)
        kinds = (_STATED, f"{_STATED}, {case.dimension}")
        return [(kind, factor, priors.spread) for kind in kinds]
    words = stated_words(case.complexity, tuple(priors.words))
    if len(set(words)) == 1:
        return [(f"word {words[0]}", case.hours, priors.words[words[0]])]
    if words:
        return []
    return [(f"severity {case.severity}", case.hours, priors.severity[case.severity])]


def _spread(values: Sequence[float]) -> Range:
    ordered = sorted(values)
    return _quantile(ordered, 0.1), _quantile(ordered, 0.5), _quantile(ordered, 0.9)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between the nearest ranks (Hyndman and Fan 1996, type 7)."""
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
