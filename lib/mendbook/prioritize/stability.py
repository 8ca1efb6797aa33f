"""How far a priority hangs on the policy's numbers: each moved alone, up and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mendbook.model import Estimate, Finding, FindingFacts, Heat, Priority
from mendbook.policy import Answers, Policy, Weights
from mendbook.prioritize.decide import prioritize

SHARE = 0.2
_THRESHOLDS = ("hot_share", "wide_fan_in", "wide_callsites")


@dataclass(frozen=True, slots=True)
class Stability:
    """Where one finding stands under the policy, and where its numbers could put it."""

    finding_id: str
    priority: Priority
    rank: int
    best: int
    """The lowest rank number that any one number, moved, gives it."""
    worst: int
    bands: tuple[Priority, ...]
    """Every band that it is in under some number, the policy's own among them."""
    movers: tuple[str, ...]
    """The numbers that move it to another band."""


def stability(
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    heat: Sequence[Heat],
    estimates: Sequence[Estimate],
    policy: Policy,
    share: float = SHARE,
) -> tuple[Stability, ...]:
    """Return each finding's rank and bands with every weight and threshold ± ``share``, by rank."""
    here = prioritize(findings, facts, heat, estimates, policy, flips=False)
    ranks: dict[str, list[int]] = {each.finding_id: [each.rank] for each in here}
    bands: dict[str, dict[Priority, None]] = {
        each.finding_id: {each.priority: None} for each in here
    }
    movers: dict[str, dict[str, None]] = {each.finding_id: {} for each in here}
    own = {each.finding_id: each.priority for each in here}
    for name, moved in _moved(policy, share):
        for each in prioritize(findings, facts, heat, estimates, moved, flips=False):
            ranks[each.finding_id].append(each.rank)
            bands[each.finding_id][each.priority] = None
            if each.priority is not own[each.finding_id]:
                movers[each.finding_id][name] = None
    return tuple(
        Stability(
            each.finding_id,
            each.priority,
            each.rank,
            min(ranks[each.finding_id]),
            max(ranks[each.finding_id]),
            tuple(sorted(bands[each.finding_id])),
            tuple(movers[each.finding_id]),
        )
        for each in here
    )


def numbers(policy: Policy) -> dict[tuple[str, str], float]:
    """Return every weight and threshold of ``policy`` by group and name; "" is no group."""
    flat: dict[tuple[str, str], float] = {
        ("thresholds", name): getattr(policy.answers, name) for name in _THRESHOLDS
    }
    for name, value in msgspec.to_builtins(policy.weights).items():
        if isinstance(value, dict):
            flat.update({(name, inner): number for inner, number in value.items()})
        else:
            flat["", name] = value
    return flat


def with_numbers(policy: Policy, changed: dict[tuple[str, str], float]) -> Policy:
    """Return ``policy`` with the numbers ``changed``, named as ``numbers`` names them."""
    weights: dict[str, Any] = msgspec.to_builtins(policy.weights)
    answers = policy.answers
    for (group, name), value in changed.items():
        if group == "thresholds":
            answers = _threshold(answers, name, value)
        else:
            (weights[group] if group else weights)[name] = value
    return replace(policy, weights=msgspec.convert(weights, type=Weights), answers=answers)


def _threshold(answers: Answers, name: str, value: float) -> Answers:
    whole = isinstance(getattr(answers, name), int)
    changes: dict[str, Any] = {name: max(1, round(value)) if whole else value}
    return replace(answers, **changes)


def _moved(policy: Policy, share: float) -> Iterator[tuple[str, Policy]]:
    for (group, name), value in numbers(policy).items():
        for factor in (1 - share, 1 + share):
            words = f"{group}: {name}" if group else name
            yield words, with_numbers(policy, {(group, name): value * factor})
