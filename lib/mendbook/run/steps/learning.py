"""What the priorities of earlier plans say of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mendbook import facts, intake, repository
from mendbook.model import Audit, FindingFacts, Heat, Learned, Priority, Skipped
from mendbook.policy import Policy
from mendbook.prioritize.refit import GivenPriority, Refit, refit
from mendbook.prioritize.situation import read_situation
from mendbook.prioritize.tree import walk
from mendbook.repository import Target
from mendbook.run.steps.looking import find_references
from mendbook.run.steps.reading import placed_audit

Given = tuple[tuple[GivenPriority, ...], tuple[Skipped, ...]]
"""Priorities of earlier plans, and those that are not used."""

_OF_A_REPOSITORY = frozenset({"exposure", "blast"})
"""What the tree may ask that only a repository answers."""
_NAMES = frozenset(Priority)


def given_priorities(
    history: Sequence[tuple[Path, Path]], target: Target | None, policy: Policy, cache: Path
) -> Given:
    """Return the priorities that the plans in ``history`` give, each as the tree sees its finding.

    A finding is seen as it was at its audit's commit. What was measured then no earlier plan says,
    so its code counts as not profiled.
    """
    priorities: list[GivenPriority] = []
    left: list[Skipped] = []
    for remediation, path in history:
        audit = intake.load_audit(path)
        named = _named(remediation)
        left += (
            Skipped(
                f"The priority of {name or 'an entry'} in {remediation.name}",
                f"it is none of {', '.join(Priority)}",
            )
            for name, said in named.items()
            if said not in _NAMES
        )
        wanted = {name: Priority(said) for name, said in named.items() if said in _NAMES}
        for each in _as_they_were(audit, wanted, target, policy, cache):
            (priorities if isinstance(each, GivenPriority) else left).append(each)  # type: ignore[arg-type]
    return tuple(priorities), tuple(left)


def learned_from(policy: Policy, given: Given) -> Refit:
    """Return ``policy`` as earlier decisions move it; as it is where there are none."""
    return refit(policy, given[0]) if given[0] else Refit(policy, Learned())


def _named(remediation: Path) -> dict[str, str]:
    """Return the priority that a plan gives each finding, by id, as it is written."""
    plan = intake.read_json(remediation).data
    entries = plan.get("remediations") if isinstance(plan, dict) else None
    rows: list[Mapping[str, Any]] = [each for each in entries or () if isinstance(each, dict)]
    return {str(each.get("issueId", "")): str(each.get("priority", "")) for each in rows}


def _as_they_were(
    audit: Audit,
    wanted: Mapping[str, Priority],
    target: Target | None,
    policy: Policy,
    cache: Path,
) -> Iterator[GivenPriority | Skipped]:
    by_id = {each.finding_id: each for each in _facts_then(audit, target, cache)}
    for finding in audit.findings:
        if finding.id not in wanted:
            continue
        cold = Heat(finding.id, None, why="no earlier plan says what was measured")
        situation = read_situation(finding, by_id[finding.id], cold, policy.answers)
        asked = {step.question for step in walk(situation, policy)[1]}
        if target is None and asked & _OF_A_REPOSITORY:
            why = "the tree asks the repository about it; pass --repo"
            yield Skipped(f"The priority of {finding.id} in {audit.name}", why)
        else:
            yield GivenPriority(finding.id, situation, wanted[finding.id])


def _facts_then(audit: Audit, target: Target | None, cache: Path) -> tuple[FindingFacts, ...]:
    """Return what the repository said of each finding at the audit's commit."""
    if target is None:
        return facts.blank_facts(audit)
    then = repository.open_target(target.root, audit.commit)
    placed = placed_audit(audit, then.snapshot)
    references = find_references(placed.findings, then.snapshot, then.root, "syntax", cache)
    return facts.gather_facts(placed, then, references)
