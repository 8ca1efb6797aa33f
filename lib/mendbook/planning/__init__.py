"""Pull requests, sprints and the forecast."""

from mendbook.planning.pull_requests import plan_pull_requests

__all__ = ["plan_pull_requests"]
