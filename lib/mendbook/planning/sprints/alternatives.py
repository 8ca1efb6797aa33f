"""Plan the same pull requests for sprints that hold more or less, ahead of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mendbook.errors import PlanningError
from mendbook.model import Alternative, PullRequest, SprintPlan
from mendbook.planning.sprints.capacity import Capacity
from mendbook.planning.sprints.plan import QUICK, plan_sprints

FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Of the hours that are planned with."""


def alternatives(
    pull_requests: Sequence[PullRequest],
    capacity: Capacity,
    planned: SprintPlan,
    factors: Sequence[float] = FACTORS,
) -> tuple[Alternative, ...]:
    """Return the sprints under each multiple of ``capacity``; ``planned`` is that under 1.

    Every limit in hours is multiplied, every pin and release stays. A multiple that no plan fits
    has no sprints and says why in its notes.
    """
    return tuple(
        Alternative(
            round(capacity.hours * factor, 2),
            planned if factor == 1 else _plan(pull_requests, _scaled(capacity, factor)),
        )
        for factor in factors
        if pull_requests
    )


def _scaled(capacity: Capacity, factor: float) -> Capacity:
    return replace(
        capacity,
        hours=capacity.hours * factor,
        by_sprint={sprint: hours * factor for sprint, hours in capacity.by_sprint.items()},
        by_owner={owner: hours * factor for owner, hours in capacity.by_owner.items()},
    )


def _plan(pull_requests: Sequence[PullRequest], capacity: Capacity) -> SprintPlan:
    try:
        return plan_sprints(pull_requests, capacity, effort=QUICK)
    except PlanningError as error:
        return SprintPlan((), "cp-sat", "no plan fits", (str(error),))
