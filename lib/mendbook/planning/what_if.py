"""Plan again under other hours, limits, pins or weights, and say what moved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mendbook.errors import PlanningError, PolicyError
from mendbook.model import Estimate, Finding, FindingFacts, Heat, Proposed, PullRequest, SprintPlan
from mendbook.overrides import Override, override_decisions
from mendbook.planning import Schedule, plan_pull_requests
from mendbook.planning.sprints.plan import QUICK, plan_sprints
from mendbook.planning.sprints.schedule import NAME
from mendbook.policy import Policy, Weights, policy_text
from mendbook.prioritize import prioritize
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan rests on and no scenario changes."""

    findings: tuple[Finding, ...]
    facts: tuple[FindingFacts, ...]
    heat: tuple[Heat, ...]
    estimates: tuple[Estimate, ...]
    overrides: tuple[Override, ...]
    proposed: tuple[Proposed, ...]
    snapshot: Snapshot
    policy: Policy
    hours: float
    """Hours a sprint holds where the schedule does not say."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a person may change: the schedule of the work and the weights of its order."""

    schedule: Schedule
    weights: Weights


@dataclass(frozen=True, slots=True)
class Outcome:
    """The plan of one scenario."""

    pull_requests: tuple[PullRequest, ...]
    sprint_plan: SprintPlan
    refused: str = ""
    """Why no plan fits; there are no sprints then."""

    def sprint_of(self) -> dict[str, int]:
        """Return the sprint of each finding."""
        of_pr = {number: each.number for each in self.sprint_plan.sprints for number in each.prs}
        return {
            finding: of_pr[pr.number]
            for pr in self.pull_requests
            if pr.number in of_pr
            for finding in pr.finding_ids
        }


@dataclass(frozen=True, slots=True)
class Move:
    """Findings of one PR that are done in another sprint than before."""

    pull_request: int
    """Its number afterwards."""
    title: str
    finding_ids: tuple[str, ...]
    before: int
    after: int


def replan(basis: Basis, scenario: Scenario) -> Outcome:
    """Return the plan of ``scenario``; a refusal is part of the outcome.

    It is made as a run makes it, but a run searches longer where the result is not optimal.
    """
    policy = replace(basis.policy, weights=scenario.weights)
    decided = prioritize(basis.findings, basis.facts, basis.heat, basis.estimates, policy)
    pull_requests = plan_pull_requests(
        basis.findings,
        override_decisions(decided, basis.overrides),
        basis.estimates,
        basis.facts,
        basis.proposed,
        basis.snapshot,
        policy.pull_requests,
        scenario.schedule,
        basis.hours,
    )
    try:
        capacity = scenario.schedule.capacity(basis.hours, pull_requests)
        return Outcome(pull_requests, plan_sprints(pull_requests, capacity, effort=QUICK))
    except PlanningError as error:
        return Outcome(pull_requests, SprintPlan((), "cp-sat", "no plan fits"), str(error))


def moved(before: Outcome, after: Outcome) -> tuple[Move, ...]:
    """Return what is done in another sprint than before, in the merge order of ``after``.

    Findings are compared, not PR numbers: other weights may number and cut PRs differently.
    """
    old, new = before.sprint_of(), after.sprint_of()
    moves = []
    for pr in after.pull_requests:
        known = [name for name in pr.finding_ids if name in old and name in new]
        for sprint in dict.fromkeys(old[name] for name in known):
            same = tuple(name for name in known if old[name] == sprint)
            if new[same[0]] != sprint:
                moves.append(Move(pr.number, pr.title, same, sprint, new[same[0]]))
    return tuple(moves)


def files(scenario: Scenario, policy: Policy) -> dict[str, str]:
    """Return the files that plan ``scenario`` again, by name: the schedule, and a changed policy.

    Raises ``PolicyError`` where the schedule does not say who decided and why.
    """
    if not (scenario.schedule.who and scenario.schedule.why):
        message = "schedule: nobody is named, or no reason; say who decides and why"
        raise PolicyError(message)
    written = {NAME: scenario.schedule.as_yaml()}
    if scenario.weights != policy.weights:
        written["policy.yaml"] = policy_text(replace(policy, weights=scenario.weights))
    return written
