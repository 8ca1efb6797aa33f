"""Pull requests, sprints and the forecast."""

from mendbook.planning.alternatives import alternatives
from mendbook.planning.capacity import Capacity
from mendbook.planning.forecast import forecast
from mendbook.planning.pull_requests import plan_pull_requests
from mendbook.planning.schedule import Schedule, read_schedule
from mendbook.planning.sprints import plan_sprints

__all__ = [
    "Capacity",
    "Schedule",
    "alternatives",
    "forecast",
    "plan_pull_requests",
    "plan_sprints",
    "read_schedule",
]
