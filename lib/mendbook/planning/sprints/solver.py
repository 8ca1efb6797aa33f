"""The CP-SAT model of one plan: a boolean for "this PR is done by the end of that sprint"."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ortools.sat.python import cp_model

from mendbook.errors import PlanningError
from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.bounds import least, least_load
from mendbook.planning.sprints.capacity import UNITS, Capacity, units
from mendbook.planning.sprints.first_plan import Assignment, delay, last_sprint, objectives
from mendbook.text.phrasing import count, listed

K = TypeVar("K")
V = TypeVar("V")

_LARGE = 900
"""PRs times sprints from which a plan is improved part by part, and not searched as a whole."""
_LONGEST = 100
"""Times what it may wait that a band may be late at most while a plan is mended."""
_URGENT = 4
"""Times the effort that P0 is worth, compared with what comes after."""
_TRIFLE = 0.0005
"""The share of an objective that a large plan is not searched for, at an effort of 1."""
_LEVELS = ("P0 earliest", "cost of delay", "fewest sprints", "even load")
_LOAD = 3
"""The place of the last."""


def _horizon(known: Mapping[int, PullRequest], capacity: Capacity, start: Assignment | None) -> int:
    """Return how many sprints to look at: one more than the start, or enough for one PR each."""
    if start:
        return last_sprint(start) + 1
    fixed = [*capacity.pinned.values(), *capacity.releases.values(), *capacity.by_sprint]
    return max(fixed, default=0) + len(known)


@dataclass(frozen=True, slots=True)
class Solved:
    """The best assignment found, and how good it is known to be."""

    assignment: Assignment
    status: str
    notes: tuple[str, ...]


class Solver:
    """The CP-SAT model of one plan, solved once for each objective in order."""

    def __init__(
        self,
        known: Mapping[int, PullRequest],
        capacity: Capacity,
        start: Assignment | None,
        effort: float,
        least_urgent: int = 0,
        rank: Assignment | None = None,
    ) -> None:
        """Prepare the model; the sprints of P0 sum to at least ``least_urgent``.

        The search begins at ``start``, and no band may wait longer than in ``rank``.
        """
        self._known = known
        self._capacity = capacity
        self._effort = effort
        self._proven = least_urgent
        self._least = least(known, capacity)
        self._trifle = _TRIFLE / effort if effort else 0.0
        self._start = start or {}
        self._rank = rank or self._start
        self._horizon = capacity.sprints or _horizon(known, capacity, start)
        self._model = cp_model.CpModel()
        self._by = {
            (number, sprint): self._model.new_bool_var(f"pr{number}_by{sprint}")
            for number in known
            for sprint in range(1, self._horizon + 1)
        }
        self._sprint = {
            number: 1 + sum(1 - self._by[number, sprint] for sprint in range(1, self._horizon + 1))
            for number in known
        }
        self._used = [
            self._model.new_bool_var(f"used{sprint}") for sprint in range(1, self._horizon + 1)
        ]
        self._most = self._model.new_int_var(0, units(self._ceiling()), "most")
        self._constrain()
        self._hint(self._start)

    def earliest(self) -> tuple[Assignment, int]:
        """Return the plan with P0 earliest that is found, and the bound on their sprints.

        Both are without regard to other bands: what is asked are the PRs of P0 and all before them.
        """
        objective = self._objectives()[0]
        solver = self._solver()
        self._model.minimize(objective)
        outcome = solver.solve(self._model)
        if outcome not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return self._start, 0
        return self._read(solver), math.ceil(solver.best_objective_bound - 1e-6)

    def mend(self, most_urgent: int) -> Assignment:
        """Return the plan whose bands wait least longer than they may, P0 within ``most_urgent``.

        The search only improves on the start: it is for plans too large to be solved as a whole.
        """
        self._model.add(self._objectives()[0] <= most_urgent)
        longer = [
            self._model.new_int_var(0, max(1, _LONGEST * waited), f"longer_{band}")
            for band, waited in self._waited().items()
        ]
        for excess, (band, waited) in zip(longer, self._waited().items(), strict=True):
            self._model.add(self._waiting(band) <= waited + excess)
        self._model.minimize(sum(longer))
        solver = self._improver()
        outcome = solver.solve(self._model)
        solved = outcome in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return self._read(solver) if solved else self._start

    def solve(self) -> Solved:
        """Solve the objectives in order, each within what those before it reached.

        Where the search's bound lets it find nothing, the start is the plan. Raises
        ``PlanningError`` where no plan keeps the constraints.
        """
        assignment = self._start
        for band, waited in self._waited().items():
            self._model.add(self._waiting(band) <= waited)
        gaps: list[str] = []
        for place, (level, objective) in enumerate(zip(_LEVELS, self._objectives(), strict=True)):
            has = objectives(self._known, self._capacity, assignment) if assignment else ()
            known = self._bound(place, has)
            improving = self._is_large and bool(self._start)
            if has and has[place] - known <= (self._trifle * has[place] if improving else 0):
                self._model.add(objective <= has[place])
                gaps += _gap(level, has[place], known)
                continue
            solver = self._improver() if improving else self._solver()
            self._model.minimize(objective)
            if self._proven and not place:
                self._model.add(objective >= known)  # the search need not again
                solver.parameters.max_deterministic_time *= _URGENT
            outcome = solver.solve(self._model)
            if outcome in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
                raise PlanningError(self._blame())
            if outcome == cp_model.UNKNOWN:
                gaps += _gap(level, has[place], known) if has else []
                continue
            assignment = self._read(solver)
            reached = round(solver.objective_value)
            bound = max(solver.best_objective_bound, known)
            if improving or outcome != cp_model.OPTIMAL:
                gaps += _gap(level, reached, bound)
            self._model.add(objective <= reached)
            self._hint(assignment)
        if not assignment:
            message = "no plan was found within the search's bound; raise the effort"
            raise PlanningError(message)
        floor = self._start or assignment
        best = min(
            (assignment, floor), key=lambda plan: objectives(self._known, self._capacity, plan)
        )
        status = f"feasible ({gaps[0]})" if gaps else "optimal"
        return Solved(best, status, tuple(gaps))

    def _bound(self, place: int, has: tuple[int, ...]) -> int:
        """Return what the objective at ``place`` is at least, where a plan that ``has`` others."""
        if place == _LOAD and has:
            return least_load(self._known, self._capacity, has[_LOAD - 1])
        return max(self._least[place], 0 if place else self._proven)

    def _solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = self._effort
        solver.parameters.random_seed = 1
        solver.parameters.catch_sigint_signal = False  # it would leave Ctrl-C deadly to the process
        # One worker on the tight linear relaxation proves in a second what two that share the time
        # do not in twenty; and it is deterministic.
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        return solver

    @property
    def _is_large(self) -> bool:
        """Whether the plan is too large to be searched as a whole in the time there is."""
        return len(self._by) > _LARGE

    def _improver(self) -> cp_model.CpSolver:
        """Return a solver that sets parts of the plan anew; it proves nothing."""
        solver = self._solver()
        solver.parameters.num_workers = 2
        solver.parameters.interleave_search = True
        solver.parameters.use_lns_only = True
        return solver

    def _in(self, number: int, sprint: int) -> cp_model.LinearExprT:
        """Return 1 where the PR is in ``sprint``: done by its end and not by the one before."""
        return self._by[number, sprint] - (self._by[number, sprint - 1] if sprint > 1 else 0)

    def _ceiling(self) -> float:
        capacities = [self._capacity.of(sprint) for sprint in range(1, self._horizon + 1)]
        return max([*capacities, *(pr.hours for pr in self._known.values())])

    def _constrain(self) -> None:
        model, by = self._model, self._by
        for number, pr in self._known.items():
            model.add(by[number, self._horizon] == 1)
            first = max(
                self._capacity.releases.get(number, 1), self._capacity.pinned.get(number, 1)
            )
            for sprint in range(1, self._horizon):
                model.add_implication(by[number, sprint], by[number, sprint + 1])
            for sprint in range(1, min(first, self._horizon + 1)):
                model.add(by[number, sprint] == 0)
            if number in self._capacity.pinned:
                model.add(by[number, min(first, self._horizon)] == 1)
            for dependency in pr.depends_on:
                for sprint in range(1, self._horizon + 1):
                    model.add_implication(by[number, sprint], by[dependency.on, sprint])
        for sprint in range(1, self._horizon + 1):
            self._constrain_sprint(sprint)

    def _constrain_sprint(self, sprint: int) -> None:
        model, used = self._model, self._used[sprint - 1]
        large = [n for n, pr in self._known.items() if self._capacity.oversize(pr)]
        small = [n for n in self._known if n not in set(large)]
        load = sum(units(self._known[n].hours) * self._in(n, sprint) for n in small)
        model.add(load <= units(self._capacity.of(sprint)) * used)
        model.add(load <= self._most)
        model.add(sum(self._in(n, sprint) for n in self._known) <= len(self._known) * used)
        for number in large:
            others = sum(self._in(other, sprint) for other in self._known if other != number)
            model.add(others <= len(self._known) * (1 - self._in(number, sprint)))
        for owner, hours in self._capacity.by_owner.items():
            own = [n for n in small if self._known[n].owner == owner]
            over = [n for n in own if self._capacity.over_owner(self._known[n])]
            alone = sum(self._in(n, sprint) for n in over)
            model.add(alone <= 1)
            model.add(
                sum(units(self._known[n].hours) * self._in(n, sprint) for n in own if n not in over)
                <= units(hours) * (1 - alone)
            )

    def _objectives(self) -> tuple[cp_model.LinearExprT, ...]:
        urgent = sum(
            self._sprint[number] for number, pr in self._known.items() if pr.priority is Priority.P0
        )
        delayed = sum(delay(pr) * self._sprint[number] for number, pr in self._known.items())
        return urgent, delayed, sum(self._used), self._most

    def _waited(self) -> dict[Priority, int]:
        """Return the cost of delay by the sprint of each band, as sprints are filled by rank."""
        by_band = {}
        for band in Priority:
            own = {n: delay(pr) for n, pr in self._known.items() if pr.priority is band}
            if waited := sum(weight * self._rank[n] for n, weight in own.items() if self._rank):
                by_band[band] = waited
        return by_band

    def _waiting(self, band: Priority) -> cp_model.LinearExprT:
        own = {n: delay(pr) for n, pr in self._known.items() if pr.priority is band}
        return sum(weight * self._sprint[n] for n, weight in own.items())

    def _hint(self, plan: Assignment) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for (number, sprint), variable in self._by.items():
            if number in plan:
                self._model.add_hint(variable, plan[number] <= sprint)

    def _read(self, solver: cp_model.CpSolver) -> Assignment:
        sprints = range(1, self._horizon + 1)
        return {
            number: 1 + sum(not solver.boolean_value(self._by[number, s]) for s in sprints)
            for number in self._known
        }

    def _blame(self) -> str:
        """Say which limits collide, and no others, and which sprint is short of how many hours."""
        short = self._short()
        colliding = self._colliding(short)
        limits = _limits(colliding, self._known)
        if not short:
            return f"no plan fits {listed(limits)}; loosen one of them"
        said = f"no plan fits {' and '.join([*filter(None, [listed(limits)]), _hours(colliding)])}"
        where = listed([f"sprint {sprint} by {hours:g} h" for sprint, hours in short.items()])
        return f"{said}: the least that they are exceeded is {where}; add hours or loosen one"

    def _colliding(self, short: Container[int]) -> Capacity:
        """Return the capacity with the limits left out that a plan fails without as well.

        The hours of sprints that are ``short`` stay.
        """
        capacity = self._capacity
        for owner in capacity.by_owner:
            fewer = replace(capacity, by_owner=_without(capacity.by_owner, owner))
            capacity = self._if_impossible(fewer, capacity)
        for number in capacity.pinned:
            fewer = replace(capacity, pinned=_without(capacity.pinned, number))
            capacity = self._if_impossible(fewer, capacity)
        for number in capacity.releases:
            fewer = replace(capacity, releases=_without(capacity.releases, number))
            capacity = self._if_impossible(fewer, capacity)
        for sprint in [each for each in capacity.by_sprint if each not in short]:
            fewer = replace(capacity, by_sprint=_without(capacity.by_sprint, sprint))
            capacity = self._if_impossible(fewer, capacity)
        return self._if_impossible(replace(capacity, sprints=0), capacity)

    def _if_impossible(self, without: Capacity, capacity: Capacity) -> Capacity:
        """Return ``without`` where no plan fits it either, else ``capacity``."""
        trial = Solver(self._known, without, None, self._effort)
        outcome = trial._solver().solve(trial._model)
        return without if outcome == cp_model.INFEASIBLE else capacity

    def _short(self) -> dict[int, float]:
        """Return the least overload there is: hours that sprints are exceeded by."""
        relaxed = Capacity(
            self._ceiling() * len(self._known) + 1,
            releases=self._capacity.releases,
            pinned=self._capacity.pinned,
            sprints=self._horizon,
        )
        elastic = Solver(self._known, relaxed, None, self._effort)
        over = []
        for sprint in range(1, self._horizon + 1):
            slack = elastic._model.new_int_var(0, units(relaxed.hours), f"over{sprint}")
            load = sum(
                units(pr.hours) * elastic._in(number, sprint)
                for number, pr in self._known.items()
                if not self._capacity.oversize(pr)
            )
            elastic._model.add(load <= units(self._capacity.of(sprint)) + slack)
            over.append(slack)
        elastic._model.minimize(sum(over))
        solver = elastic._solver()
        solver.solve(elastic._model)
        return {s: solver.value(v) / UNITS for s, v in enumerate(over, start=1) if solver.value(v)}


def _gap(level: str, reached: int, bound: float) -> list[str]:
    """Say how far what was ``reached`` may be from the best, if it may."""
    gap = (reached - bound) / max(1, abs(reached))
    return [f"{level}: at most {max(gap, 0.001):.1%} from the optimum"] if gap > 0 else []


def _without(limits: Mapping[K, V], key: K) -> dict[K, V]:
    return {one: held for one, held in limits.items() if one != key}


def _hours(capacity: Capacity) -> str:
    others = [f"{hours:g} h in sprint {sprint}" for sprint, hours in capacity.by_sprint.items()]
    return listed([f"{capacity.hours:g} h in a sprint", *others])


def _behind(pull_request: PullRequest) -> str:
    before = [f"PR {dependency.on}" for dependency in pull_request.depends_on]
    return f" behind {listed(before)}" if before else ""


def _limits(capacity: Capacity, known: Mapping[int, PullRequest]) -> list[str]:
    """Name the limits that are set, and no others."""
    owners = [f"the {hours:g} h of {owner}" for owner, hours in capacity.by_owner.items()]
    pins = [
        f"PR {number} in sprint {sprint}{_behind(known[number])}"
        for number, sprint in capacity.pinned.items()
    ]
    starts = [f"PR {n} not before sprint {sprint}" for n, sprint in capacity.releases.items()]
    most = [f"at most {count(capacity.sprints, 'sprint')}"] if capacity.sprints else []
    return [*owners, *pins, *starts, *most]
