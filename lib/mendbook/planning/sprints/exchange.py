"""Make a plan better by small exchanges: one PR to another sprint, or two that change places.

The search is a plain descent in a fixed order, without clock and chance: the same plan gives the
same plan. It keeps capacities, owners' hours, dependencies, releases and pins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.capacity import Capacity, units
from mendbook.planning.sprints.first_plan import Assignment, delay

Moves = tuple[tuple[int, int], ...]
"""PRs and the sprint that each goes to, at one stroke."""
_TRIES = 400_000
"""Exchanges looked at; some seconds for five hundred PRs."""
_CHEAP = 15
"""PRs of a sprint of which two are looked at that may leave it together."""


@dataclass(frozen=True, slots=True)
class Aims:
    """What an exchange is judged by: weights of P0's sprints and of bands that wait longer."""

    urgent: int
    longer: int


P0_FIRST = Aims(urgent=10**9, longer=10**4)
BANDS_FIRST = Aims(urgent=10**6, longer=10**10)


class Exchange:
    """A plan under change, with all that tells what an exchange costs."""

    def __init__(
        self,
        known: Mapping[int, PullRequest],
        capacity: Capacity,
        plan: Assignment,
        rank: Assignment,
        aims: Aims,
    ) -> None:
        """Begin at ``plan``; no band is to wait longer than in ``rank``."""
        self.plan = dict(plan)
        self._known, self._capacity, self._aims = known, capacity, aims
        self._hours = {number: units(pr.hours) for number, pr in known.items()}
        self._delay = {number: delay(pr) for number, pr in known.items()}
        self._before = {n: [each.on for each in pr.depends_on] for n, pr in known.items()}
        self._after: dict[int, list[int]] = {number: [] for number in known}
        for number, several in self._before.items():
            for other in several:
                self._after[other].append(number)
        self._load: Counter[int] = Counter()
        self._theirs: Counter[tuple[int, str]] = Counter()
        self._longer: Counter[Priority] = Counter()
        for number, sprint in self.plan.items():
            self._load[sprint] += self._hours[number]
            self._theirs[sprint, known[number].owner] += self._hours[number]
            moved = self._delay[number] * (sprint - rank[number])
            self._longer[known[number].priority] += moved
        self._movable = [number for number in sorted(known) if self._may_move(number)]

    def descend(self, share: float = 1.0) -> Assignment:
        """Return the plan that no exchange makes better, or the best within ``share`` of tries."""
        left = round(_TRIES * share)
        better = True
        while better and left > 0:
            better = False
            for moves in self._exchanges():
                left -= 1
                if left <= 0:
                    break
                better |= self._try(moves)
        return self.plan

    @property
    def waits_longer(self) -> bool:
        """Whether some band waits longer than in the plan that sets the limit."""
        return any(excess > 0 for excess in self._longer.values())

    def _may_move(self, number: int) -> bool:
        pr = self._known[number]
        fixed = number in self._capacity.pinned or self._capacity.oversize(pr)
        return not fixed and not self._capacity.over_owner(pr)

    def _exchanges(self) -> Iterator[Moves]:
        """Yield what may be exchanged: one PR for none, for one, and for two cheap ones."""
        for number in self._movable:
            for sprint in range(1, self.plan[number]):  # a later one never makes a plan better
                yield ((number, sprint),)
        for place, number in enumerate(self._movable):
            for other in self._movable[place + 1 :]:
                yield (number, self.plan[other]), (other, self.plan[number])
        for number in self._movable:
            if self._longer[self._known[number].priority] > 0:
                for sprint in range(1, self.plan[number]):
                    for one, two in combinations(self._cheapest(sprint), 2):
                        here = self.plan[number]
                        yield (number, sprint), (one, here), (two, here)

    def _cheapest(self, sprint: int) -> list[int]:
        """Return the PRs of ``sprint`` that cost least by the hour to leave it."""
        own = [n for n in self._movable if self.plan[n] == sprint]
        own = [n for n in own if self._known[n].priority is not Priority.P0]
        spare = [n for n in own if self._longer[self._known[n].priority] <= 0]
        return sorted(spare, key=lambda n: (self._delay[n] / max(1, self._hours[n]), n))[:_CHEAP]

    def _try(self, moves: Moves) -> bool:
        """Make the exchange if it is allowed and better."""
        if all(self.plan[number] == sprint for number, sprint in moves):
            return False
        if self._gain(moves) >= 0 or not self._fits(moves):
            return False
        for number, sprint in moves:
            self._move(number, sprint)
        return True

    def _gain(self, moves: Moves) -> int:
        """Return what the exchange adds to the cost of the plan; below 0 is better."""
        changes: dict[Priority, int] = {}
        urgent = total = 0
        for number, sprint in moves:
            band, by = self._known[number].priority, sprint - self.plan[number]
            changes[band] = changes.get(band, 0) + self._delay[number] * by
            total += self._delay[number] * by
            urgent += by if band is Priority.P0 else 0
        longer = sum(
            max(0, self._longer[band] + change) - max(0, self._longer[band])
            for band, change in changes.items()
        )
        return self._aims.urgent * urgent + self._aims.longer * longer + total

    def _fits(self, moves: Moves) -> bool:
        load: dict[int, int] = {}
        theirs: dict[tuple[int, str], int] = {}
        for number, sprint in moves:
            owner, hours = self._known[number].owner, self._hours[number]
            for where, by in ((sprint, hours), (self.plan[number], -hours)):
                load[where] = load.get(where, 0) + by
                theirs[where, owner] = theirs.get((where, owner), 0) + by
        for sprint, by in load.items():
            held = units(self._capacity.of(sprint))
            if self._load[sprint] > held or (by > 0 and self._load[sprint] + by > held):
                return False
        limits = self._capacity.by_owner
        if any(
            by > 0 and self._theirs[key] + by > units(limits[key[1]])
            for key, by in theirs.items()
            if key[1] in limits
        ):
            return False
        moved = dict(moves)
        return all(self._in_order(number, sprint, moved) for number, sprint in moves)

    def _in_order(self, number: int, sprint: int, moved: Mapping[int, int]) -> bool:
        if sprint < self._capacity.releases.get(number, 1):
            return False
        plan = self.plan
        return all(moved.get(n, plan[n]) <= sprint for n in self._before[number]) and all(
            moved.get(n, plan[n]) >= sprint for n in self._after[number]
        )

    def _move(self, number: int, sprint: int) -> None:
        pr, here = self._known[number], self.plan[number]
        self.plan[number] = sprint
        self._load[here] -= self._hours[number]
        self._load[sprint] += self._hours[number]
        self._theirs[here, pr.owner] -= self._hours[number]
        self._theirs[sprint, pr.owner] += self._hours[number]
        self._longer[pr.priority] += self._delay[number] * (sprint - here)
