"""Filling stations: whatever the tasks, a filling is feasible and its bound is a bound."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.planning.sprints.line_balancing import Line, fill, lower_bound


@st.composite
def lines(draw: st.DrawFn, most: int = 14) -> Line:
    """Draw a line whose precedence has no circle: a task may only follow smaller numbers."""
    times = draw(st.lists(st.integers(1, 100), min_size=1, max_size=most))
    pairs = [
        (before, after)
        for after in range(1, len(times))
        for before in draw(st.sets(st.integers(0, after - 1), max_size=2))
    ]
    return Line.of(times, pairs, cycle=draw(st.integers(max(times), 250)))


def _fewest(line: Line) -> int:
    """Count stations of the best task order, by trying every order."""
    best = len(line.times)
    for order in permutations(range(len(line.times))):
        done, stations, room = 0, 1, line.cycle
        for task in order:
            if line.predecessors[task] & ~done:
                break
            if line.times[task] > room:
                stations, room = stations + 1, line.cycle
            room -= line.times[task]
            done |= 1 << task
        else:
            best = min(best, stations)
    return best


@given(lines())
@settings(max_examples=60, deadline=None)
def test_a_filling_holds_every_task_once_within_the_cycle_and_in_order(line: Line) -> None:
    """Every task is in one station, no station is overfull, no task comes before its own."""
    stations = fill(line, effort=3_000).stations
    where = {task: place for place, tasks in enumerate(stations) for task in tasks}
    assert sorted(task for tasks in stations for task in tasks) == list(range(len(line.times)))
    assert all(sum(line.times[task] for task in tasks) <= line.cycle for tasks in stations)
    assert all(
        where[before] <= where[after]
        for after, mask in enumerate(line.predecessors)
        for before in range(len(line.times))
        if mask >> before & 1
    )


@given(lines(most=6))
@settings(max_examples=60, deadline=None)
def test_small_lines_are_filled_optimally_and_never_below_the_bound(line: Line) -> None:
    """On lines small enough to try every order, the filling is the best one."""
    fewest = _fewest(line)
    assert lower_bound(line) <= fewest
    assert len(fill(line).stations) == fewest


def test_the_same_line_is_filled_the_same_way() -> None:
    """Nothing in the search depends on a clock or on chance."""
    line = Line.of([17, 23, 42, 8, 31, 29, 12, 50, 7], [(0, 3), (1, 3), (3, 7), (2, 8)], 60)
    assert fill(line) == fill(line)


def test_a_task_longer_than_the_cycle_is_refused() -> None:
    """No station can hold it, so the caller hears which time is too long."""
    with pytest.raises(ValueError, match="a task of 61 does not fit a cycle of 60"):
        fill(Line.of([61], [], 60))
