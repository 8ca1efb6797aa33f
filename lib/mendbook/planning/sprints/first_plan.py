"""A first plan to improve on: sprints filled by rank, and what plans are judged by."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping

from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.capacity import UNITS, Capacity, units
from mendbook.planning.sprints.line_balancing import Line, fill

Assignment = dict[int, int]
"""PR number to sprint number, both 1-based."""


def best_start(
    known: Mapping[int, PullRequest], capacity: Capacity, nodes: int = 30_000
) -> Assignment | None:
    """Return the plan that fills sprints by rank, or None where none fits.

    It is what the solver improves on and never falls behind. Only where it takes more sprints than
    there may be, a station filling is the start: the fewest sprints, in whatever order.
    """
    greedy = greedy_plan(known, capacity)
    if greedy is not None and not 0 < capacity.sprints < last_sprint(greedy):
        return greedy
    plain = capacity.plain and not any(capacity.oversize(pr) for pr in known.values())
    filled = _filled(known, capacity, nodes) if plain else None
    fits = filled is not None and not 0 < capacity.sprints < last_sprint(filled)
    return filled if fits else None


def objectives(
    known: Mapping[int, PullRequest], capacity: Capacity, plan: Assignment
) -> tuple[int, ...]:
    """Return what a plan is judged by, in order; less is better.

    Those are the sprints of P0, the cost of delay times the sprint, the sprints in use, and the
    fullest sprint in the solver's units.
    """
    load = dict.fromkeys(plan.values(), 0)
    for number, at in plan.items():
        load[at] += 0 if capacity.oversize(known[number]) else units(known[number].hours)
    return (
        sum(plan[number] for number, pr in known.items() if pr.priority is Priority.P0),
        sum(delay(pr) * plan[number] for number, pr in known.items()),
        len(load),
        max(load.values(), default=0),
    )


def delay(pr: PullRequest) -> int:
    """Return what a sprint of delay costs, in tenths."""
    return max(0, round(pr.cost_of_delay * 10))


def urgent(known: Mapping[int, PullRequest]) -> dict[int, PullRequest]:
    """Return the PRs of P0 and all that they wait for."""
    needed: dict[int, PullRequest] = {}
    queue = [number for number, pr in known.items() if pr.priority is Priority.P0]
    while queue:
        number = queue.pop()
        if number not in needed:
            needed[number] = known[number]
            queue += [dependency.on for dependency in known[number].depends_on]
    return dict(sorted(needed.items()))


def greedy_plan(
    known: Mapping[int, PullRequest],
    capacity: Capacity,
    fixed: Mapping[int, int] | None = None,
) -> Assignment | None:
    """Put each PR into the first sprint that has room and follows its dependencies.

    Next is always the PR that is most urgent, by its own band and cost of delay an hour or by
    those of what waits for it. PRs in ``fixed`` have their sprint already.
    """
    plan: Assignment = dict(fixed or {})
    load: Counter[int] = Counter()
    by_owner: Counter[tuple[int, str]] = Counter()
    closed = {sprint for number, sprint in plan.items() if capacity.oversize(known[number])}
    for number, sprint in plan.items():
        load[sprint] += max(1, units(known[number].hours))
        by_owner[sprint, known[number].owner] += units(known[number].hours)
    for number in _urgent_order(known):
        if number in plan:
            continue
        pr = known[number]
        sprint = max(
            [1, capacity.releases.get(number, 1), capacity.pinned.get(number, 1)]
            + [plan[dependency.on] for dependency in pr.depends_on]
        )
        alone = capacity.oversize(pr)
        horizon = sprint + len(known) + len(capacity.by_sprint) + 1
        while sprint < horizon:
            fits = (
                not load[sprint]
                if alone
                else sprint not in closed
                and load[sprint] + units(pr.hours) <= units(capacity.of(sprint))
                and _owner_fits(capacity, pr, by_owner[sprint, pr.owner])
            )
            if fits:
                break
            if number in capacity.pinned:
                return None
            sprint += 1
        else:
            return None
        if alone:
            closed.add(sprint)
        load[sprint] += max(1, units(pr.hours))
        by_owner[sprint, pr.owner] += units(pr.hours)
        plan[number] = sprint
    return plan


def _owner_fits(capacity: Capacity, pr: PullRequest, has: int) -> bool:
    """Tell whether the owner of ``pr``, who ``has`` work in the sprint, can do it, too."""
    limit = capacity.by_owner.get(pr.owner)
    if limit is None or (capacity.over_owner(pr) and not has):
        return True
    return has + units(pr.hours) <= units(limit)


def _urgent_order(known: Mapping[int, PullRequest]) -> list[int]:
    urgency = {
        number: (pr.priority, -pr.cost_of_delay / max(pr.hours, 1 / UNITS))
        for number, pr in known.items()
    }
    waiting = {number: len(pr.depends_on) for number, pr in known.items()}
    after: dict[int, list[int]] = {number: [] for number in known}
    for number in sorted(known, reverse=True):
        for dependency in known[number].depends_on:
            urgency[dependency.on] = min(urgency[dependency.on], urgency[number])
            after[dependency.on].append(number)
    ready = [(urgency[number], number) for number, count in waiting.items() if not count]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, number = heapq.heappop(ready)
        ordered.append(number)
        for successor in after[number]:
            waiting[successor] -= 1
            if not waiting[successor]:
                heapq.heappush(ready, (urgency[successor], successor))
    return ordered


def _filled(known: Mapping[int, PullRequest], capacity: Capacity, nodes: int) -> Assignment:
    numbers = sorted(known)
    place = {number: index for index, number in enumerate(numbers)}
    pairs = [
        (place[dependency.on], place[number])
        for number in numbers
        for dependency in known[number].depends_on
    ]
    line = Line.of([units(known[n].hours) for n in numbers], pairs, units(capacity.hours))
    stations = fill(line, effort=nodes).stations
    return {
        numbers[task]: sprint for sprint, tasks in enumerate(stations, start=1) for task in tasks
    }


def last_sprint(plan: Assignment) -> int:
    """Return the number of the last sprint that ``plan`` uses."""
    return max(plan.values())
