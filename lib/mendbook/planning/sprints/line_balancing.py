"""Fill the fewest stations: the simple assembly line balancing problem (SALBP-1).

Tasks with times and precedence go into the fewest stations of a given cycle time; a predecessor
may share its successor's station. A sprint is a station, a pull request a task, the capacity the
cycle time.

Lower bounds are the bin-packing bounds LM1 to LM3 and the earliest-station bound of A. Scholl and
C. Becker, *State-of-the-art exact and heuristic solution procedures for simple assembly line
balancing*, EJOR 168/3 (2006). The search fills station after station as T. R. Hoffmann's heuristic
does (Management Science 9/4, 1963), keeps several partial fillings instead of one (bounded dynamic
programming: J. Bautista, J. Pereira, EJOR 194/3, 2009), weighs tasks as in A. T. Sternatz's
multi-Hoffmann heuristic (EJOR 235/3, 2014), and runs forward and backward. No clock and no
unseeded randomness: the same tasks give the same stations.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Line:
    """Tasks 0..n-1: integer ``times``, ``predecessors`` of each as a bit mask, a ``cycle``."""

    times: tuple[int, ...]
    predecessors: tuple[int, ...]
    cycle: int

    @classmethod
    def of(cls, times: Sequence[int], pairs: Sequence[tuple[int, int]], cycle: int) -> Line:
        """Return a line from ``(before, after)`` pairs of task numbers."""
        masks = [0] * len(times)
        for before, after in pairs:
            masks[after] |= 1 << before
        return cls(tuple(times), tuple(masks), cycle)

    def reversed(self) -> Line:
        """Return the line that runs the other way: successors become predecessors."""
        masks = [0] * len(self.times)
        for task, mask in enumerate(self.predecessors):
            for before in _bits(mask):
                masks[before] |= 1 << task
        return Line(self.times, tuple(masks), self.cycle)

    def ancestors(self) -> tuple[int, ...]:
        """Return all direct and indirect predecessors of each task as bit masks."""
        known: dict[int, int] = {}
        for task in self.order():
            mask = self.predecessors[task]
            known[task] = mask
            for before in _bits(mask):
                known[task] |= known[before]
        return tuple(known[task] for task in range(len(self.times)))

    def order(self) -> tuple[int, ...]:
        """Return the tasks in topological order, smallest number first."""
        waiting = {task: mask.bit_count() for task, mask in enumerate(self.predecessors)}
        after: list[list[int]] = [[] for _ in self.times]
        for task, mask in enumerate(self.predecessors):
            for before in _bits(mask):
                after[before].append(task)
        ready = [task for task, count in waiting.items() if not count]
        ordered: list[int] = []
        while ready:
            task = heapq.heappop(ready)
            ordered.append(task)
            for successor in after[task]:
                waiting[successor] -= 1
                if not waiting[successor]:
                    heapq.heappush(ready, successor)
        return tuple(ordered)


@dataclass(frozen=True, slots=True)
class Filling:
    """Stations in order, each a tuple of tasks, and the proven lower bound on their number."""

    stations: tuple[tuple[int, ...], ...]
    lower: int


def lower_bound(line: Line) -> int:
    """Return the largest of the bounds LM1, LM2, LM3 and the earliest-station bound."""
    if not line.times:
        return 0
    head = earliest(line)
    tail = earliest(line.reversed())
    own = max(a + b - 1 for a, b in zip(head, tail, strict=True))
    return max(_packing_bound(line.times, line.cycle), own)


def earliest(line: Line) -> tuple[int, ...]:
    """Return the first station (1-based) that each task can be in, by its ancestors' times."""
    return tuple(
        max(
            -(-(sum(line.times[before] for before in _bits(mask)) + time) // line.cycle),
            _packing_bound([line.times[b] for b in _bits(mask)] + [time], line.cycle),
        )
        for time, mask in zip(line.times, line.ancestors(), strict=True)
    )


def fill(line: Line, *, width: int = 24, effort: int = 500_000) -> Filling:
    """Return the best filling found within ``effort`` nodes of search.

    ``width`` partial fillings are kept at each station. A task longer than the cycle is a
    ``ValueError``: no station can hold it.
    """
    if max(line.times, default=0) > line.cycle:
        message = f"a task of {max(line.times)} does not fit a cycle of {line.cycle}"
        raise ValueError(message)
    lower = lower_bound(line)
    best: tuple[tuple[int, ...], ...] = tuple((task,) for task in line.order())
    budget = _Budget(effort)
    backward = line.reversed()
    for wide, weights in product((1, width // 4, width, width * 4), _WEIGHTS):
        for way in (line, backward):
            if len(best) == lower or not budget.left:
                return Filling(best, lower)
            stations = _beam(way, weights, max(1, wide), len(best), budget)
            if stations is not None and len(stations) < len(best):
                best = stations if way is line else tuple(reversed(stations))
    return Filling(best, lower)


_WEIGHTS = tuple(
    (alpha, beta, gamma)
    for gamma, beta, alpha in product((0.0, 0.02, 0.04), (0.0, 0.01, 0.03), (0.0, 0.01, 0.02))
)
"""Weights of a task's positional weight, its number of followers, and the cost of using a task."""


@dataclass(slots=True)
class _Budget:
    left: int

    def take(self, nodes: int) -> None:
        """Take away the nodes that were looked at."""
        self.left = max(0, self.left - nodes)


def _beam(
    line: Line, weights: tuple[float, float, float], width: int, limit: int, budget: _Budget
) -> tuple[tuple[int, ...], ...] | None:
    """Fill station by station, keeping ``width`` partial fillings; None if not below ``limit``."""
    values = _values(line, weights)
    everything = (1 << len(line.times)) - 1
    level: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    total = sum(line.times)
    for station in range(1, limit):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        slack = (limit - 1) * line.cycle - total
        for assigned, (value, loads) in level.items():
            left = budget.left
            used = sum(load_time(line, load) for load in loads)
            least = line.cycle - (slack - ((station - 1) * line.cycle - used))
            for load in _loads(line, assigned, values, least, max(400, 6000 // width), budget):
                done = assigned | load
                if done == everything:
                    return tuple(tuple(_bits(mask)) for mask in (*loads, load))
                gain = value + sum(values[task] for task in _bits(load))
                if done not in following or following[done][0] < gain:
                    following[done] = (gain, (*loads, load))
            if not left:
                return None
        if not following:
            return None
        level = dict(
            heapq.nlargest(width, following.items(), key=lambda item: (item[1][0], item[0]))
        )
    return None


def load_time(line: Line, load: int) -> int:
    """Return the time of all tasks in the bit mask ``load``."""
    return sum(line.times[task] for task in _bits(load))


def _values(line: Line, weights: tuple[float, float, float]) -> tuple[float, ...]:
    """Return what assigning each task is worth: time, positional weight, followers (Sternatz)."""
    alpha, beta, gamma = weights
    followers = line.reversed().ancestors()
    return tuple(
        time
        + alpha * (time + load_time(line, mask))
        + beta * line.cycle * mask.bit_count()
        - gamma * line.cycle
        for time, mask in zip(line.times, followers, strict=True)
    )


def _loads(
    line: Line, assigned: int, values: Sequence[float], least: int, nodes: int, budget: _Budget
) -> Iterator[int]:
    """Yield maximal loads of at least ``least`` for the next station, best tasks first."""
    times, predecessors = line.times, line.predecessors
    start = sorted(
        (
            task
            for task in range(len(times))
            if not assigned >> task & 1 and not predecessors[task] & ~assigned
        ),
        key=lambda task: -values[task],
    )
    open_tasks = [
        task for task in range(len(times)) if not assigned >> task & 1 and task not in set(start)
    ]
    stack: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = [
        (0, line.cycle, tuple(start), ())
    ]
    visited = 0
    while stack and visited < nodes:
        load, idle, candidates, excluded = stack.pop()
        visited += 1
        fitting = [task for task in candidates if times[task] <= idle]
        if not fitting:
            if line.cycle - idle >= least and all(times[task] > idle for task in excluded):
                yield load
            continue
        branches = []
        for place, task in enumerate(fitting):
            held = load | 1 << task
            done = assigned | held
            freed = [
                other
                for other in open_tasks
                if predecessors[other] >> task & 1 and not predecessors[other] & ~done
            ]
            branches.append(
                (
                    held,
                    idle - times[task],
                    (*fitting[place + 1 :], *sorted(freed, key=lambda t: -values[t])),
                    (*excluded, *fitting[:place]),
                )
            )
        stack.extend(reversed(branches))
    budget.take(visited)


def _packing_bound(times: Sequence[int], cycle: int) -> int:
    """Return the largest of LM1 (sum), LM2 (halves) and LM3 (thirds), all in exact integers."""
    total = -(-sum(times) // cycle)
    halves = sum(2 * (2 * time > cycle) + (2 * time == cycle) for time in times)
    thirds = 0
    for time in times:
        if 3 * time > 2 * cycle:
            thirds += 6
        elif 3 * time == 2 * cycle:
            thirds += 4
        elif 3 * time > cycle:
            thirds += 3
        elif 3 * time == cycle:
            thirds += 2
    return max(total, -(-halves // 2), -(-thirds // 6))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
