"""When work is done: by the plan, if every estimate holds, and by the forecast, with 85 %."""

from __future__ import annotations

from mendbook.model import Plan, Priority
from mendbook.text.phrasing import listed


def planned_by(plan: Plan) -> dict[str, int]:
    """Return the last sprint in which a pull request of each priority is planned."""
    sprint_of = {pr: sprint.number for sprint in plan.sprint_plan.sprints for pr in sprint.prs}
    last_sprints: dict[str, int] = {}
    for pr in plan.pull_requests:
        if pr.number in sprint_of:
            last_sprints[pr.priority] = max(last_sprints.get(pr.priority, 0), sprint_of[pr.number])
    return last_sprints


def sure_by(plan: Plan) -> dict[str, int]:
    """Return the sprint by whose end each priority is done in 85 % of the simulated runs."""
    return {band.name: band.p85 for band in plan.forecast.bands} if plan.forecast else {}


def later_than_planned(plan: Plan) -> str:
    """Return where the forecast is later than the plan, as a sentence; empty where it is not."""
    planned, sure = planned_by(plan), sure_by(plan)
    late = [
        f"{band} (planned by sprint {planned[band]}, 85 % sure only by sprint {sure[band]})"
        for band in Priority
        if band in planned and sure.get(band, 0) > planned[band]
    ]
    if not late:
        return ""
    return (
        f"The forecast is later than the plan for {listed(late)}: the plan takes each estimate as "
        "it stands, the forecast lets it run over. Promise the later sprint."
    )
