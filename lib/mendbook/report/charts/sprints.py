"""Sprint load against capacity, and the PRs of each sprint in time."""

from __future__ import annotations

from mendbook.model import Plan, Priority, PullRequest, Sprint
from mendbook.report.charts.chart import (
    PRIORITY_COLOURS,
    WARNING,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.report.escape import label, shorten
from mendbook.report.index import Index
from mendbook.report.phrasing import count, hours, listed, percent, runs

_NOTHING = "There is nothing to schedule."


def sprint_load(plan: Plan) -> Chart:
    """Return each sprint's hours, PR by PR, against what it holds."""
    name, title = "sprint-load", "Sprint load against capacity"
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return Chart(name, title, _NOTHING, absent(_NOTHING))
    index = Index.of(plan)
    labels = [_sprint_label(sprint) for sprint in sprints]
    traces: list[Trace] = []
    for band in Priority:
        prs = [pr for pr in plan.pull_requests if pr.priority is band]
        if prs:
            traces.append(_load(band, prs, sprints, index))
    traces.append(
        trace(
            "scatter",
            name="Capacity",
            x=labels,
            y=[sprint.capacity for sprint in sprints],
            mode="markers",
            marker={
                "symbol": "line-ew",
                "size": 64,
                "line": {"width": 3, "color": WARNING},
            },
            hovertemplate="Capacity %{y} h<extra></extra>",
        )
    )
    drawn = figure(
        *traces,
        barmode="stack",
        bargap=0.45,
        height=400,
        xaxis={"categoryorder": "array", "categoryarray": labels, "showgrid": False},
        yaxis={"title": "Hours", "rangemode": "tozero"},
    )
    return Chart(name, title, _sentence(sprints), drawn)


def _sprint_label(sprint: Sprint) -> str:
    return f"Sprint {sprint.number}<br>{label(shorten(sprint.focus, 26))}"


def _load(
    band: Priority, prs: list[PullRequest], sprints: tuple[Sprint, ...], index: Index
) -> Trace:
    placed = {sprint.number: sprint for sprint in sprints}
    prs = [pr for pr in prs if pr.number in index.sprint_of]
    return trace(
        "bar",
        name=band,
        x=[_sprint_label(placed[index.sprint_of[pr.number]]) for pr in prs],
        y=[pr.hours for pr in prs],
        text=[f"PR {pr.number}" for pr in prs],
        textposition="inside",
        insidetextanchor="middle",
        marker={"color": PRIORITY_COLOURS[band], "line": {"width": 1, "color": "#ffffff"}},
        customdata=[_pr_hover(pr) for pr in prs],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _pr_hover(pr: PullRequest) -> str:
    after = [f"#{before.on}" for before in pr.depends_on]
    return hover(
        f"PR {pr.number} · {pr.priority} · {hours(pr.hours)}",
        pr.title,
        f"Findings: {listed(list(pr.finding_ids[:8]))}",
        f"After PR {listed(after)}" if after else "",
        f"Owner: {pr.owner}" if pr.owner else "",
    )


def _sentence(sprints: tuple[Sprint, ...]) -> str:
    fullest = max(sprints, key=lambda s: s.hours / s.capacity if s.capacity else 0.0)
    share = percent(fullest.hours / fullest.capacity) if fullest.capacity else "all"
    over = [sprint.number for sprint in sprints if sprint.hours > sprint.capacity + 1e-9]
    rest = f" Over capacity: sprint {runs(over)}." if over else " None is over capacity."
    total = hours(sum(sprint.hours for sprint in sprints))
    return (
        f"{count(len(sprints), 'sprint')}, {total}; the fullest is sprint {fullest.number} "
        f"with {share} of its capacity.{rest}"
    )


def gantt(plan: Plan) -> Chart:
    """Return PRs as bars in merge order over the sprints' hours."""
    name, title = "gantt", "Pull requests in time"
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return Chart(name, title, _NOTHING, absent(_NOTHING))
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
                    customdata=[_pr_hover(pr) for pr in prs],
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
