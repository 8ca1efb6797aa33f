"""Atomic pull requests, in merge order."""

from mendbook.planning.pull_requests.plan import plan_pull_requests

__all__ = ["plan_pull_requests"]
