"""One sprint plan over many repositories: teams share their hours, the solver is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mendbook.errors import PlanningError
from mendbook.fleet.order import FleetOrder, Team
from mendbook.fleet.records import FleetRequest, Load, Share
from mendbook.model import Dependency, PullRequest, SprintPlan
from mendbook.planning import Capacity, plan_sprints

_FULL, _SHORT = 0.5, 0.1
"""Effort of the search for each objective, as of a single plan, and when there is much to plan."""
_MANY = 150
"""Pull requests above which the search is shortened: each objective is a model of them all."""
_NO_SEARCH = 1200
"""Pull requests above which the plan that fills sprints by rank is taken as it is."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A member's pull requests, and whose they are when that is not told by owners."""

    member: str
    requests: tuple[PullRequest, ...]
    team: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """The sprints of all members."""

    requests: tuple[FleetRequest, ...]
    sprint_plan: SprintPlan
    shares: tuple[Share, ...]
    loads: tuple[Load, ...]


def team_of(owner: str, teams: Mapping[str, Team], team: str = "") -> str:
    """Return whose work it is: the member's ``team``, else the team of the ``owner``, else they."""
    if team:
        return team
    names = {part.strip().casefold() for part in owner.split(",")} | {owner.casefold()}
    for name, each in teams.items():
        if names & {known.casefold() for known in (name, *each.owners)}:
            return name
    return owner


def plan_together(planned: Sequence[Planned], order: FleetOrder) -> Together:
    """Return one sprint plan over the pull requests of all that is ``planned``."""
    numbered, requests = _numbered(planned, order.teams)
    capacity = Capacity(
        order.capacity, by_owner={name: team.hours for name, team in order.teams.items()}
    )
    sprints = _sprints(requests, capacity)
    sprint_of = {number: each.number for each in sprints.sprints for number in each.prs}
    placed = tuple(replace(each, sprint=sprint_of.get(each.number, 0)) for each in numbered)
    return Together(placed, sprints, _shares(placed), _loads(placed, order.teams))


def _sprints(requests: Sequence[PullRequest], capacity: Capacity) -> SprintPlan:
    try:
        return plan_sprints(requests, capacity, effort=_effort(len(requests)))
    except PlanningError as error:
        return SprintPlan((), "cp-sat", "no plan fits", (str(error),))


def _effort(requests: int) -> float:
    return 0.0 if requests > _NO_SEARCH else _SHORT if requests > _MANY else _FULL


def _numbered(
    planned: Sequence[Planned], teams: Mapping[str, Team]
) -> tuple[list[FleetRequest], list[PullRequest]]:
    """Return the pull requests numbered over all members, for the record and for the solver."""
    numbered: list[FleetRequest] = []
    requests: list[PullRequest] = []
    for each in planned:
        number = {pr.number: len(requests) + at for at, pr in enumerate(each.requests, 1)}
        for pr in each.requests:
            team = team_of(pr.owner, teams, each.team)
            numbered.append(_request(each.member, pr, number[pr.number], team))
            needs = tuple(Dependency(number[on.on], on.reason) for on in pr.depends_on)
            moved = replace(pr, number=number[pr.number], depends_on=needs, owner=team)
            requests.append(moved)
    return numbered, requests


def _request(member: str, pr: PullRequest, number: int, team: str) -> FleetRequest:
    return FleetRequest(
        number=number,
        member=member,
        local=pr.number,
        title=pr.title,
        team=team,
        owner=pr.owner,
        findings=pr.finding_ids,
        hours=pr.hours,
        priority=pr.priority,
        cost_of_delay=pr.cost_of_delay,
    )


def _shares(requests: Sequence[FleetRequest]) -> tuple[Share, ...]:
    by_member: defaultdict[tuple[int, str], list[FleetRequest]] = defaultdict(list)
    for each in requests:
        if each.sprint:
            by_member[each.sprint, each.member].append(each)
    return tuple(
        Share(sprint, member, tuple(each.number for each in own), _hours(own))
        for (sprint, member), own in sorted(by_member.items())
    )


def _loads(requests: Sequence[FleetRequest], teams: Mapping[str, Team]) -> tuple[Load, ...]:
    by_team: defaultdict[tuple[int, str], list[FleetRequest]] = defaultdict(list)
    for each in requests:
        if each.sprint:
            by_team[each.sprint, each.team].append(each)
    return tuple(
        Load(sprint, team, _hours(own), teams[team].hours if team in teams else None)
        for (sprint, team), own in sorted(by_team.items())
    )


def _hours(requests: Sequence[FleetRequest]) -> float:
    return round(sum(each.hours for each in requests), 2)
