"""Give each finding low, likely and high hours, and say where they come from."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.effort.calibration import Calibrated, Calibration, Case, calibrate
from mendbook.effort.complexity import Bound, Stated, stated_hours, stated_words
from mendbook.model import Estimate, Finding
from mendbook.policy import EffortPriors
from mendbook.policy.records import Range

LEAST = 1 / 60
"""Hours below which nothing is estimated: no change takes no time."""


def estimate(
    findings: Sequence[Finding], priors: EffortPriors, history: Sequence[Case] = ()
) -> tuple[Estimate, ...]:
    """Return one estimate for each finding, in their order.

    Hours that ``complexity`` states come first, then its words, then the severity; ``history``
    (cases of earlier plans) refines each where there are enough.
    """
    known = calibrate(history, priors)
    return tuple(_estimate(finding, priors, known) for finding in findings)


def _estimate(finding: Finding, priors: EffortPriors, known: Calibration) -> Estimate:
    if finding.status.closed:
        return Estimate(finding.id, 0, 0, 0, f"the audit says that it is {finding.status}")
    stated = stated_hours(finding.complexity, priors)
    words = stated_words(finding.complexity, tuple(priors.words))
    said = f"complexity says “{_quote(finding.complexity)}”"
    if stated:
        hours, why = _from_hours(stated, finding, priors, known)
        if stated.in_points:
            why = f"a point counts as {priors.hours_per_point:g} h by the policy; {why}"
        return _record(finding, hours, said, why)
    if words:
        used = [known.of(f"word {word}", priors.words[word]) for word in dict.fromkeys(words)]
        ranges = [each.range for each in used]
        return _record(finding, _across(ranges), said, _basis(used, priors))
    basis = known.of(f"severity {finding.severity}", priors.severity[finding.severity])
    silent = f"{said}, which is not hours" if finding.complexity.strip() else "no complexity given"
    assumed = f"{silent}, so assumed for {finding.severity}"
    return _record(finding, basis.range, assumed, _basis([basis], priors))


def _from_hours(
    stated: Stated, finding: Finding, priors: EffortPriors, known: Calibration
) -> tuple[Range, str]:
    """Return the range and its basis; a bound leaves the open side to the policy's spread."""
    if stated.bound is Bound.AT_MOST:
        return (stated.high / 4, stated.high / 2, stated.high), "taken as the most it can be"
    if stated.bound is Bound.AT_LEAST:
        most = stated.low * priors.spread[2]
        return (stated.low, (stated.low + most) / 2, most), "taken as the least it can be"
    by_dimension = known.of(f"stated hours, {finding.dimension}", priors.spread)
    basis = by_dimension if by_dimension.used else known.of("stated hours", priors.spread)
    if stated.low < stated.high:
        middle = (stated.low + stated.high) / 2
        return (stated.low, middle, stated.high), "the range as stated, likely in its middle"
    factors = basis.range
    why = f"range ×{factors[0]:g} to ×{factors[2]:g}, {_basis([basis], priors)}"
    return (stated.low * factors[0], stated.low * factors[1], stated.low * factors[2]), why


def _across(ranges: Sequence[Range]) -> Range:
    lows, likely, highs = zip(*ranges, strict=True)
    return min(lows), sum(likely) / len(likely), max(highs)


def _basis(used: Sequence[Calibrated], priors: EffortPriors) -> str:
    if all(each.used for each in used):
        return "from " + " and ".join(f"{each.cases} earlier cases" for each in used)
    cases = min(each.cases for each in used)
    return f"the policy's prior ({cases} earlier cases, {priors.least_cases} needed)"


def _record(finding: Finding, hours: Range, said: str, why: str) -> Estimate:
    low, likely, high = (round(max(value, LEAST), 4) for value in hours)
    return Estimate(finding.id, low, likely, high, said, why)


def _quote(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= 60 else line[:59] + "…"
