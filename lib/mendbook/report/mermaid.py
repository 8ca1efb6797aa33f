"""Diagrams as mermaid text, which GitHub draws in a Markdown report."""

from __future__ import annotations

import datetime as dt

from mendbook.model import Plan, Priority, PullRequest, Sprint
from mendbook.report.charts.chart import MOST
from mendbook.report.index import Index
from mendbook.text.escape import mermaid, mermaid_task
from mendbook.text.phrasing import count, hours

FILLS: dict[Priority, str] = {
    Priority.P0: "fill:#D55E00,stroke:#7a3600,color:#ffffff",
    Priority.P1: "fill:#E69F00,stroke:#8a5f00,color:#000000",
    Priority.P2: "fill:#56B4E9,stroke:#2a6f99,color:#000000",
    Priority.P3: "fill:#767676,stroke:#444444,color:#ffffff",
}
"""Okabe and Ito's colours, told apart with any colour vision; the label says the priority too."""

_DAY_ONE = dt.datetime(2001, 1, 1)
"""Not a date: day n of the axis stands for sprint n."""

_MINUTES_A_DAY = 24 * 60


def pr_graph(plan: Plan) -> str:
    """Return a mermaid flowchart: PRs, and arrows from what comes first to what needs it.

    GitHub draws no diagram of more than 50,000 characters, and nobody reads one: the first are
    drawn, and how many are left is said.
    """
    if not plan.pull_requests:
        return ""
    lines, shown = ["flowchart LR"], plan.pull_requests[:MOST]
    numbers = {pr.number for pr in shown}
    for pr in shown:
        label = f"PR {pr.number} · {pr.priority} · {hours(pr.hours)}"
        lines.append(f'    pr{pr.number}["{label}<br/>{mermaid(pr.title)}"]:::{pr.priority}')
    for pr in shown:
        earlier = [before.on for before in pr.depends_on if before.on in numbers]
        lines += [f"    pr{number} --> pr{pr.number}" for number in earlier]
    if more := len(plan.pull_requests) - len(shown):
        lines.append(f'    rest["{count(more, "more PR")}, in the table above"]')
    used = {pr.priority for pr in shown}
    lines += [f"    classDef {band} {style}" for band, style in FILLS.items() if band in used]
    return _fence(lines)


def sprint_gantt(plan: Plan) -> str:
    """Return a mermaid gantt of PRs in merge order; one day of its axis stands for one sprint."""
    if not plan.sprint_plan.sprints:
        return ""
    lines = [
        "gantt",
        "    title Pull requests by sprint",
        "    dateFormat YYYY-MM-DDTHH:mm",
        "    axisFormat Sprint %-j",
        "    tickInterval 1day",
    ]
    pull_requests = Index.of(plan).pull_requests
    left = 2 * MOST
    for sprint in plan.sprint_plan.sprints:
        shown = sprint.prs[:left]
        left -= len(shown)
        if shown:
            lines.append(f"    section Sprint {sprint.number}")
            lines += _tasks(sprint, [pull_requests[number] for number in shown])
    return _fence(lines)


def _tasks(sprint: Sprint, pull_requests: list[PullRequest]) -> list[str]:
    filled = max(sprint.capacity, sprint.hours) or 1.0
    start, lines = 0.0, []
    for pr in pull_requests:
        begin = _minute(sprint.number, start / filled)
        end = _minute(sprint.number, (start + pr.hours) / filled)
        critical = "crit, " if pr.priority is Priority.P0 else ""
        label = f"PR {pr.number} {mermaid_task(pr.title)}"
        lines.append(f"    {label} :{critical}{begin}, {end}")
        start += pr.hours
    return lines


def _minute(sprint: int, share: float) -> str:
    moment = _DAY_ONE + dt.timedelta(days=sprint - 1, minutes=round(share * _MINUTES_A_DAY))
    return moment.strftime("%Y-%m-%dT%H:%M")


def _fence(lines: list[str]) -> str:
    return "\n".join(["```mermaid", *lines, "```"])
