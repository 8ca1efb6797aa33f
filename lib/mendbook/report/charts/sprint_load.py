"""Sprint load against capacity: as planned, and as it would be under other capacities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mendbook.model import Plan, Priority, PullRequest, Sprint, SprintPlan
from mendbook.report.charts.chart import (
    MOST,
    PRIORITY_COLOURS,
    WARNING,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, listed, percent, runs

_MOST_NAMED = 7
_READABLE = {"minsize": 9, "mode": "hide"}
"""What would be smaller than this is not written into a bar; its hover says it."""

_ACROSS = 640
"""Pixels that the marks of the sprints' capacity may cover side by side."""

NOTHING = "There is nothing to schedule."


def sprint_load(plan: Plan) -> Chart:
    """Return each sprint's hours, PR by PR, against what it holds."""
    name, title = "sprint-load", "Sprint load against capacity"
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return Chart(name, title, NOTHING, absent(NOTHING))
    labels = [_label(sprint, len(sprints) <= _MOST_NAMED) for sprint in sprints]
    drawn = figure(
        *(bars for bars in _load(plan, sprints, labels) if bars["x"]),
        barmode="stack",
        bargap=_gap(len(sprints)),
        uniformtext=_READABLE,
        height=400,
        narrow={
            "xaxis.tickvals": labels,
            "xaxis.ticktext": [str(sprint.number) for sprint in sprints],
            "xaxis.title.text": "Sprint",
        },
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels,
            "range": [-0.5, len(sprints) - 0.5],
            "showgrid": False,
            "title": "" if len(sprints) <= _MOST_NAMED else "Sprint",
        },
        yaxis={"title": "Hours", "rangemode": "tozero"},
    )
    return Chart(name, title, _sentence(sprints), drawn)


def what_if(plan: Plan) -> Chart:
    """Return the same PRs planned under other capacities, one step of a slider for each.

    The plans are made beforehand: it needs no kernel to be looked at.
    """
    name, title = "what-if", "If a sprint held more, or less"
    plans = {each.capacity: each.sprint_plan for each in plan.alternatives}
    if not plans:
        return Chart(name, title, NOTHING, absent(NOTHING))
    traces: list[Trace] = []
    steps: list[dict[str, Any]] = []
    shown = _nearest(plans, plan)
    for capacity, sprint_plan in plans.items():
        numbers = [str(sprint.number) for sprint in sprint_plan.sprints]
        loads = _load(plan, sprint_plan.sprints, numbers)
        steps.append(_step(capacity, len(traces), len(loads)))
        traces += [{**bars, "visible": capacity == shown} for bars in loads]
    for step in steps:
        first, size = step.pop("first"), step.pop("size")
        visible = [first <= at < first + size for at in range(len(traces))]
        step["args"] = [{"visible": visible}]
    most = max(len(sprint_plan.sprints) for sprint_plan in plans.values())
    drawn = figure(
        *traces,
        barmode="stack",
        bargap=_gap(most),
        uniformtext=_READABLE,
        height=460,
        xaxis={
            "title": "Sprint",
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [str(number + 1) for number in range(most)],
            "range": [-0.5, most - 0.5],
            "showgrid": False,
        },
        yaxis={"title": "Hours", "rangemode": "tozero"},
        sliders=[
            {
                "active": list(plans).index(shown),
                "currentvalue": {"prefix": "Hours a sprint holds: "},
                "pad": {"t": 60},
                "steps": steps,
            }
        ],
    )
    words = [
        f"{hours(each)} make {count(len(sprint_plan.sprints), 'sprint')}"
        for each, sprint_plan in plans.items()
    ]
    return Chart(name, title, f"{listed(words)}.", drawn)


def pr_hover(pr: PullRequest) -> str:
    """Return what hovering over a PR's bar tells."""
    after = [f"#{before.on}" for before in pr.depends_on]
    return hover(
        f"PR {pr.number} · {pr.priority} · {hours(pr.hours)}",
        pr.title,
        f"Findings: {listed(list(pr.finding_ids[:8]))}",
        f"After PR {listed(after)}" if after else "",
        f"Owner: {pr.owner}" if pr.owner else "",
    )


def _gap(sprints: int) -> float:
    """Return the share of a sprint's width that is left empty: little where they are many."""
    return 0.45 if sprints <= MOST else 0.15


def _step(capacity: float, first: int, size: int) -> dict[str, Any]:
    return {"method": "update", "label": hours(capacity), "first": first, "size": size}


def _nearest(plans: Mapping[float, SprintPlan], plan: Plan) -> float:
    usual = max((sprint.capacity for sprint in plan.sprint_plan.sprints), default=0.0)
    return min(plans, key=lambda capacity: abs(capacity - usual))


def _label(sprint: Sprint, named: bool) -> str:
    if not named:
        return str(sprint.number)
    return f"Sprint {sprint.number}<br>{label(shorten(sprint.focus, 26))}"


def _load(plan: Plan, sprints: Sequence[Sprint], labels: Sequence[str]) -> list[Trace]:
    """Return a stack of bars for each priority, and the capacity, over ``labels``."""
    place = {number: at for at, sprint in enumerate(sprints) for number in sprint.prs}
    planned = sprints == plan.sprint_plan.sprints  # another capacity's sprints are nowhere else
    anchors = [f"sprint-{sprint.number}" if planned else "" for sprint in sprints]
    stacks = [
        _stack(
            band, [pr for pr in plan.pull_requests if pr.priority is band], place, labels, anchors
        )
        for band in Priority
    ]
    capacity = trace(
        "scatter",
        name="Capacity",
        x=list(labels),
        y=[sprint.capacity for sprint in sprints],
        mode="markers",
        marker={
            "symbol": "line-ew",
            "size": min(64, max(4, _ACROSS // max(1, len(labels)))),
            "line": {"width": 3, "color": WARNING},
        },
        hovertemplate="Capacity %{y} h<extra></extra>",
    )
    return [*stacks, capacity]


def _stack(
    band: Priority,
    prs: list[PullRequest],
    place: Mapping[int, int],
    labels: Sequence[str],
    anchors: Sequence[str],
) -> Trace:
    prs = [pr for pr in prs if pr.number in place]
    if len(place) > 2 * MOST:
        return _grouped(band, prs, place, labels, anchors)
    return trace(
        "bar",
        name=band,
        ids=[f"pr-{pr.number}" for pr in prs],
        x=[labels[place[pr.number]] for pr in prs],
        y=[pr.hours for pr in prs],
        text=[f"PR {pr.number}" for pr in prs],
        textposition="inside",
        insidetextanchor="middle",
        marker={"color": PRIORITY_COLOURS[band], "line": {"width": 1, "color": "#ffffff"}},
        customdata=[pr_hover(pr) for pr in prs],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _grouped(
    band: Priority,
    prs: list[PullRequest],
    place: Mapping[int, int],
    labels: Sequence[str],
    anchors: Sequence[str],
) -> Trace:
    """Return one bar a sprint for all of a band's PRs: too many to tell apart one by one."""
    held = [[pr for pr in prs if place[pr.number] == at] for at in range(len(labels))]
    full = [(at, items) for at, items in enumerate(held) if items]
    return trace(
        "bar",
        name=band,
        **({"ids": [anchors[at] for at, _ in full]} if any(anchors) else {}),
        x=[labels[at] for at, _ in full],
        y=[sum(pr.hours for pr in items) for _, items in full],
        marker={"color": PRIORITY_COLOURS[band]},
        customdata=[
            hover(
                f"{band} · {count(len(items), 'PR')} · {hours(sum(pr.hours for pr in items))}",
                f"PR {runs(pr.number for pr in items)}",
            )
            for _, items in full
        ],
        hovertemplate="%{customdata}<extra></extra>",
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
