"""What a person decided about sprints, as a file beside the overrides of an audit.

Pull requests are named by a finding in them: their numbers change with the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import yaml

from mendbook.errors import PlanningError, PolicyError
from mendbook.finding_names import FindingNames
from mendbook.model import PullRequest
from mendbook.planning.sprints.capacity import Capacity
from mendbook.policy.document import read_document

NAME = "schedule.yaml"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hours and places of the work, and who decided them."""

    who: str = ""
    why: str = ""
    hours: float | None = None
    """Hours a sprint holds; None for those of the run."""
    by_sprint: dict[int, float] = field(default_factory=dict)
    by_owner: dict[str, float] = field(default_factory=dict)
    releases: dict[str, int] = field(default_factory=dict)
    """Finding to the first sprint that its PR may be in."""
    pinned: dict[str, int] = field(default_factory=dict)
    """Finding to the sprint that its PR must be in."""
    sprints: int = 0
    """The most there may be; 0 for as many as it takes."""

    def capacity(self, hours: float, pull_requests: Sequence[PullRequest]) -> Capacity:
        """Return the capacity of sprints for ``pull_requests``; ``hours`` where it decides none.

        Raises ``PlanningError`` where two findings of one PR are pinned apart.
        """
        return Capacity(
            self._usual(hours),
            by_sprint=self.by_sprint,
            by_owner=self.by_owner,
            releases={
                pr.number: max(places)
                for pr in pull_requests
                if (places := _places(pr, self.releases).values())
            },
            pinned=dict(self._pins(pull_requests)),
            sprints=self.sprints,
        )

    def longest(self, hours: float) -> float:
        """Return the hours of the longest sprint; ``hours`` where it decides none."""
        return max([self._usual(hours), *self.by_sprint.values()])

    def notes(self, pull_requests: Iterable[PullRequest]) -> tuple[str, ...]:
        """Return who decided and why, and each limit that limits nobody, one sentence each."""
        owners = {pr.owner for pr in pull_requests}
        said = (f"The schedule is as {self.who} decided: {self.why}",) if self.who else ()
        idle = (
            f"The limit of {hours:g} h for {owner} limits nothing: no pull request is theirs."
            for owner, hours in self.by_owner.items()
            if owner not in owners
        )
        return (*said, *idle)

    def as_yaml(self) -> str:
        """Return the file that ``read_schedule`` reads back as this schedule."""
        document = msgspec.to_builtins(self, str_keys=False)
        kept = {name: value for name, value in document.items() if value}
        return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)

    def _usual(self, hours: float) -> float:
        return hours if self.hours is None else self.hours

    def _pins(self, pull_requests: Iterable[PullRequest]) -> Iterable[tuple[int, int]]:
        for pr in pull_requests:
            places = _places(pr, self.pinned)
            if len(set(places.values())) > 1:
                where = ", ".join(f"{name} to sprint {at}" for name, at in places.items())
                raise PlanningError(f"PR {pr.number} is pinned apart ({where}); keep one of them")
            yield from ((pr.number, at) for at in list(places.values())[:1])


def read_schedule(folder: Path, names: FindingNames) -> Schedule:
    """Return the schedule in ``folder``; one that decides nothing where there is none.

    A finding may be named by its identity, too; the schedule returned has its id.

    Raises ``PolicyError`` when it is not valid, names a finding that the audit does not have, or
    one finding twice.
    """
    file = folder / NAME
    if not file.exists():
        return Schedule()
    schedule = msgspec.convert(read_document(file, "schedule"), type=Schedule, str_keys=True)
    return replace(
        schedule,
        releases=_named_now(schedule.releases, names, f"{file}: $.releases"),
        pinned=_named_now(schedule.pinned, names, f"{file}: $.pinned"),
    )


def _named_now(places: Mapping[str, int], names: FindingNames, where: str) -> dict[str, int]:
    """Return ``places`` by the ids that the findings have today."""
    by_id: dict[str, int] = {}
    for name, place in places.items():
        if missing := names.missing(name):
            raise PolicyError(f"{where}: {missing}")
        now = names.id_of(name)
        if now in by_id:
            raise PolicyError(f"{where}: places {now} a second time; keep one")
        by_id[now] = place
    return by_id


def _places(pull_request: PullRequest, places: Mapping[str, int]) -> dict[str, int]:
    return {name: places[name] for name in pull_request.finding_ids if name in places}
