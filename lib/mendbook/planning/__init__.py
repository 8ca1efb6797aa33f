"""Pull requests, sprints, the forecast, and all that a team needs to act on each finding."""

from mendbook.planning.forecast import forecast
from mendbook.planning.pull_requests import plan_pull_requests
from mendbook.planning.remediations import remediate
from mendbook.planning.sprints import (
    Capacity,
    Schedule,
    alternatives,
    plan_sprints,
    read_schedule,
)

__all__ = [
    "Capacity",
    "Schedule",
    "alternatives",
    "forecast",
    "plan_pull_requests",
    "plan_sprints",
    "read_schedule",
    "remediate",
]
