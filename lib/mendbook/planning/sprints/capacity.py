"""What sprints hold, and what a person has fixed about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mendbook.errors import PlanningError
from mendbook.model import PullRequest
from mendbook.text.phrasing import count, listed

UNITS = 100
"""Integer units in an hour: the solver counts in hundredths of an hour."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Hours of one sprint, and what differs from them.

    ``by_sprint`` replaces the hours of single sprints (holidays), ``by_owner`` limits what one
    owner does in any sprint, ``releases`` names the first sprint a PR may be in, ``pinned`` the
    one it must be in, ``sprints`` the most there may be (0: as many as it takes).
    """

    hours: float
    by_sprint: dict[int, float] = field(default_factory=dict)
    by_owner: dict[str, float] = field(default_factory=dict)
    releases: dict[int, int] = field(default_factory=dict)
    pinned: dict[int, int] = field(default_factory=dict)
    sprints: int = 0

    def __post_init__(self) -> None:
        """Refuse capacities that hold nothing."""
        if not 0 < self.hours < float("inf"):
            message = f"capacity {self.hours}: a sprint needs more than 0 hours"
            raise PlanningError(message)
        for where, hours in [*self.by_sprint.items(), *self.by_owner.items()]:
            if not 0 <= hours < float("inf"):
                message = f"capacity of {where}: {hours} is not a number of hours"
                raise PlanningError(message)

    def of(self, sprint: int) -> float:
        """Return the hours of ``sprint`` (1-based)."""
        return self.by_sprint.get(sprint, self.hours)

    @property
    def plain(self) -> bool:
        """Whether every sprint is alike and nothing is fixed."""
        return not (self.by_sprint or self.by_owner or self.releases or self.pinned)

    def oversize(self, pull_request: PullRequest) -> bool:
        """Tell whether ``pull_request`` alone is more than any sprint holds: it gets one alone."""
        return units(pull_request.hours) > units(max([self.hours, *self.by_sprint.values()]))

    def over_owner(self, pull_request: PullRequest) -> bool:
        """Tell whether ``pull_request`` alone is more than its owner does in a sprint.

        It is its owner's only one in a sprint, in which others go on as ever.
        """
        limit = self.by_owner.get(pull_request.owner)
        over = limit is not None and units(pull_request.hours) > units(limit)
        return over and not self.oversize(pull_request)


def units(hours: float) -> int:
    """Return ``hours`` in the solver's integer units."""
    return round(hours * UNITS)


def check(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    """Refuse what no plan can satisfy, and name the constraint and by how much it is missed."""
    for number in [*capacity.pinned, *capacity.releases]:
        if number not in pull_requests:
            message = f"PR {number} is pinned or released but not in the plan; remove the entry"
            raise PlanningError(message)
    for what, places in (("pinned to", capacity.pinned), ("released in", capacity.releases)):
        for number, sprint in sorted(places.items()):
            if sprint < 1:
                name = said([pull_requests[number]])
                message = f"{name} is {what} sprint {sprint}; sprints are counted from 1"
                raise PlanningError(message)
    for number, sprint in sorted(capacity.pinned.items()):
        release = capacity.releases.get(number, 1)
        if sprint < release:
            name = said([pull_requests[number]])
            message = (
                f"{name} is pinned to sprint {sprint} but released in sprint {release}; "
                "move one of the two"
            )
            raise PlanningError(message)
    _check_owners(pull_requests, capacity)
    _check_last_sprint(pull_requests, capacity)
    _check_pinned_order(pull_requests, capacity)
    _check_pinned_hours(pull_requests, capacity)
    if capacity.sprints:
        _check_sprints(pull_requests, capacity)


def said(pull_requests: Iterable[PullRequest]) -> str:
    """Return how people call PRs: by the findings in them."""
    names = [" + ".join(pr.finding_ids) or f"PR {pr.number}" for pr in pull_requests]
    return listed(names)


def _check_owners(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    """Refuse work for an owner who has no time."""
    theirs = {
        owner: sum(pr.hours for pr in pull_requests.values() if pr.owner == owner)
        for owner, hours in capacity.by_owner.items()
        if not units(hours)
    }
    without = {owner: work for owner, work in theirs.items() if work}
    if without:
        said_of = [f"{owner} has 0 h and {work:g} h of work" for owner, work in without.items()]
        whom = next(iter(without)) if len(without) == 1 else "them"
        message = f"{listed(said_of)}; give {whom} hours, or the findings another owner"
        raise PlanningError(message)


def _check_last_sprint(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    for what, places in (("pinned to", capacity.pinned), ("released in", capacity.releases)):
        for number, sprint in sorted(places.items()):
            if capacity.sprints and sprint > capacity.sprints:
                name = said([pull_requests[number]])
                message = (
                    f"{name} is {what} sprint {sprint}, and there may be {capacity.sprints}; "
                    "allow more sprints or move it"
                )
                raise PlanningError(message)


def _check_pinned_hours(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    """Refuse pins of more work than their sprint, or its owner in it, has hours for."""
    by_sprint: dict[int, list[PullRequest]] = {}
    for number, sprint in sorted(capacity.pinned.items()):
        by_sprint.setdefault(sprint, []).append(pull_requests[number])
    for sprint, prs in sorted(by_sprint.items()):
        needed, held = sum(pr.hours for pr in prs), capacity.of(sprint)
        alone = len(prs) == 1 and capacity.oversize(prs[0])
        if units(needed) > units(held) and not alone:
            held_there = f"holds {held:g} h"
            raise PlanningError(_too_much(f"sprint {sprint}", held_there, prs, sprint, needed))
        for owner, hours in capacity.by_owner.items():
            own = [pr for pr in prs if pr.owner == owner]
            theirs = sum(pr.hours for pr in own)
            if len(own) > 1 and units(theirs) > units(hours):
                limit = f"has {hours:g} h in a sprint"
                raise PlanningError(_too_much(owner, limit, own, sprint, theirs))


def _too_much(whose: str, has: str, prs: Sequence[PullRequest], sprint: int, needed: float) -> str:
    several = len(prs) > 1
    are, need, one = ("are", "need", "one of them") if several else ("is", "needs", "it")
    return (
        f"{whose} {has}; {said(prs)} {are} pinned to sprint {sprint} and {need} {needed:g} h; "
        f"unpin {one} or give {whose} more hours"
    )


def _check_sprints(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    """Refuse more work than the sprints that there may be hold, for all or for one owner."""
    prs = [pr for pr in pull_requests.values() if not capacity.oversize(pr)]
    alone = [pr for pr in pull_requests.values() if capacity.oversize(pr)]
    _check_alone(alone, prs, capacity)
    held = sum(capacity.of(sprint) for sprint in range(1, capacity.sprints + 1))
    needed = sum(pr.hours for pr in prs)
    if needed > held + 1e-9:
        hold = "hold" if capacity.sprints > 1 else "holds"
        message = (
            f"{count(capacity.sprints, 'sprint')} {hold} {held:g} h and the PRs need {needed:g} h: "
            f"{needed - held:g} h too much; add capacity or sprints"
        )
        raise PlanningError(message)
    for owner, hours in capacity.by_owner.items():
        theirs = sum(pr.hours for pr in prs if pr.owner == owner and not capacity.over_owner(pr))
        if theirs > hours * capacity.sprints + 1e-9:
            several = capacity.sprints > 1
            where = f"in each of {capacity.sprints} sprints" if several else "in the only sprint"
            message = (
                f"{owner} has {hours:g} h {where} and {theirs:g} h of work; give {owner} more "
                "hours or allow more sprints"
            )
            raise PlanningError(message)


def _check_alone(
    alone: Sequence[PullRequest], others: Sequence[PullRequest], capacity: Capacity
) -> None:
    """Refuse more PRs with a sprint of their own than there are sprints, beside the rest."""
    hours = sorted(capacity.of(sprint) for sprint in range(1, capacity.sprints + 1))
    left = sum(hours[len(alone) :]) if len(alone) <= len(hours) else -1.0
    needed = sum(pr.hours for pr in others)
    if not alone or needed <= left + 1e-9:
        return
    is_one = len(alone) == 1
    beside = f", and {said(others)} {'need' if len(others) > 1 else 'needs'} {needed:g} h beside"
    message = (
        f"{said(alone)} {'is' if is_one else 'are'} larger than a sprint and "
        f"get{'s' * is_one} one alone{beside if others else ''}; there may be "
        f"{count(capacity.sprints, 'sprint')}: allow more sprints or split {said(alone)}"
    )
    raise PlanningError(message)


def _check_pinned_order(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    first: dict[int, int] = {}
    for number in sorted(pull_requests):
        own = max(
            [capacity.pinned.get(number, 1), capacity.releases.get(number, 1)]
            + [first[dependency.on] for dependency in pull_requests[number].depends_on]
        )
        pinned = capacity.pinned.get(number)
        if pinned is not None and own > pinned:
            awaited = (one.on for one in pull_requests[number].depends_on if first[one.on] == own)
            message = (
                f"{said([pull_requests[number]])} is pinned to sprint {pinned}, but depends on "
                f"{said(pull_requests[one] for one in awaited)}, not done before sprint {own}; "
                f"pin it {own - pinned} later"
            )
            raise PlanningError(message)
        first[number] = own
