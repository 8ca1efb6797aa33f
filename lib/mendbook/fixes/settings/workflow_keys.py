"""Keys of a workflow of GitHub that have a meaning in one block only."""

from __future__ import annotations

import re

from mendbook.fixes.settings.yaml_place import Mapping

_INSIDE = {
    **dict.fromkeys(("fail-fast", "max-parallel", "matrix"), "strategy"),
    **dict.fromkeys(("cancel-in-progress",), "concurrency"),
    **dict.fromkeys(("persist-credentials", "fetch-depth"), "with"),
    **dict.fromkeys(("contents", "packages", "issues", "pull-requests", "id-token",
                     "security-events", "deployments", "checks", "statuses"), "permissions"),
}  # fmt: skip


def block_of(path: str, key: str) -> str:
    """Return the block that ``key`` stands in; empty where that may be any, or for another file."""
    return _INSIDE.get(key, "") if ".github/workflows/" in path else ""


def is_home_of(block: str, home: Mapping) -> bool:
    """Tell whether ``home`` may hold ``block``: a step, a job, or the workflow itself."""
    above = home.way[-2:-1]
    if block == "with":
        return above == ("steps",)
    is_job = above == ("jobs",)
    return is_job if block == "strategy" else is_job or not home.way


def short_name(step: str) -> str:
    """Return the last word of what a step uses: ``checkout`` of ``actions/checkout@v4``."""
    return re.split("@", step)[0].rpartition("/")[2]
