"""Give each finding its priority, its place in the order, and the reason for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mendbook.model import (
    Decision,
    DecisionStep,
    Estimate,
    Finding,
    FindingFacts,
    Heat,
    PolicyMove,
    Priority,
)
from mendbook.policy import Policy, Question
from mendbook.prioritize.refit import Refit
from mendbook.prioritize.situation import read_situation
from mendbook.prioritize.tree import branch, flip, walk
from mendbook.prioritize.wsjf import hotspots, order_key


def prioritize(
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    heat: Sequence[Heat],
    estimates: Sequence[Estimate],
    policy: Policy,
    *,
    flips: bool = True,
) -> tuple[Decision, ...]:
    """Return one decision for each finding, most urgent first; without ``flips`` in a tenth of it.

    The tree alone decides the band, so no number of cheap findings outranks a more urgent one;
    WSJF orders inside a band. The other sequences are matched to ``findings`` by id.
    """
    facts_of = {each.finding_id: each for each in facts}
    heat_of = {each.finding_id: each for each in heat}
    hours_of = {each.finding_id: each for each in estimates}
    cold = {each.id: Heat(each.id, None, why="nothing was profiled") for each in findings}
    known = [facts_of[each.id] for each in findings]
    warm = [heat_of.get(each.id, cold[each.id]) for each in findings]
    decisions = []
    for finding, its, its_heat, hot in zip(
        findings, known, warm, hotspots(known, warm), strict=True
    ):
        situation = read_situation(finding, its, its_heat, policy.answers)
        priority, path = walk(situation, policy)
        decisions.append(
            Decision(
                finding_id=finding.id,
                priority=priority,
                path=path,
                because=_clauses(path),
                rank=0,
                order_key=order_key(situation, its, hours_of[finding.id], hot, policy),
                flip=flip(situation, policy) if flips else "",
                closed=finding.status.closed,
            )
        )
    return rank(decisions)


def decide(
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    heat: Sequence[Heat],
    estimates: Sequence[Estimate],
    policy: Policy,
    learned: Refit,
) -> tuple[Decision, ...]:
    """Return the decisions under ``policy`` as earlier decisions moved it.

    A finding that is in another band for it says so as the last step of its path.
    """
    now = prioritize(findings, facts, heat, estimates, learned.policy)
    moves = learned.learned.moves
    if not moves:
        return now
    before = prioritize(findings, facts, heat, estimates, policy, flips=False)
    band = {each.finding_id: each.priority for each in before}
    return tuple(_with_history(each, band[each.finding_id], policy.tree, moves) for each in now)


def _with_history(
    decision: Decision, before: Priority, tree: Question, moves: Sequence[PolicyMove]
) -> Decision:
    if decision.priority is before:
        return decision
    taken = branch(tree, decision.path)
    blast = any(asked == "blast" for asked, _ in taken)
    its = [each for each in moves if each.leaf == taken or (each.threshold and blast)]
    because = f"earlier decisions moved it from {before} ({'; '.join(each.words for each in its)})"
    path = (*decision.path, DecisionStep("history", f"{before} to {decision.priority}", because))
    return replace(decision, path=path, because=_clauses(path))


def rank(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return ``decisions`` in order (band, then WSJF, then cost of delay) with their rank.

    What is closed comes last, in the same order.
    """
    place = {decision.finding_id: index for index, decision in enumerate(decisions)}
    ordered = sorted(decisions, key=lambda decision: _order(decision, place))
    return tuple(replace(decision, rank=index) for index, decision in enumerate(ordered, start=1))


def _order(
    decision: Decision, place: Mapping[str, int]
) -> tuple[bool, Priority, float, float, int]:
    key = decision.order_key
    points = -key["wsjf"], -key["cost_of_delay"]
    return decision.closed, decision.priority, *points, place[decision.finding_id]


def _clauses(path: Sequence[DecisionStep]) -> str:
    clauses = [step.because for step in path]
    if len(clauses) > 1:
        clauses = [*clauses[:-1], f"and {clauses[-1]}"]
    return ", ".join(clauses)
