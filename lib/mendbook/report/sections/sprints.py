"""Sprint Plan: what is done when, against capacity, and how sure that is."""

from __future__ import annotations

from mendbook.model import Alternative, Forecast, Plan, Priority, Quantiles, Sprint, SprintPlan
from mendbook.report import markdown, mermaid
from mendbook.report.index import Index
from mendbook.report.names import ours, sprint_named
from mendbook.report.promises import later_than_planned
from mendbook.text.escape import cell, prose, text
from mendbook.text.phrasing import hours, number, percent, sentence

HEADING = "Sprint Plan"


def sprint_plan(plan: Plan) -> str:
    """Return the table of sprints, their gantt, and the forecast."""
    if not plan.sprint_plan.sprints:
        return markdown.blocks(f"## {HEADING}", "There is nothing to schedule.")
    index = Index.of(plan)
    return markdown.blocks(
        f"## {HEADING}",
        f"{_planned(plan.sprint_plan)} A PR never comes before what it depends on.",
        _table(plan, index),
        markdown.bullets(ours(prose(sentence(note)), index) for note in plan.sprint_plan.notes),
        [markdown.slot(name) for name in ("sprint-load", "gantt")],
        mermaid.sprint_gantt(plan),
        "### What each sprint holds",
        [_contents(sprint, index) for sprint in plan.sprint_plan.sprints],
        *_alternatives(plan),
        "### Forecast",
        markdown.slot("forecast") if plan.forecast else "",
        _forecast(plan.forecast, index)
        if plan.forecast
        else "No simulation was made, so no date is promised.",
        later_than_planned(plan),
    )


def _planned(schedule: SprintPlan) -> str:
    """Return how the plan was found, and how good it is known to be."""
    if schedule.status == "optimal":
        return (
            "No plan is better, which a solver proved: P0 is as early as it can be, and then what "
            "is dear to leave."
        )
    return f"Planned by {text(schedule.method)}; the result is {text(schedule.status)}."


def _table(plan: Plan, index: Index) -> str:
    return markdown.table(
        ("Sprint", "Focus Area", "PRs", "Hours", "Capacity", "Load"),
        [
            (
                markdown.sprint_link(sprint.number),
                cell(sprint.focus),
                markdown.pr_runs(sprint.prs),
                number(sprint.hours),
                number(sprint.capacity),
                (percent(sprint.hours / sprint.capacity) if sprint.capacity else "—")
                + (f" ({ours(text(sprint.over_capacity), index)})" if sprint.over_capacity else ""),
            )
            for sprint in plan.sprint_plan.sprints
        ],
        right=(3, 4),
    )


def _contents(sprint: Sprint, index: Index) -> str:
    prs = [index.pull_requests[number] for number in sprint.prs]
    lines = [
        f"{markdown.pr_link(pr.number)} — {text(pr.title)} ({pr.priority}, {hours(pr.hours)})"
        for pr in prs
    ]
    return markdown.blocks(
        markdown.anchor(f"sprint-{sprint.number}"),
        f"#### Sprint {sprint.number}",
        markdown.long_bullets(lines, "pull request"),
    )


def _alternatives(plan: Plan) -> tuple[str, ...]:
    if not plan.alternatives:
        return ()
    return (
        "### If a sprint held more, or less",
        "The same PRs, planned again; earlier and later are against the plan above.",
        markdown.table(
            ("A sprint holds", "Sprints", "Last P0 in sprint", "Earlier PRs", "Later PRs", "Plan"),
            [_alternative(plan, each) for each in plan.alternatives],
            right=(0, 1, 2),
        ),
        markdown.slot("what-if"),
    )


def _alternative(plan: Plan, other: Alternative) -> tuple[str, ...]:
    sprints = other.sprint_plan.sprints
    if not sprints:
        why = "; ".join(other.sprint_plan.notes) or other.sprint_plan.status
        return (hours(other.capacity), "—", "—", "—", "—", cell(why))
    was, now = _sprint_of(plan.sprint_plan), _sprint_of(other.sprint_plan)
    urgent = [now[pr.number] for pr in plan.pull_requests if pr.priority is Priority.P0]
    return (
        hours(other.capacity),
        str(len(sprints)),
        str(max(urgent)) if urgent else "—",
        markdown.pr_runs(pr for pr in now if now[pr] < was[pr]),
        markdown.pr_runs(pr for pr in now if now[pr] > was[pr]),
        cell(other.sprint_plan.status),
    )


def _sprint_of(plan: SprintPlan) -> dict[int, int]:
    return {pr: sprint.number for sprint in plan.sprints for pr in sprint.prs}


def _forecast(forecast: Forecast, index: Index) -> str:
    return markdown.blocks(
        f"{forecast.draws:,} runs drawn from the estimates' ranges ({text(forecast.distribution)}, "
        f"seed {forecast.seed}). Each number is the sprint by whose end it is done.",
        markdown.table(
            ("Done by sprint", "In half of the runs", "In 85 %", "In 95 %"),
            [_quantiles(band, index) for band in (*forecast.bands, forecast.finish)],
            right=(1, 2, 3),
        ),
        _done_by(forecast, index),
    )


def _done_by(forecast: Forecast, index: Index) -> str:
    """Return which PRs are done by when; of many sprints it is folded away."""
    table = markdown.table(
        ("By the end of sprint", "These PRs are done in 85 % of the runs"),
        [
            (sprint_named(number, index, str(number)), markdown.pr_runs(prs))
            for number, prs in forecast.cut
        ],
    )
    if len(forecast.cut) <= markdown.LONG:
        return table
    return markdown.details("PRs that are done by the end of each sprint", table)


def _quantiles(band: Quantiles, index: Index) -> tuple[str, ...]:
    reached = (sprint_named(at, index, str(at)) for at in (band.p50, band.p85, band.p95))
    return (cell(band.name), *reached)
