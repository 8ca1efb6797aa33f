"""Sprints under a capacity, and what other capacities would give."""

from mendbook.planning.sprints.alternatives import alternatives
from mendbook.planning.sprints.capacity import Capacity
from mendbook.planning.sprints.plan import plan_sprints
from mendbook.planning.sprints.schedule import Schedule, read_schedule

__all__ = ["Capacity", "Schedule", "alternatives", "plan_sprints", "read_schedule"]
