"""The forecast: quantiles that follow from the ranges, and the same seed gives the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from mendbook.model import Priority, PullRequest, Quantiles
from mendbook.planning.forecast import draw_hours, forecast
from mendbook.planning.sprints.capacity import Capacity
from mendbook.planning.sprints.plan import plan_sprints
from planning_prs import pull_request, pull_requests


@given(pull_requests())
@settings(max_examples=25, deadline=None)
def test_quantiles_are_ordered_and_never_before_the_plan(prs: tuple[PullRequest, ...]) -> None:
    """P50 ≤ P85 ≤ P95, nothing is done before its planned sprint, remaining cost only falls."""
    plan = plan_sprints(prs, Capacity(15))
    found = forecast(prs, plan, Capacity(15), draws=200)
    planned = {f"PR {n}": sprint.number for sprint in plan.sprints for n in sprint.prs}
    for one in (found.finish, *found.bands, *found.prs):
        assert one.p50 <= one.p85 <= one.p95
        assert planned.get(one.name, 1) <= one.p50
    remaining = [middle for _, _, middle, _ in found.burn_down]
    assert remaining == sorted(remaining, reverse=True)
    assert found.burn_down[0][2] == pytest.approx(sum(pr.hours for pr in prs), abs=1e-3)
    assert remaining[-1] == 0


def test_the_same_seed_gives_the_same_forecast() -> None:
    """A forecast can be made again."""
    prs = tuple(pull_request(number, 9.5) for number in range(1, 6))
    plan = plan_sprints(prs, Capacity(10))
    assert forecast(prs, plan, Capacity(10)) == forecast(prs, plan, Capacity(10))


def test_certain_hours_finish_as_planned() -> None:
    """Without a range there is nothing to forecast: all quantiles are the plan's sprint."""
    certain = tuple(
        PullRequest(n, "fix: x", (f"F-{n}",), (), (), 10, 10, 10, Priority.P1, 1, "a")
        for n in (1, 2)
    )
    plan = plan_sprints(certain, Capacity(10))
    found = forecast(certain, plan, Capacity(10))
    assert found.finish == Quantiles("all", 2, 2, 2)
    assert found.cut == ((1, (1,)), (2, (1, 2)))


def test_a_sprint_filled_to_the_brim_is_likely_late() -> None:
    """A range that leans to the high side pushes the end beyond the plan."""
    prs = (pull_request(1, 10), pull_request(2, 10))
    found = forecast(prs, plan_sprints(prs, Capacity(10)), Capacity(10))
    assert found.finish == Quantiles("all", 3, 3, 3)


def test_draws_stay_in_their_range_around_the_pert_mean() -> None:
    """The mean of a PERT distribution is (low + 4 likely + high) / 6."""
    hours = draw_hours([pull_request(1, 10)], 20_000, np.random.default_rng(7))
    assert hours.min() >= 8
    assert hours.max() <= 15
    assert hours.mean() == pytest.approx((8 + 4 * 10 + 15) / 6, rel=0.01)


def test_draws_worked_off_some_at_a_time_are_those_drawn_at_once() -> None:
    """The numbers are those of all draws together: a roaster's dozen changes, counted plainly."""
    prs = tuple(pull_request(number, 3.5) for number in range(1, 13))
    capacity = Capacity(10)
    plan = plan_sprints(prs, capacity)
    hours = draw_hours(prs, 1300, np.random.default_rng(5))
    planned = {n: sprint.number for sprint in plan.sprints for n in sprint.prs}
    ordered = [n for sprint in plan.sprints for n in sprint.prs]
    ends = []
    for draw in hours:
        clock, done = 0.0, []
        for place, number in enumerate(ordered):
            clock = max(clock, 10.0 * (planned[number] - 1)) + draw[place]
            done.append(int(np.ceil((clock - 1e-9) / 10)))
        ends.append(done)
    found = forecast(prs, plan, capacity, draws=1300, seed=5)
    for place, number in enumerate(ordered):
        several = sorted(each[place] for each in ends)
        expected = [several[int(np.ceil(1300 * share)) - 1] for share in (0.5, 0.85, 0.95)]
        assert found.prs[place] == Quantiles(f"PR {number}", *expected)
    left = sorted(3.5 * sum(sprint > 2 for sprint in each) for each in ends)
    assert found.burn_down[2][2] == pytest.approx((left[649] + left[650]) / 2)
