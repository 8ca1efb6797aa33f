"""One sprint plan over many repositories: nobody works more hours than they have."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.fleet.order import FleetOrder, Team
from mendbook.fleet.together import Planned, Together, plan_together, team_of
from mendbook.model import Dependency, Priority, PullRequest

TEAMS = {"core": Team(8, ("ada@example.org", "@mill/core")), "web": Team(6, ("@mill/web",))}


def request(
    number: int,
    hours: float = 2.0,
    owner: str = "@mill/core",
    priority: Priority = Priority.P1,
    after: tuple[int, ...] = (),
) -> PullRequest:
    """Return a pull request of one finding."""
    needs = tuple(Dependency(on, "it reads it") for on in after)
    known = {"depends_on": needs, "hours": hours, "low": hours, "high": hours}
    return PullRequest(
        number=number,
        title=f"fix(mill): {number}",
        finding_ids=(f"F-{number}",),
        files=(),
        priority=priority,
        cost_of_delay=1.0,
        owner=owner,
        **known,  # type: ignore[arg-type] # as named
    )


def planned(*members: tuple[PullRequest, ...]) -> Together:
    """Return the plan over members that are called by letters."""
    rows = [Planned(name, requests) for name, requests in zip("abcdefgh", members, strict=False)]
    return plan_together(rows, FleetOrder((), TEAMS, 14))


def test_a_team_that_owns_code_in_two_repositories_has_its_hours_once() -> None:
    """Two repositories' work of one team takes two sprints, the urgent repository's first."""
    late = (request(1, 8, priority=Priority.P3),)
    urgent = (request(1, 8, "Ada@example.org", Priority.P0),)
    together = planned(late, urgent)
    assert [(each.member, each.team, each.sprint) for each in together.requests] == [
        ("a", "core", 2),
        ("b", "core", 1),
    ]
    assert [(each.sprint, each.team, each.used, each.hours) for each in together.loads] == [
        (1, "core", 8, 8),
        (2, "core", 8, 8),
    ]
    assert [(each.sprint, each.member, each.requests) for each in together.shares] == [
        (1, "b", (2,)),
        (2, "a", (1,)),
    ]


def test_other_teams_work_at_the_same_time() -> None:
    """What one team does takes nothing from another's hours."""
    together = planned((request(1, 8),), (request(1, 6, "@mill/web"),))
    assert {each.sprint for each in together.requests} == {1}


@pytest.mark.parametrize(
    ("owner", "team", "whose"),
    [
        ("@mill/core", "", "core"),
        ("@mill/api, @mill/web", "", "web"),
        ("Grace", "", "Grace"),
        ("Grace", "core", "core"),
        ("WEB", "", "web"),
        ("", "", ""),
    ],
)
def test_whose_work_it_is(owner: str, team: str, whose: str) -> None:
    """The member's team, else a team that has one of the owners, else the owner."""
    assert team_of(owner, TEAMS, team) == whose


_REQUESTS = st.lists(
    st.tuples(
        st.sampled_from([0.5, 1, 2, 3, 6]),
        st.sampled_from(["@mill/core", "@mill/web", "Grace"]),
        st.sampled_from(list(Priority)),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_REQUESTS, max_size=4))
def test_every_request_has_a_sprint_and_every_limit_holds(
    drawn: list[list[tuple[float, str, Priority, bool]]],
) -> None:
    """Each stands in one sprint, after what it needs; no team and no sprint is over its hours."""
    members = [
        tuple(
            request(number, hours, owner, priority, (number - 1,) if chained and number > 1 else ())
            for number, (hours, owner, priority, chained) in enumerate(rows, start=1)
        )
        for rows in drawn
    ]
    together = planned(*members)
    assert len(together.requests) == sum(map(len, members))
    sprint_of = {(each.member, each.local): each.sprint for each in together.requests}
    assert all(sprint_of.values())
    for name, requests in zip("abcdefgh", members, strict=False):
        for each in requests:
            for before in each.depends_on:
                assert sprint_of[name, before.on] <= sprint_of[name, each.number]
    used: defaultdict[int, float] = defaultdict(float)
    for load in together.loads:
        used[load.sprint] += load.used
        assert load.hours is None or load.used <= load.hours + 1e-9
    assert all(hours <= 14 + 1e-9 for hours in used.values())
    assert sum(used.values()) == pytest.approx(sum(each.hours for each in together.requests))
