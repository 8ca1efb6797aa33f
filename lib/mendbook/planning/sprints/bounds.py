"""What no plan can be better than, told without a search: work poured into sprints like water.

Every limit but the hours of sprints is left away, and a PR may be cut in two. Of weights times
sprints, summed, the least is then reached by the order of weight an hour (W. E. Smith, Various
optimizers for single-stage production, 1956).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.capacity import Capacity, units
from mendbook.planning.sprints.first_plan import delay


def least(known: Mapping[int, PullRequest], capacity: Capacity) -> tuple[int, ...]:
    """Return bounds from below on ``first_plan.objectives`` of every plan, in their order."""
    urgent = {n: int(pr.priority is Priority.P0) for n, pr in known.items()}
    delays = {n: delay(pr) for n, pr in known.items()}
    small = [units(pr.hours) for pr in known.values() if not capacity.oversize(pr)]
    return (
        _poured(known, capacity, urgent),
        _poured(known, capacity, delays),
        len(known) - len(small) + _fewest(sum(small), capacity),
        max(small, default=0),
    )


def least_load(known: Mapping[int, PullRequest], capacity: Capacity, sprints: int) -> int:
    """Return a bound from below on the fullest of so many ``sprints``, in units."""
    small = [units(pr.hours) for pr in known.values() if not capacity.oversize(pr)]
    shared = max(1, sprints - (len(known) - len(small)))
    return max(ceil(sum(small) / shared), max(small, default=0))


def _poured(
    known: Mapping[int, PullRequest], capacity: Capacity, weights: Mapping[int, int]
) -> int:
    """Return the least sum of weight times sprint where what weighs most an hour is done first."""
    total, sprint, free = 0.0, 1, units(capacity.of(1))
    light = [n for n in known if capacity.oversize(known[n]) or not units(known[n].hours)]
    poured = [n for n in known if weights[n] and n not in set(light)]
    for number in sorted(poured, key=lambda n: -weights[n] / units(known[n].hours)):
        whole = left = units(known[number].hours)
        while left:
            if not free:
                sprint += 1
                free = units(capacity.of(sprint))
                continue
            part = min(left, free)
            total += weights[number] * sprint * part / whole
            left, free = left - part, free - part
    return ceil(total + sum(weights[n] for n in light) - 1e-6)


def _fewest(work: int, capacity: Capacity) -> int:
    """Return how many of the largest sprints hold ``work``."""
    usual = units(capacity.hours)
    larger = [units(hours) for hours in capacity.by_sprint.values() if units(hours) > usual]
    for number, free in enumerate(sorted(larger, reverse=True)):
        if work <= 0:
            return number
        work -= free
    return len(larger) + max(0, ceil(work / usual))
