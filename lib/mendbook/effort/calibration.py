"""What earlier plans really took, by the word or the hours that were written before."""

from __future__ import annotations

import statistics
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
    values: dict[_Kind, list[float]] = {}
    for case in cases:
        for kind, value in _samples(case, priors):
            values.setdefault(kind, []).append(value)
    return Calibration(
        {
            kind.name: Calibrated(
                kind.name,
                len(samples),
                _spread(samples),
                len(samples) >= priors.least_cases,
                kind.prior,
                kind.factors,
            )
            for kind, samples in sorted(values.items(), key=lambda pair: pair[0].name)
        }
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What cases are alike in, and what the policy says of it."""

    name: str
    prior: Range
    factors: bool = False


def _samples(case: Case, priors: EffortPriors) -> list[tuple[_Kind, float]]:
    stated = stated_hours(case.complexity, priors)
    if stated:
        factor = case.hours * 2 / (stated.low + stated.high)
        kinds = (_STATED, f"{_STATED}, {case.dimension}")
        return [(_Kind(kind, priors.spread, factors=True), factor) for kind in kinds]
    words = stated_words(case.complexity, tuple(priors.words))
    if len(set(words)) == 1:
        return [(_Kind(f"word {words[0]}", priors.words[words[0]]), case.hours)]
    if words:
        return []
    return [(_Kind(f"severity {case.severity}", priors.severity[case.severity]), case.hours)]


def _spread(values: Sequence[float]) -> Range:
    """Return the tenth, fiftieth and ninetieth percentile (Hyndman and Fan 1996, type 7)."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    tenths = statistics.quantiles(values, n=10, method="inclusive")
    return tenths[0], tenths[4], tenths[8]
