"""Plan a fleet's members, whoever does it; here one after another, in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mendbook.fleet.order import Member
from mendbook.fleet.records import Crew
from mendbook.fleet.task import Result, peak_memory, run_member

_PATIENCE = 600.0
Done = Callable[[Result], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of one fleet's run have in common."""

    out: str
    stamp: str
    token: str
    fail_on: tuple[str, ...] = ()
    patience: float = _PATIENCE
    """Seconds that a scheduler may be away, or another process may hold a claim."""


Work = Callable[[Mapping[str, Member], Job, Done], Crew]
"""Plans the members and tells of each result as it comes."""


def alone(members: Mapping[str, Member], job: Job, done: Done) -> Crew:
    """Plan the members one after another, in this process."""
    for member in members.values():
        rest = (job.out, job.stamp, job.token, job.fail_on, job.patience)
        done(run_member(member, *rest))
    return Crew("none", 1, 0, peak_memory())
