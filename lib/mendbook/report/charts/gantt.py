"""Pull requests in time: bars in merge order over the sprints."""

from __future__ import annotations

from mendbook.model import Plan, Priority, PullRequest, Sprint
from mendbook.report.charts.chart import PRIORITY_COLOURS, Chart, absent, figure, trace
from mendbook.report.charts.sprint_load import NOTHING, pr_hover
from mendbook.report.index import Index
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import runs


def gantt(plan: Plan) -> Chart:
    """Return PRs as bars in merge order over the sprints' hours."""
    name, title = "gantt", "Pull requests in time"
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return Chart(name, title, NOTHING, absent(NOTHING))
    index = Index.of(plan)
    starts = _starts(sprints, index.pull_requests)
    order = [number for sprint in sprints for number in sprint.prs]
    names = {number: _row(index.pull_requests[number]) for number in order}
    traces = []
    for band in Priority:
        prs = [index.pull_requests[number] for number in order]
        prs = [pr for pr in prs if pr.priority is band]
        if prs:
            traces.append(
                trace(
                    "bar",
                    name=band,
                    orientation="h",
                    y=[names[pr.number] for pr in prs],
                    base=[starts[pr.number][0] for pr in prs],
                    x=[starts[pr.number][1] for pr in prs],
                    marker={"color": PRIORITY_COLOURS[band]},
                    customdata=[pr_hover(pr) for pr in prs],
                    hovertemplate="%{customdata}<extra></extra>",
                )
            )
    drawn = figure(
        *traces,
        height=100 + 28 * len(order),
        bargap=0.35,
        xaxis={
            "side": "top",
            "tickvals": [at + 0.5 for at in range(len(sprints))],
            "ticktext": [f"Sprint {sprint.number}" for sprint in sprints],
            "range": [0, len(sprints)],
            "showgrid": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": [names[number] for number in order],
            "autorange": "reversed",
            "showgrid": False,
            "dtick": 1,
        },
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0},
        shapes=[
            {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
            | {"line": {"width": 1, "color": "rgba(128,128,128,0.5)", "dash": "dot"}}
            for at in range(1, len(sprints))
        ],
    )
    words = "; ".join(f"sprint {s.number}: PR {runs(s.prs)}" for s in sprints[:12])
    return Chart(name, title, f"In merge order, {words}.", drawn)


def _row(pr: PullRequest) -> str:
    return f"{label(shorten(pr.title, 44))}  #{pr.number}"


def _starts(
    sprints: tuple[Sprint, ...], prs: dict[int, PullRequest]
) -> dict[int, tuple[float, float]]:
    """Return PR number to its start and length, in sprints."""
    found = {}
    for at, sprint in enumerate(sprints):
        room = max(sprint.capacity, sprint.hours) or 1.0
        passed = 0.0
        for number in sprint.prs:
            length = prs[number].hours / room
            found[number] = (at + passed, length)
            passed += length
    return found
