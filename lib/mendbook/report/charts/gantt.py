"""Pull requests in time: bars in merge order over the sprints."""

from __future__ import annotations

from math import ceil

from mendbook.model import Plan, Priority, PullRequest, Sprint
from mendbook.report.charts.chart import (
    DRAFT_COLOUR,
    MOST,
    PRIORITY_COLOURS,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.report.charts.sprint_load import NOTHING, pr_hover
from mendbook.report.index import Index
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, runs

_NAMED, _SAID = 12, 12
"""Sprints that an axis has room to name in full, and that a sentence lists."""

_TICKS = 16
"""Sprints that an axis has room to number."""

Starts = dict[int, tuple[float, float]]
"""PR number to its start and length, in sprints."""


def gantt(plan: Plan) -> Chart:
    """Return PRs as bars in merge order over the sprints' hours."""
    name, title = "gantt", "Pull requests in time"
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return Chart(name, title, NOTHING, absent(NOTHING))
    index = Index.of(plan)
    starts = _starts(sprints, index.pull_requests)
    merged = [number for sprint in sprints for number in sprint.prs]
    order, rest = merged[:MOST], merged[MOST:]
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
                    ids=[f"pr-{pr.number}" for pr in prs],
                    marker={"color": PRIORITY_COLOURS[band]},
                    customdata=[pr_hover(pr) for pr in prs],
                    hovertemplate="%{customdata}<extra></extra>",
                )
            )
    rows = [names[number] for number in order]
    reached = ceil(max(sum(starts[number]) for number in order))
    seen = min(len(sprints), max(_NAMED, reached + 1)) if rest else len(sprints)
    if rest:
        bar = _rest([index.pull_requests[number] for number in rest], starts, index)
        traces.append(bar)
        rows += bar["y"]
    named = range(0, seen, ceil(seen / _TICKS))
    drawn = figure(
        *traces,
        narrow={
            "yaxis.tickvals": rows,
            "yaxis.ticktext": [*(f"#{number}" for number in order), *["the rest"][: len(rest)]],
        },
        height=100 + (22 if rest else 28) * len(rows),
        bargap=0.35,
        table="sprint-plan",
        xaxis={
            "side": "top",
            "tickvals": [at + 0.5 for at in named],
            "ticktext": [_tick(sprints[at], seen) for at in named],
            "title": _axis(seen, len(sprints)),
            "range": [0, seen],
            "showgrid": False,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": rows,
            "autorange": "reversed",
            "showgrid": False,
            "dtick": 1,
        },
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0},
        shapes=[
            {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
            | {"line": {"width": 1, "color": "rgba(128,128,128,0.5)", "dash": "dot"}}
            for at in named[1:]
        ],
    )
    words = "; ".join(f"sprint {s.number}: PR {runs(s.prs)}" for s in sprints[:_SAID])
    more = f"; and {count(len(sprints) - _SAID, 'more sprint')}" if len(sprints) > _SAID else ""
    return Chart(name, title, f"In merge order, {words}{more}.", drawn)


def _axis(seen: int, sprints: int) -> str:
    """Return the axis' title, which says where sprints are beyond what is drawn."""
    if seen < sprints:
        return f"Sprint, of {sprints}"
    return "Sprint" if seen > _NAMED else ""


def _tick(sprint: Sprint, amount: int) -> str:
    return str(sprint.number) if amount > _NAMED else f"Sprint {sprint.number}"


def _rest(prs: list[PullRequest], starts: Starts, index: Index) -> Trace:
    """Return one bar from the first to the last of the PRs that have no row of their own."""
    first = min(starts[pr.number][0] for pr in prs)
    last = max(sum(starts[pr.number]) for pr in prs)
    due = runs(index.sprint_of[pr.number] for pr in prs)
    amount = count(len(prs), "more PR")
    words = f"{amount}, {hours(sum(pr.hours for pr in prs))}"
    return trace(
        "bar",
        name="The rest",
        orientation="h",
        y=[f"{amount}, to sprint {max(index.sprint_of[pr.number] for pr in prs)}"],
        base=[first],
        x=[last - first],
        marker={"color": DRAFT_COLOUR},
        customdata=[hover(words, f"In sprints {due}")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _row(pr: PullRequest) -> str:
    return f"{label(shorten(pr.title, 44))}  #{pr.number}"


def _starts(sprints: tuple[Sprint, ...], prs: dict[int, PullRequest]) -> Starts:
    """Return PR number to its start and length, in sprints."""
    starts = {}
    for at, sprint in enumerate(sprints):
        filled = max(sprint.capacity, sprint.hours) or 1.0
        passed = 0.0
        for number in sprint.prs:
            length = prs[number].hours / filled
            starts[number] = (at + passed, length)
            passed += length
    return starts
