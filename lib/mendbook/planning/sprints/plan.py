"""Put pull requests into sprints: CP-SAT, lexicographic, deterministic, from a greedy start.

Objectives in order: P0 as early as possible; the cost of delay times the sprint, summed; the
fewest sprints; the evenest load. The search is bounded by OR-tools' deterministic time, not by a
clock, so that the same pull requests always give the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mendbook.errors import PlanningError
from mendbook.model import ChangeKind, Priority, PullRequest, Sprint, SprintPlan
from mendbook.planning.sprints.capacity import Capacity, check, units
from mendbook.planning.sprints.first_plan import (
    Assignment,
    best_start,
    greedy_plan,
    last_sprint,
    objectives,
    urgent,
)

_UNSEARCHED = "Sprints are filled by rank; how far that is from the best is not known."
_EXCHANGED = (
    "Sprints are filled by rank and improved by exchanges; how far that is from the best is not "
    "known: the plan is too large to be searched as a whole."
)
_SEARCHED = 20_000
"""PRs times sprints from which on a plan of full effort is not searched, and of less from less on:
its model alone takes minutes."""
_SMALL = 2_000
"""PRs times sprints up to which every plan is searched."""
_BLAMED = 1000
"""PRs up to which the limits that collide are looked for."""
_FULL = 0.5
"""The effort of a plan that nobody waits for."""
QUICK = 0.1
"""The effort of a plan that somebody waits for; one of more effort is never worse."""


def plan_sprints(
    pull_requests: Sequence[PullRequest],
    capacity: Capacity,
    *,
    effort: float = _FULL,
    nodes: int = 30_000,
) -> SprintPlan:
    """Return the sprints of ``pull_requests`` under ``capacity``.

    ``effort`` bounds each objective's search in OR-tools' deterministic seconds (0: none, the plan
    that fills sprints by rank is taken as it is), ``nodes`` the search for a start with few
    sprints. Thousands of PRs are filled in by rank and exchanged, and not searched. A PR that
    alone exceeds a sprint gets one of its own, and the sprint says so. ``PlanningError`` names the
    constraint that makes a plan impossible.
    """
    if not pull_requests:
        return SprintPlan((), "greedy", "optimal", ("There is nothing to plan.",))
    known = {pr.number: pr for pr in pull_requests}
    check(known, capacity)
    rank = best_start(known, capacity, nodes)
    if not effort and rank is not None:
        return SprintPlan(_sprints(known, capacity, rank), "greedy", "heuristic", (_UNSEARCHED,))
    if rank is None and len(known) > _BLAMED:
        message = (
            f"no plan was found for {len(known)} pull requests within what the schedule fixes, and "
            "they are too many to say which limits collide; loosen one or plan fewer (--only)"
        )
        raise PlanningError(message)
    best = _searched(known, capacity, rank, effort)
    if effort > QUICK and rank is not None and best[1].status != "optimal":
        # a longer search may take another way from its first step on
        tries = (best, _searched(known, capacity, rank, QUICK))
        best = min(tries, key=lambda each: objectives(known, capacity, each[0]))
    return replace(best[1], sprints=_sprints(known, capacity, best[0]))


def _searched(
    known: Mapping[int, PullRequest], capacity: Capacity, rank: Assignment | None, effort: float
) -> tuple[Assignment, SprintPlan]:
    """Return the best plan that is found with ``effort``, and what is said of it."""
    from mendbook.planning.sprints.exchange import BANDS_FIRST, Exchange  # numpy

    size = len(known) * last_sprint(rank) if rank is not None else 0
    exchanged = SprintPlan((), "greedy", "heuristic", (_EXCHANGED,))
    if rank is not None and size > _SEARCHED:
        exchange = Exchange(known, capacity, rank, rank, BANDS_FIRST)
        return exchange.descend(effort / _FULL), exchanged
    from mendbook.planning.sprints.solver import Solver  # OR-tools: half a second

    start, bound = rank, 0
    if rank is not None and any(pr.priority is Priority.P0 for pr in known.values()):
        start, bound = _urgent_first(known, capacity, rank, effort)
    if rank is not None and start is not None and size > max(_SMALL, _SEARCHED * effort / _FULL):
        exchange = Exchange(known, capacity, start, rank, BANDS_FIRST)
        return exchange.descend(effort / _FULL), exchanged
    solved = Solver(known, capacity, start, effort, bound, rank).solve()
    return solved.assignment, SprintPlan((), "cp-sat", solved.status, solved.notes)


def _urgent_first(
    known: Mapping[int, PullRequest], capacity: Capacity, rank: Assignment, effort: float
) -> tuple[Assignment, int]:
    """Return a plan with P0 early in which no band waits longer, and the bound on P0's sprints.

    P0 and what it waits for is planned alone, the rest filled in by rank around it, and then both
    are exchanged until no band is behind ``rank``. A plan that does not get there is dropped.
    """
    from mendbook.planning.sprints.exchange import BANDS_FIRST, P0_FIRST, Exchange  # numpy
    from mendbook.planning.sprints.solver import Solver  # OR-tools: half a second

    first = urgent(known)
    alone = Solver(first, capacity, {number: rank[number] for number in first}, 4 * effort)
    fixed, bound = alone.earliest()
    best = Exchange(known, capacity, rank, rank, BANDS_FIRST).descend()
    filled = None if capacity.pinned else greedy_plan(known, capacity, fixed)
    if filled is not None and not 0 < capacity.sprints < last_sprint(filled):
        exchange = Exchange(known, capacity, filled, rank, P0_FIRST)
        assignment = exchange.descend()
        if exchange.waits_longer:
            most = max(bound + bound // 50, objectives(known, capacity, assignment)[0])
            assignment = Solver(known, capacity, assignment, 4 * effort, rank=rank).mend(most)
        exchange = Exchange(known, capacity, assignment, rank, BANDS_FIRST)
        if not exchange.waits_longer:
            best = min(best, exchange.descend(), key=lambda plan: objectives(known, capacity, plan))
    return min(rank, best, key=lambda plan: objectives(known, capacity, plan)), bound


def _sprints(
    known: Mapping[int, PullRequest], capacity: Capacity, assignment: Assignment
) -> tuple[Sprint, ...]:
    held: dict[int, list[PullRequest]] = {}
    for number in sorted(known):
        held.setdefault(assignment[number], []).append(known[number])
    sprints = []
    for number, prs in sorted(held.items()):
        sprints.append(
            Sprint(
                number=number,
                focus=focus(prs),
                prs=tuple(pr.number for pr in prs),
                hours=round(sum(pr.hours for pr in prs), 2),
                capacity=capacity.of(number),
                over_capacity="; ".join(_over(capacity, prs)),
            )
        )
    return tuple(sprints)


def _over(capacity: Capacity, prs: Sequence[PullRequest]) -> list[str]:
    """Say which PRs are more than their sprint, or their owner in it, holds."""
    remarks = []
    for pr in prs:
        parts = f"split it by finding ({', '.join(pr.finding_ids)})" if pr.finding_ids[1:] else ""
        if capacity.oversize(pr):
            remedy = f"{parts or 'split it'} or give it a longer sprint"
            remarks.append(f"PR {pr.number} alone takes {pr.hours:g} h; {remedy}")
        elif capacity.over_owner(pr):
            limit = f"{pr.owner}'s {capacity.by_owner[pr.owner]:g} h"
            remedy = f"{parts or 'split it'} or give {pr.owner} more"
            remarks.append(f"PR {pr.number} takes {pr.hours:g} h of {limit}; {remedy}")
    return remarks


_KINDS = {
    ChangeKind.FIX: "fixes",
    ChangeKind.PERF: "performance",
    ChangeKind.REFACTOR: "architecture",
    ChangeKind.TEST: "tests",
    ChangeKind.DOCS: "docs",
    ChangeKind.CHORE: "housekeeping",
}


def focus(prs: Sequence[PullRequest]) -> str:
    """Name a sprint from what is in it: its most urgent band, kinds of change, and scopes."""
    kinds: Counter[str] = Counter()
    scopes: Counter[str] = Counter()
    for pr in prs:
        kinds[_KINDS[pr.kind]] += units(pr.hours) + 1
        if pr.domain:
            scopes[pr.domain] += units(pr.hours) + 1
    named = " and ".join(kind for kind, _ in _top(kinds, 2))
    where = ", ".join(scope for scope, _ in _top(scopes, 3))
    words = f"{min(pr.priority for pr in prs)} {named}"
    return f"{words}: {where}" if where else words


def _top(counted: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
