"""What sprints hold, and what a person has fixed about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mendbook.errors import PlanningError
from mendbook.model import PullRequest

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
        """Tell whether ``pull_request`` alone is more than any ordinary sprint holds."""
        most = max([self.hours, *self.by_sprint.values()])
        owner = self.by_owner.get(pull_request.owner, most)
        return units(pull_request.hours) > units(min(most, owner))


def units(hours: float) -> int:
    """Return ``hours`` in the solver's integer units."""
    return round(hours * UNITS)


def check(pull_requests: Mapping[int, PullRequest], capacity: Capacity) -> None:
    """Refuse what no plan can satisfy, and name the constraint and by how much it is missed."""
    for number in [*capacity.pinned, *capacity.releases]:
        if number not in pull_requests:
            message = f"PR {number} is pinned or released but not in the plan; remove the entry"
            raise PlanningError(message)
    for number, sprint in sorted(capacity.pinned.items()):
        release = capacity.releases.get(number, 1)
        if sprint < release:
            message = f"PR {number} is pinned to sprint {sprint} but released in sprint {release}"
            raise PlanningError(message)
    _check_pinned_order(pull_requests, capacity)
    if capacity.sprints:
        held = sum(capacity.of(sprint) for sprint in range(1, capacity.sprints + 1))
        needed = sum(pr.hours for pr in pull_requests.values() if not capacity.oversize(pr))
        if needed > held + 1e-9:
            message = (
                f"{capacity.sprints} sprints hold {held:g} h and the PRs need {needed:g} h: "
                f"{needed - held:g} h too much; add capacity or sprints"
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
            message = (
                f"PR {number} is pinned to sprint {pinned}, but what it depends on is not done "
                f"before sprint {own}; pin it {own - pinned} later"
            )
            raise PlanningError(message)
        first[number] = own
