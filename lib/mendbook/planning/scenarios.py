"""Named scenarios side by side: hours, sprints, when it ends, and when nothing urgent is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mendbook.model import Priority
from mendbook.planning.what_if import Outcome


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the first sprint starts, and how long each lasts."""

    starts: dt.date
    weeks: int = 2

    def end_of(self, sprint: int) -> dt.date:
        """Return the last day of sprint number ``sprint``, counted from 1."""
        return self.starts + dt.timedelta(weeks=self.weeks * sprint, days=-1)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one scenario comes to."""

    name: str
    hours: float
    sprints: int
    """Number of the last sprint with work in it; 0 where no plan fits."""
    urgent_done: int
    """Sprint in which the last P0 is done; 0 where there is none."""
    status: str
    """How sure the schedule is the best: ``optimal``, or why there is none."""
    ends: dt.date | None = None
    urgent_ends: dt.date | None = None


def summarise(
    scenarios: Mapping[str, Outcome], calendar: Calendar | None = None
) -> tuple[Summary, ...]:
    """Return one row for each scenario, in the order given; dates where there is a calendar."""
    return tuple(_summary(name, outcome, calendar) for name, outcome in scenarios.items())


def _summary(name: str, outcome: Outcome, calendar: Calendar | None) -> Summary:
    sprint_of = {
        number: sprint.number for sprint in outcome.sprint_plan.sprints for number in sprint.prs
    }
    last = max(sprint_of.values(), default=0)
    urgent = max(
        (sprint_of[pr.number] for pr in outcome.pull_requests
         if pr.priority is Priority.P0 and pr.number in sprint_of),
        default=0,
    )  # fmt: skip
    return Summary(
        name=name,
        hours=round(sum(pr.hours for pr in outcome.pull_requests), 2),
        sprints=last,
        urgent_done=urgent,
        status=outcome.refused or outcome.sprint_plan.status,
        ends=calendar.end_of(last) if calendar and last else None,
        urgent_ends=calendar.end_of(urgent) if calendar and urgent else None,
    )
