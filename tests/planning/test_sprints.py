"""Sprints: the invariants of every plan, the order of objectives, and refusals with a culprit."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.errors import PlanningError
from mendbook.model import ChangeKind, Priority, PullRequest, SprintPlan
from mendbook.planning.sprints.bounds import least, least_load
from mendbook.planning.sprints.capacity import Capacity
from mendbook.planning.sprints.first_plan import delay, greedy_plan, objectives
from mendbook.planning.sprints.plan import QUICK, focus, plan_sprints
from planning_prs import pull_request, pull_requests

P0, P1, P3 = Priority.P0, Priority.P1, Priority.P3


def _sprint_of(plan: SprintPlan) -> dict[int, int]:
    return {number: sprint.number for sprint in plan.sprints for number in sprint.prs}


@given(pull_requests(), st.integers(2, 12))
@settings(max_examples=25, deadline=None)
def test_every_plan_keeps_the_invariants(prs: tuple[PullRequest, ...], capacity: int) -> None:
    """Each PR once, hours are sums, no sprint too full unless one PR alone is, order kept."""
    plan = plan_sprints(prs, Capacity(capacity))
    known = {pr.number: pr for pr in prs}
    where = _sprint_of(plan)
    assert sorted(number for sprint in plan.sprints for number in sprint.prs) == sorted(known)
    for sprint in plan.sprints:
        assert sprint.hours == pytest.approx(sum(known[n].hours for n in sprint.prs))
        too_full = sprint.hours > sprint.capacity + 1e-9
        assert too_full == bool(sprint.over_capacity)
        assert not too_full or len(sprint.prs) == 1
        assert list(sprint.prs) == sorted(sprint.prs)
    for pr in prs:
        assert all(where[dependency.on] <= where[pr.number] for dependency in pr.depends_on)
    assert plan_sprints(prs, Capacity(capacity)) == plan


@given(pull_requests(), st.integers(15, 30))
@settings(max_examples=12, deadline=None)
def test_the_solver_is_never_worse_than_the_greedy_plan(
    prs: tuple[PullRequest, ...], capacity: int
) -> None:
    """P0 first, then cost of delay: the solved plan is lexicographically at least as good."""
    known = {pr.number: pr for pr in prs}
    greedy = greedy_plan(known, Capacity(capacity))
    assert greedy is not None
    solved = _sprint_of(plan_sprints(prs, Capacity(capacity)))
    costs = [
        (
            sum(plan[pr.number] for pr in prs if pr.priority is P0),
            round(sum(plan[pr.number] * pr.cost_of_delay for pr in prs), 6),
        )
        for plan in (solved, greedy)
    ]
    assert costs[0] <= costs[1]


def test_p0_comes_before_anything_that_costs_more() -> None:
    """One P0 goes first however much the delay of cheaper bands would cost."""
    prs = (
        pull_request(1, 8, priority=P3, cost=100),
        pull_request(2, 8, priority=P3, cost=100),
        pull_request(3, 8, priority=P0, cost=1),
    )
    assert _sprint_of(plan_sprints(prs, Capacity(8)))[3] == 1


def test_what_costs_more_by_the_sprint_comes_first() -> None:
    """Within a band, the sum of cost of delay times sprint is the least there is."""
    prs = (pull_request(1, 8, cost=1), pull_request(2, 8, cost=9), pull_request(3, 8, cost=5))
    plan = plan_sprints(prs, Capacity(8))
    assert [sprint.prs for sprint in plan.sprints] == [(2,), (3,), (1,)]
    assert (plan.method, plan.status) == ("cp-sat", "optimal")


def test_a_pr_larger_than_a_sprint_is_alone_and_said_to_be() -> None:
    """The sprint that it fills says which PR it is and what to do."""
    prs = (pull_request(1, 2), pull_request(2, 50, cost=0.5), pull_request(3, 2))
    plan = plan_sprints(prs, Capacity(40))
    alone = next(sprint for sprint in plan.sprints if 2 in sprint.prs)
    assert alone.prs == (2,)
    assert alone.over_capacity == "PR 2 alone takes 50 h; split it or give it a longer sprint"


def test_a_pr_larger_than_its_owners_limit_pushes_nobody_out() -> None:
    """It is its owner's only one in its sprint, over the limit, and that is said."""
    prs = (
        pull_request(1, 3.5, owner="a"),
        pull_request(2, 3, owner="b"),
        pull_request(3, 1, owner="a"),
    )
    plan = plan_sprints(prs, Capacity(20, by_owner={"a": 3}))
    at = _sprint_of(plan)
    assert at[2] == 1
    assert {at[1], at[3]} == {1, 2}
    (over,) = [sprint for sprint in plan.sprints if 1 in sprint.prs]
    assert over.over_capacity == "PR 1 takes 3.5 h of a's 3 h; split it or give a more"


@given(pull_requests(), st.sampled_from([4.0, 10.0, 20.0]))
@settings(max_examples=15, deadline=None)
def test_no_plan_is_worse_than_filling_sprints_by_rank(
    prs: tuple[PullRequest, ...], hours: float
) -> None:
    """By the objectives in their order, and band by band, however little there is to search."""
    capacity = Capacity(hours)
    known = {pr.number: pr for pr in prs}
    rank = greedy_plan(known, capacity)
    assert rank is not None
    for effort in (1e-9, 0.1):
        found = _sprint_of(plan_sprints(prs, capacity, effort=effort))
        assert objectives(known, capacity, found) <= objectives(known, capacity, rank)
        for band in Priority:
            own = [pr for pr in prs if pr.priority is band]
            cost = [sum(delay(pr) * plan[pr.number] for pr in own) for plan in (found, rank)]
            assert cost[0] <= cost[1], band


def test_holidays_owners_releases_and_pins_are_kept() -> None:
    """Every kind of limit moves what it is about and nothing else."""
    prs = tuple(pull_request(number, 4, owner="a" if number < 3 else "b") for number in range(1, 5))
    assert 1 not in _sprint_of(plan_sprints(prs, Capacity(8, by_sprint={1: 0}))).values()
    by_owner = _sprint_of(plan_sprints(prs, Capacity(40, by_owner={"a": 4})))
    assert sorted(by_owner[n] for n in (1, 2)) == [1, 2]
    assert [by_owner[n] for n in (3, 4)] == [1, 1]
    assert _sprint_of(plan_sprints(prs, Capacity(40, releases={2: 3})))[2] == 3
    assert _sprint_of(plan_sprints(prs, Capacity(40, pinned={1: 2})))[1] == 2


@pytest.mark.parametrize(
    ("capacity", "message"),
    [
        (
            Capacity(4, sprints=2),
            "2 sprints hold 8 h and the PRs need 12 h: 4 h too much; add capacity or sprints",
        ),
        (
            Capacity(40, pinned={1: 1}, releases={1: 2}),
            "F-1 is pinned to sprint 1 but released in sprint 2; move one of the two",
        ),
        (
            Capacity(40, pinned={3: 1}, releases={1: 3}),
            "F-3 is pinned to sprint 1, but depends on F-1, not done before sprint 3; "
            "pin it 2 later",
        ),
        (
            Capacity(40, pinned={9: 1}),
            "PR 9 is pinned or released but not in the plan; remove the entry",
        ),
        (
            Capacity(6, pinned={1: 1, 2: 1}),
            "sprint 1 holds 6 h; F-1 and F-2 are pinned to sprint 1 and need 8 h; unpin one of "
            "them or give sprint 1 more hours",
        ),
        (
            Capacity(3, pinned={1: 1, 2: 1, 3: 1}),
            "sprint 1 holds 3 h; F-1, F-2 and F-3 are pinned to sprint 1 and need 12 h; unpin one "
            "of them or give sprint 1 more hours",
        ),
        (
            Capacity(40, pinned={3: 4}, sprints=3),
            "F-3 is pinned to sprint 4, and there may be 3; allow more sprints or move it",
        ),
        (
            Capacity(40, by_owner={"media-team": 0}),
            "media-team has 0 h and 12 h of work; give media-team hours, or the findings another "
            "owner",
        ),
        (
            Capacity(40, by_owner={"media-team": 5}, sprints=2),
            "media-team has 5 h in each of 2 sprints and 12 h of work; give media-team more hours "
            "or allow more sprints",
        ),
        (
            Capacity(40, by_owner={"media-team": 5}, pinned={1: 2, 2: 2}),
            "media-team has 5 h in a sprint; F-1 and F-2 are pinned to sprint 2 and need 8 h; "
            "unpin one of them or give media-team more hours",
        ),
    ],
)
def test_an_impossible_plan_names_the_culprit_and_the_amount(
    capacity: Capacity, message: str
) -> None:
    """The refusal says which constraint is to blame and by how much it is missed."""
    prs = (pull_request(1, 4), pull_request(2, 4), pull_request(3, 4, on=[1]))
    with pytest.raises(PlanningError, match=f"^{re.escape(message)}$"):
        plan_sprints(prs, capacity)


COLLIDING = [
    pytest.param(
        (pull_request(1, 4), pull_request(2, 3)),
        Capacity(10, by_sprint={2: 0}, pinned={1: 2}, releases={2: 2}),
        "sprint 2 holds 0 h; F-1 is pinned to sprint 2 and needs 4 h; unpin it or give sprint 2 "
        "more hours",
        id="pinned to a holiday",
    ),
    pytest.param(
        (pull_request(1, 8), pull_request(2, 8, on=[1]), pull_request(3, 2, owner="weavers")),
        Capacity(10, by_owner={"weavers": 4}, pinned={2: 1, 3: 2}),
        "no plan fits PR 2 in sprint 1 behind PR 1 and 10 h in a sprint: the least that they are "
        "exceeded is sprint 1 by 6 h; add hours or loosen one",
        id="what comes before has no room",
    ),
    pytest.param(
        (pull_request(1, 8), pull_request(2, 8, on=[1]), pull_request(3, 2)),
        Capacity(10, by_sprint={1: 9, 7: 2}, pinned={2: 1}),
        "no plan fits PR 2 in sprint 1 behind PR 1 and 10 h in a sprint and 9 h in sprint 1: "
        "the least that they are exceeded is sprint 1 by 7 h; add hours or loosen one",
        id="a holiday that changes nothing",
    ),
    pytest.param(
        tuple(pull_request(n, 4, owner="millers" if n < 3 else "bakers") for n in range(1, 5)),
        Capacity(20, by_owner={"millers": 4, "bakers": 9}, releases={1: 2, 2: 2, 3: 2}, sprints=2),
        "no plan fits the 4 h of millers, PR 1 not before sprint 2, PR 2 not before sprint 2 "
        "and at most 2 sprints; loosen one of them",
        id="released too late for an owner",
    ),
    pytest.param(
        (pull_request(1, 30), pull_request(2, 4)),
        Capacity(10, sprints=1, by_owner={"media-team": 40}),
        "F-1 is larger than a sprint and gets one alone, and F-2 needs 4 h beside; there may be "
        "1 sprint: allow more sprints or split F-1",
        id="one that needs a sprint alone",
    ),
    pytest.param(
        (pull_request(1, 4, owner="pruners"), pull_request(2, 5, owner="pressers")),
        Capacity(10, by_owner={"pruners": 0, "pressers": 0, "keepers": 0}),
        "pruners has 0 h and 4 h of work and pressers has 0 h and 5 h of work; give them hours, "
        "or the findings another owner",
        id="nobody left",
    ),
    pytest.param(
        (pull_request(1, 4), pull_request(2, 4)),
        Capacity(10, pinned={1: 0}),
        "F-1 is pinned to sprint 0; sprints are counted from 1",
        id="no such sprint",
    ),
    pytest.param(
        (pull_request(1, 4, owner="wardens"), pull_request(2, 4, owner="wardens")),
        Capacity(20, by_owner={"wardens": 5}, sprints=1),
        "wardens has 5 h in the only sprint and 8 h of work; give wardens more hours or allow "
        "more sprints",
        id="an owner's only sprint",
    ),
]


@pytest.mark.parametrize(("prs", "capacity", "message"), COLLIDING)
def test_only_what_collides_is_named(
    prs: tuple[PullRequest, ...], capacity: Capacity, message: str
) -> None:
    """Limits that could stay as they are, or that nobody set, are not mentioned."""
    with pytest.raises(PlanningError, match=f"^{re.escape(message)}$"):
        plan_sprints(prs, capacity)


@pytest.mark.parametrize("hours", [0, -1, float("nan"), float("inf")])
def test_a_sprint_must_hold_something(hours: float) -> None:
    """A capacity that is no number of hours is refused before anything is planned."""
    with pytest.raises(PlanningError, match="a sprint needs more than 0 hours"):
        Capacity(hours)


def test_no_pull_requests_make_an_empty_plan() -> None:
    """An audit without findings is planned, too."""
    assert plan_sprints((), Capacity(40)).sprints == ()


def test_a_sprint_is_named_from_what_is_in_it() -> None:
    """Band, the two kinds with most hours, and the scopes, by hours."""
    prs = (
        pull_request(1, 8, priority=P1, kind=ChangeKind.PERF, domain="gift"),
        pull_request(2, 2, priority=P0, domain="media"),
        pull_request(3, 1, kind=ChangeKind.DOCS, domain=""),
    )
    assert focus(prs) == "P0 performance and fixes: gift, media"


def test_without_time_to_search_the_first_plan_stands() -> None:
    """A bound too small to find anything better still leaves a plan, and says so."""
    prs = [pull_request(number, 2.0) for number in (1, 2, 3)]
    plan = plan_sprints(prs, Capacity(4.0), effort=1e-9)
    assert [sprint.prs for sprint in plan.sprints] == [(1, 2), (3,)]
    assert plan.status == "feasible (even load: at most 25.0% from the optimum)"


@given(pull_requests(12), st.sampled_from([5.0, 10.0, 16.0]))
@settings(max_examples=10, deadline=None)
def test_more_effort_is_never_worse(prs: tuple[PullRequest, ...], hours: float) -> None:
    """A longer search that got less far, by another way, gives way to the shorter one."""
    known, capacity = {pr.number: pr for pr in prs}, Capacity(hours)
    quick, full = (
        objectives(known, capacity, _sprint_of(plan_sprints(prs, capacity, effort=effort)))
        for effort in (QUICK, 0.5)
    )
    assert full <= quick


@given(pull_requests(4), st.sampled_from([5.0, 10.0, 16.0]), st.sampled_from([0.0, 3.0, 20.0]))
@settings(max_examples=60, deadline=None)
def test_no_plan_is_better_than_the_bounds(
    prs: tuple[PullRequest, ...], hours: float, first: float
) -> None:
    """Of all ways to put the PRs into sprints, none that fits is below a bound."""
    known, capacity = {pr.number: pr for pr in prs}, Capacity(hours, by_sprint={1: first})
    bounds = least(known, capacity)
    for sprints in product(range(1, len(prs) + 2), repeat=len(prs)):
        plan = dict(zip(known, sprints, strict=True))
        if not _fits(known, capacity, plan):
            continue
        reached = objectives(known, capacity, plan)
        assert all(one <= other for one, other in zip(bounds, reached, strict=True))
        assert least_load(known, capacity, reached[2]) <= reached[3]


def _fits(known: dict[int, PullRequest], capacity: Capacity, plan: dict[int, int]) -> bool:
    for sprint in set(plan.values()):
        held = [known[number] for number, at in plan.items() if at == sprint]
        alone = len(held) == 1 and capacity.oversize(held[0])
        if not alone and sum(pr.hours for pr in held) > capacity.of(sprint):
            return False
    return True


def test_thousands_are_filled_in_by_rank_and_exchanged() -> None:
    """A plan too large for the search is still a plan: limits kept, order kept, and it says so."""
    prs = [pull_request(n, 2.0, (n - 1,) if n % 7 == 0 else ()) for n in range(1, 1601)]
    plan = plan_sprints(prs, Capacity(10.0))
    at = {number: sprint.number for sprint in plan.sprints for number in sprint.prs}
    assert sorted(at) == list(range(1, 1601))
    assert all(sprint.hours <= 10 for sprint in plan.sprints)
    assert all(at[each.on] <= at[pr.number] for pr in prs for each in pr.depends_on)
    assert (plan.method, plan.status) == ("greedy", "heuristic")
    assert "too large to be searched" in plan.notes[0]


def test_too_many_to_say_what_collides_are_refused_in_one_line() -> None:
    """Where thousands do not fit, no model is built to find out which limit it was."""
    prs = [pull_request(number, 6.0) for number in range(1, 1102)]
    with pytest.raises(PlanningError, match="no plan was found for 1101 pull requests"):
        plan_sprints(prs, Capacity(10.0, sprints=700))
