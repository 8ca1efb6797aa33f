"""How far a priority hangs on the policy's numbers: each moved alone, up and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mendbook.model import Decision, Estimate, Finding, FindingFacts, Heat, Priority
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
    seen: dict[str, list[tuple[str, Decision]]] = {each.finding_id: [("", each)] for each in here}
    for name, moved in _moved(policy, share):
        for each in prioritize(findings, facts, heat, estimates, moved, flips=False):
            seen[each.finding_id].append((name, each))
    return tuple(_stability(each, seen[each.finding_id]) for each in here)


def _stability(here: Decision, seen: Sequence[tuple[str, Decision]]) -> Stability:
    ranks = [each.rank for _, each in seen]
    movers = [name for name, each in seen if each.priority is not here.priority]
    return Stability(
        here.finding_id,
        here.priority,
        here.rank,
        min(ranks),
        max(ranks),
        tuple(sorted({each.priority for _, each in seen})),
        tuple(dict.fromkeys(movers)),
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
