"""Pull requests, sprints, the forecast, and all that a team needs to act on each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.late import names_of

if TYPE_CHECKING:
    from mendbook.planning.pull_requests import plan_pull_requests
    from mendbook.planning.remediations import remediate
    from mendbook.planning.sprints.alternatives import alternatives
    from mendbook.planning.sprints.capacity import Capacity
    from mendbook.planning.sprints.plan import plan_sprints
    from mendbook.planning.sprints.schedule import Schedule, read_schedule

__all__ = [
    "Capacity",
    "Schedule",
    "alternatives",
    "plan_pull_requests",
    "plan_sprints",
    "read_schedule",
    "remediate",
]

__getattr__ = names_of(
    __name__,
    {
        "Capacity": "sprints",
        "Schedule": "sprints",
        "alternatives": "sprints",
        "plan_pull_requests": "pull_requests",
        "plan_sprints": "sprints",
        "read_schedule": "sprints",
        "remediate": "remediations",
    },
)
