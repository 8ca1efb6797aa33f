"""Pull requests, sprints and the forecast."""

from mendbook.planning.capacity import Capacity
from mendbook.planning.forecast import forecast
from mendbook.planning.pull_requests import plan_pull_requests
from mendbook.planning.sprints import plan_sprints

__all__ = ["Capacity", "forecast", "plan_pull_requests", "plan_sprints"]
