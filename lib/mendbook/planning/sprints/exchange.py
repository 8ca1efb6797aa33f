"""Make a plan better by small exchanges: one PR to another sprint, or two that change places.

The search is a plain descent in a fixed order, without clock and chance: the same plan gives the
same plan. It keeps capacities, owners' hours, dependencies, releases and pins. Exchanges of one PR
with all others are judged at one stroke, by arrays; what they leave is judged one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.capacity import Capacity, units
from mendbook.planning.sprints.first_plan import Assignment, delay

Numbers = NDArray[np.int64]
Moves = tuple[tuple[int, int], ...]
"""PRs and the sprint that each goes to, at one stroke."""
_BANDS = tuple(Priority)
_P0 = _BANDS.index(Priority.P0)
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


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the movable PRs are and cost, in their order, and what sprints and bands have left."""

    at: Numbers
    hours: Numbers
    delay: Numbers
    band: Numbers
    """Places in ``_BANDS``."""
    free: Numbers
    """Units free by sprint; below 0 where a sprint holds more than it should."""
    longer: Numbers
    """By band, as places in ``_BANDS``."""
    aims: Aims

    def move(self, place: int, sprint: int) -> None:
        """Put the PR at ``place`` into ``sprint``."""
        here, hours = self.at[place], self.hours[place]
        self.longer[self.band[place]] += self.delay[place] * (sprint - here)
        self.free[here] += hours
        self.free[sprint] -= hours
        self.at[place] = sprint

    def promising(self, place: int, targets: Numbers, others: Numbers) -> Numbers:
        """Return which exchanges are better and within the sprints' hours.

        The PR at ``place`` goes to a target; those in the column of ``others``, that are there,
        come to where it is.
        """
        by = targets - self.at[place]
        changes = np.zeros((len(_BANDS), len(by)), np.int64)
        changes[self.band[place]] = self.delay[place] * by
        columns = np.arange(len(by))
        for row in others:
            changes[self.band[row], columns] -= self.delay[row] * by
        urgent = by * (int(self.band[place] == _P0) - (self.band[others] == _P0).sum(0))
        longer = np.maximum(0, self.longer[:, None] + changes).sum(0)
        longer -= np.maximum(0, self.longer).sum()
        gain = self.aims.urgent * urgent + self.aims.longer * longer + changes.sum(0)
        more = self.hours[place] - self.hours[others].sum(0)
        free, here = self.free[targets], self.free[self.at[place]]
        fits = (free >= np.maximum(0, more)) & (here >= np.maximum(0, -more))
        return np.flatnonzero((gain < 0) & fits)


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
        self._place = {number: place for place, number in enumerate(self._movable)}
        self._rows = _Rows(
            at=_numbers(self.plan[n] for n in self._movable),
            hours=_numbers(self._hours[n] for n in self._movable),
            delay=_numbers(self._delay[n] for n in self._movable),
            band=_numbers(_BANDS.index(known[n].priority) for n in self._movable),
            free=_numbers(
                units(capacity.of(sprint)) - self._load[sprint]
                for sprint in range(max(self.plan.values(), default=0) + 1)
            ),
            longer=_numbers(self._longer[band] for band in _BANDS),
            aims=aims,
        )
        self._cheap: dict[int, list[int]] = {}
        self._left = 0

    def descend(self, share: float = 1.0) -> Assignment:
        """Return the plan that no exchange makes better, or the best within ``share`` of tries."""
        self._left = round(_TRIES * share) - 1
        while self._left > 0 and any([self._ones(), self._twos(), self._threes()]):
            pass
        return self.plan

    def _ones(self) -> bool:
        """Move single PRs to an earlier sprint; a later one never makes a plan better."""
        better = False
        for number in self._movable:
            for sprint in range(1, self.plan[number]):
                if self._left <= 0:
                    return better
                self._left -= 1
                better |= self._try(((number, sprint),))
        return better

    def _twos(self) -> bool:
        """Let two PRs change places."""
        better = False
        for place, number in enumerate(self._movable):
            others = np.arange(place + 1, len(self._movable))
            while len(others) and self._left > 0:
                index = self._first(number, self._rows.at[others], others[None])
                better |= index is not None
                others = others[len(others) if index is None else index + 1 :]
        return better

    def _threes(self) -> bool:
        """Move a PR whose band waits longer to an earlier sprint, and two cheap ones from there."""
        better = False
        for number in self._movable:
            if self._longer[self._known[number].priority] <= 0:
                continue
            for sprint in range(1, self.plan[number]):
                own = _numbers(self._place[n] for n in self._cheapest(sprint))
                pairs = np.array(np.triu_indices(len(own), 1))
                others = own[pairs]
                index = self._first(number, np.full(others.shape[1], sprint), others)
                if index is not None:
                    better = True
                    self._one_by_one(number, sprint, others[:, index + 1 :])
        return better

    def _first(self, number: int, targets: Numbers, others: Numbers) -> int | None:
        """Make the first allowed and better of some exchanges; return which, None without one.

        Each column of ``others`` are places in the movable PRs that stand in the sprint that
        ``targets`` names; they change places with ``number``.
        """
        others = others[:, : self._left]
        targets = targets[: self._left]
        here = self.plan[number]
        for column in self._rows.promising(self._place[number], targets, others):
            leaving = tuple((self._movable[place], here) for place in others[:, column])
            moves = ((number, int(targets[column])), *leaving)
            if self._fits(moves):
                self._make(moves)
                self._left -= int(column) + 1
                return int(column)
        self._left -= others.shape[1]
        return None

    def _one_by_one(self, number: int, sprint: int, others: Numbers) -> None:
        """Try what is left of some exchanges one by one: the first that was made changed them."""
        for one, two in others.T:
            if self._left <= 0:
                return
            self._left -= 1
            here = self.plan[number]
            self._try(((number, sprint), (self._movable[one], here), (self._movable[two], here)))

    @property
    def waits_longer(self) -> bool:
        """Whether some band waits longer than in the plan that sets the limit."""
        return any(excess > 0 for excess in self._longer.values())

    def _may_move(self, number: int) -> bool:
        pr = self._known[number]
        fixed = number in self._capacity.pinned or self._capacity.oversize(pr)
        return not fixed and not self._capacity.over_owner(pr)

    def _cheapest(self, sprint: int) -> list[int]:
        """Return the PRs of ``sprint`` that cost least by the hour to leave it."""
        if sprint not in self._cheap:
            self._cheap[sprint] = self._cheapest_now(sprint)
        return self._cheap[sprint]

    def _cheapest_now(self, sprint: int) -> list[int]:
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
        self._make(moves)
        return True

    def _make(self, moves: Moves) -> None:
        for number, sprint in moves:
            self._move(number, sprint)
        self._cheap.clear()

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
        self._rows.move(self._place[number], sprint)
