"""Put pull requests into sprints: CP-SAT, lexicographic, deterministic, from a greedy start.

Objectives in order: P0 as early as possible; the cost of delay times the sprint, summed; the
fewest sprints; the evenest load. The search is bounded by OR-tools' deterministic time, not by a
clock, so that the same pull requests always give the same plan.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from mendbook.errors import PlanningError
from mendbook.model import Priority, PullRequest, Sprint, SprintPlan
from mendbook.planning.capacity import UNITS, Capacity, check, units
from mendbook.planning.stations import Line, fill

Assignment = dict[int, int]
"""PR number to sprint number, both 1-based."""

_LEVELS = ("P0 earliest", "cost of delay", "fewest sprints", "even load")


def plan_sprints(
    pull_requests: Sequence[PullRequest],
    capacity: Capacity,
    *,
    effort: float = 0.5,
    nodes: int = 30_000,
) -> SprintPlan:
    """Return the sprints of ``pull_requests`` under ``capacity``.

    ``effort`` bounds each objective's search in OR-tools' deterministic seconds, ``nodes`` the
    search for a start with few sprints. A PR that alone exceeds a sprint gets one of its own, and
    the sprint says so. ``PlanningError`` names the constraint that makes a plan impossible.
    """
    if not pull_requests:
        return SprintPlan((), "greedy", "optimal", ("There is nothing to plan.",))
    known = {pr.number: pr for pr in pull_requests}
    check(known, capacity)
    start = best_start(known, capacity, nodes)
    solved = _Solver(known, capacity, start, effort).solve()
    return SprintPlan(
        _sprints(known, capacity, solved.assignment), "cp-sat", solved.status, solved.notes
    )


def best_start(
    known: Mapping[int, PullRequest], capacity: Capacity, nodes: int = 30_000
) -> Assignment | None:
    """Return the better of the greedy plan and the station filling, or None if neither fits.

    Better is fewer sprints only where the greedy plan would be longer; the solver improves on
    the order from there.
    """
    greedy = greedy_plan(known, capacity)
    plain = capacity.plain and not any(capacity.oversize(pr) for pr in known.values())
    filled = _filled(known, capacity, nodes) if plain else None
    found = [plan for plan in (greedy, filled) if plan is not None]
    found = [plan for plan in found if not capacity.sprints or _last(plan) <= capacity.sprints]
    return min(found, key=_last, default=None)


def greedy_plan(known: Mapping[int, PullRequest], capacity: Capacity) -> Assignment | None:
    """Put each PR into the first sprint that has room and follows its dependencies.

    Next is always the PR that is most urgent, by its own band and cost of delay an hour or by
    those of what waits for it.
    """
    load: Counter[int] = Counter()
    by_owner: Counter[tuple[int, str]] = Counter()
    closed: set[int] = set()
    plan: Assignment = {}
    for number in _urgent_order(known):
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
                and by_owner[sprint, pr.owner] + units(pr.hours)
                <= units(capacity.by_owner.get(pr.owner, capacity.of(sprint)))
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


def _last(plan: Assignment) -> int:
    return max(plan.values())


def _horizon(known: Mapping[int, PullRequest], capacity: Capacity, start: Assignment | None) -> int:
    """Return how many sprints to look at: one more than the start, or enough for one PR each."""
    if start:
        return _last(start) + 1
    fixed = [*capacity.pinned.values(), *capacity.releases.values(), *capacity.by_sprint]
    return max(fixed, default=0) + len(known)


@dataclass(frozen=True, slots=True)
class _Solved:
    assignment: Assignment
    status: str
    notes: tuple[str, ...]


class _Solver:
    """The CP-SAT model of one plan, solved once for each objective in order."""

    def __init__(
        self,
        known: Mapping[int, PullRequest],
        capacity: Capacity,
        start: Assignment | None,
        effort: float,
    ) -> None:
        self._known = known
        self._capacity = capacity
        self._effort = effort
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
        self._hint(start or {})

    def solve(self) -> _Solved:
        """Solve the objectives in order, each within what those before it reached."""
        assignment: Assignment = {}
        gaps: list[str] = []
        for level, objective in zip(_LEVELS, self._objectives(), strict=True):
            solver = self._solver()
            self._model.minimize(objective)
            outcome = solver.solve(self._model)
            if outcome in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
                raise PlanningError(self._blame())
            if outcome == cp_model.UNKNOWN:
                gaps.append(f"{level}: no better plan was found within the search's bound")
                continue
            assignment = self._read(solver)
            reached, bound = round(solver.objective_value), solver.best_objective_bound
            if outcome != cp_model.OPTIMAL:
                gap = (reached - bound) / max(1.0, abs(reached))
                gaps.append(f"{level}: at most {gap:.1%} from the optimum")
            self._model.add(objective <= reached)
            self._hint(assignment)
        if not assignment:
            message = "no plan was found within the search's bound; raise the effort"
            raise PlanningError(message)
        status = f"feasible ({gaps[0]})" if gaps else "optimal"
        return _Solved(assignment, status, tuple(gaps))

    def _solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = self._effort
        solver.parameters.random_seed = 1
        solver.parameters.num_workers = 2
        solver.parameters.interleave_search = True

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
            model.add(
                sum(units(self._known[n].hours) * self._in(n, sprint) for n in own) <= units(hours)
            )

    def _objectives(self) -> tuple[cp_model.LinearExprT, ...]:
        urgent = sum(
            self._sprint[number] for number, pr in self._known.items() if pr.priority is Priority.P0
        )
        delay = sum(
            max(0, round(pr.cost_of_delay * 10)) * self._sprint[number]
            for number, pr in self._known.items()
        )
        return urgent, delay, sum(self._used), self._most

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
        """Say which sprint or owner is short of how many hours: the least overload there is."""
        relaxed = Capacity(
            self._ceiling() * len(self._known) + 1,
            releases=self._capacity.releases,
            pinned=self._capacity.pinned,
            sprints=self._horizon,
        )
        elastic = _Solver(self._known, relaxed, None, self._effort)
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
        short = {s: solver.value(v) / UNITS for s, v in enumerate(over, start=1) if solver.value(v)}
        if not short:
            limits = ", ".join(f"{o} {h:g} h" for o, h in self._capacity.by_owner.items())
            return f"no plan fits the owners' limits ({limits}); raise one or add sprints"
        where = ", ".join(f"sprint {sprint} by {hours:g} h" for sprint, hours in short.items())
        return f"no plan fits: the least that sprints are exceeded is {where}; add capacity there"


def _sprints(
    known: Mapping[int, PullRequest], capacity: Capacity, assignment: Assignment
) -> tuple[Sprint, ...]:
    made = []
    for number in sorted(set(assignment.values())):
        prs = [known[n] for n in sorted(known) if assignment[n] == number]
        alone = prs[0] if len(prs) == 1 and capacity.oversize(prs[0]) else None
        made.append(
            Sprint(
                number=number,
                focus=focus(prs),
                prs=tuple(pr.number for pr in prs),
                hours=round(sum(pr.hours for pr in prs), 2),
                capacity=capacity.of(number),
                over_capacity=(
                    f"PR {alone.number} alone takes {alone.hours:g} h; split it or give it a "
                    "longer sprint"
                    if alone
                    else ""
                ),
            )
        )
    return tuple(made)


_KINDS = {
    "fix": "fixes",
    "perf": "performance",
    "refactor": "architecture",
    "test": "tests",
    "docs": "docs",
    "chore": "housekeeping",
    "feat": "features",
    "build": "dependencies",
}


def focus(prs: Sequence[PullRequest]) -> str:
    """Name a sprint from what is in it: its most urgent band, kinds of change, and scopes."""
    kinds: Counter[str] = Counter()
    scopes: Counter[str] = Counter()
    for pr in prs:
        head = pr.title.partition(":")[0]
        kind, _, scope = head.partition("(")
        kinds[_KINDS.get(kind.strip().rstrip("!"), "changes")] += units(pr.hours) + 1
        if scope:
            scopes[scope.rstrip(")!")] += units(pr.hours) + 1
    named = " and ".join(kind for kind, _ in _top(kinds, 2))
    where = ", ".join(scope for scope, _ in _top(scopes, 3))
    words = f"{min(pr.priority for pr in prs)} {named}"
    return f"{words}: {where}" if where else words


def _top(counted: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
