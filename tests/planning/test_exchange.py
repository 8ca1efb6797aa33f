"""Exchanges make plans better and break nothing: order, hours, owners, releases and pins."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.model import Priority, PullRequest
from mendbook.planning.sprints.capacity import Capacity, units
from mendbook.planning.sprints.exchange import BANDS_FIRST, P0_FIRST, Aims, Exchange
from mendbook.planning.sprints.first_plan import delay, greedy_plan, objectives
from mendbook.planning.sprints.plan import plan_sprints
from planning_prs import pull_request, pull_requests


@given(pull_requests(14), st.sampled_from([6.0, 16.0]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_an_exchange_keeps_every_limit(
    prs: tuple[PullRequest, ...], hours: float, limited: bool
) -> None:
    """What fitted before fits after, no band waits longer, and nothing costs more."""
    known = {pr.number: pr for pr in prs}
    capacity = Capacity(
        hours,
        by_owner={"gift-team": 5.0} if limited else {},
        releases={prs[-1].number: 2},
        pinned={},
    )
    rank = greedy_plan(known, capacity)
    assert rank is not None
    exchange = Exchange(known, capacity, rank, rank, BANDS_FIRST)
    found = exchange.descend()
    assert not exchange.waits_longer
    assert objectives(known, capacity, found)[:2] <= objectives(known, capacity, rank)[:2]
    assert found[prs[-1].number] >= 2
    for pr in prs:
        assert all(found[each.on] <= found[pr.number] for each in pr.depends_on)
    for sprint in set(found.values()):
        here = [known[n] for n in sorted(known) if found[n] == sprint]
        alone = len(here) == 1 and capacity.oversize(here[0])
        assert alone or sum(units(pr.hours) for pr in here) <= units(hours)
        for owner, most in capacity.by_owner.items():
            own = [pr for pr in here if pr.owner == owner]
            large = len(own) == 1 and units(own[0].hours) > units(most)
            assert large or sum(units(pr.hours) for pr in own) <= units(most)


def test_two_that_change_places_bring_the_urgent_one_forward() -> None:
    """No PR fits anywhere else alone, and yet P0 need not wait."""
    prs = [pull_request(1, 4, priority=Priority.P3, cost=1), pull_request(2, 4, cost=1)]
    prs += [pull_request(3, 4, priority=Priority.P0, cost=1), pull_request(4, 4, cost=2)]
    known = {pr.number: pr for pr in prs}
    late = {1: 1, 2: 1, 3: 2, 4: 2}
    found = Exchange(known, Capacity(8), late, late, P0_FIRST).descend()
    assert found == {1: 2, 2: 2, 3: 1, 4: 1}


def test_two_cheap_ones_make_room_for_one_that_waits_too_long() -> None:
    """A band that may wait no longer gets its place for two PRs of another."""
    prs = [
        pull_request(1, 4, priority=Priority.P3, cost=0.1),
        pull_request(2, 4, priority=Priority.P3, cost=0.1),
        pull_request(3, 8, cost=5),
    ]
    known = {pr.number: pr for pr in prs}
    late, rank = {1: 1, 2: 1, 3: 2}, {1: 2, 2: 2, 3: 1}
    exchange = Exchange(known, Capacity(8), late, rank, BANDS_FIRST)
    assert exchange.waits_longer
    assert exchange.descend() == rank
    assert not exchange.waits_longer


def test_p0_is_as_early_as_it_can_be_where_filling_by_rank_wastes_room() -> None:
    """One costly P0 fills a sprint that holds two others of the same band."""
    prs = [pull_request(1, 6, priority=Priority.P0, cost=9)]
    prs += [pull_request(n, 4, priority=Priority.P0, cost=5) for n in (2, 3)]
    plan = plan_sprints(prs, Capacity(8))
    at = {number: sprint.number for sprint in plan.sprints for number in sprint.prs}
    assert at == {2: 1, 3: 1, 1: 2}


@given(pull_requests(12), st.sampled_from([P0_FIRST, BANDS_FIRST]))
@settings(max_examples=60, deadline=None)
def test_no_two_that_might_change_places_are_left(prs: tuple[PullRequest, ...], aims: Aims) -> None:
    """Where the descent ends, each exchange of two PRs breaks a limit or makes nothing better."""
    known = {pr.number: pr for pr in prs}
    capacity = Capacity(16.0)
    rank = greedy_plan(known, capacity)
    assert rank is not None
    found = Exchange(known, capacity, rank, rank, aims).descend()
    for one, two in combinations(known, 2):
        swapped = {**found, one: found[two], two: found[one]}
        if _fits(known, swapped, 16.0):
            assert _cost(known, swapped, rank, aims) >= _cost(known, found, rank, aims)


def _fits(known: dict[int, PullRequest], plan: dict[int, int], hours: float) -> bool:
    loads = [sum(known[n].hours for n in plan if plan[n] == s) for s in set(plan.values())]
    ordered = all(plan[each.on] <= plan[n] for n in plan for each in known[n].depends_on)
    return ordered and max(loads) <= hours


def _cost(
    known: dict[int, PullRequest], plan: dict[int, int], rank: dict[int, int], aims: Aims
) -> int:
    urgent = sum(plan[n] for n in plan if known[n].priority is Priority.P0)
    longer = dict.fromkeys(Priority, 0)
    for number, pr in known.items():
        longer[pr.priority] += delay(pr) * (plan[number] - rank[number])
    late = sum(max(0, excess) for excess in longer.values())
    total = sum(delay(pr) * plan[number] for number, pr in known.items())
    return aims.urgent * urgent + aims.longer * late + total
