"""Order findings inside a band by weighted shortest job first.

WSJF is cost of delay over job size (Reinertsen, *The Principles of Product Development Flow*,
2009, chapter 7), here times how sure the finding is and how hot its place is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mendbook.model import Estimate, EvidenceStatus, FindingFacts, Heat
from mendbook.policy import Policy
from mendbook.prioritize.situation import Situation

OrderKey = dict[str, float]


def order_key(
    situation: Situation, facts: FindingFacts, estimate: Estimate, hotspot: float, policy: Policy
) -> OrderKey:
    """Return the numbers behind a finding's place in its band; ``wsjf`` is the product of all.

    ``cost_of_delay`` and ``wsjf`` have no unit; ``hours`` are the estimate's likely hours, never
    below the policy's ``least_hours``; ``confidence`` and ``hotspot`` are 0..1.
    """
    weights, answers = policy.weights, policy.answers
    delay = (
        weights.severity[situation.severity]
        * weights.dimension[situation.dimension]
        * weights.exposure[situation.exposure.value]
        * weights.occurrence[situation.occurrence.value]
        * weights.blast[situation.answer("blast", answers).value]
    )
    hours = max(estimate.likely, weights.least_hours)
    status = facts.evidence.status
    unproven = EvidenceStatus.ABSENT if status is EvidenceStatus.UNQUOTED else status
    confidence = weights.confidence[unproven]
    return {
        "cost_of_delay": round(delay, 3),
        "hours": round(hours, 3),
        "confidence": confidence,
        "hotspot": round(hotspot, 3),
        "wsjf": round(delay / hours * confidence * (1 + weights.hotspot * hotspot), 3),
    }


def hotspots(facts: Sequence[FindingFacts], heat: Sequence[Heat]) -> tuple[float, ...]:
    """Return how hot the place of each finding is, 0..1: churn × heat × fan-in.

    Each factor is taken relative to the largest among the findings (commits and fan-in by their
    logarithm, as both have long tails); the result is their geometric mean, so a factor of 0
    makes it 0. Heat is left out where nothing was profiled.
    """
    churn = _relative([math.log1p(each.commits) for each in facts])
    spread = _relative([math.log1p(each.fan_in) for each in facts])
    warmth = _relative([each.share or 0.0 for each in heat])
    return tuple(
        math.sqrt(commits * fan_in) if each.share is None else (commits * fan_in * share) ** (1 / 3)
        for each, commits, fan_in, share in zip(heat, churn, spread, warmth, strict=True)
    )


def _relative(values: Sequence[float]) -> list[float]:
    largest = max(values, default=0.0)
    return [value / largest if largest else 0.0 for value in values]
