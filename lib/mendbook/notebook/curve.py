"""Capacity against date: when all is done, and when nothing urgent is left."""

from __future__ import annotations

from typing import Any

from mendbook.model import Plan
from mendbook.planning.scenarios import Summary, summarise
from mendbook.planning.what_if import Outcome
from mendbook.report import Chart
from mendbook.report.charts.chart import ACCENT, WARNING, absent, figure, trace
from mendbook.text.phrasing import number

_NAME, _TITLE = "capacity-curve", "Capacity against date"


def capacity_curve(plan: Plan) -> Chart:
    """Return the last sprint, and that of the last P0, by the hours a sprint holds."""
    outcomes = {
        f"{each.capacity:g}": Outcome(plan.pull_requests, each.sprint_plan)
        for each in plan.alternatives
    }
    summaries = [each for each in summarise(outcomes) if each.sprints]
    if not summaries:
        words = "No other capacity was planned."
        return Chart(_NAME, _TITLE, words, absent(words))
    urgent = [each for each in summaries if each.urgent_done]
    lines = [
        _line("All done", ACCENT, "circle", summaries, [each.sprints for each in summaries]),
        _line("P0 done", WARNING, "diamond", urgent, [each.urgent_done for each in urgent]),
    ]
    drawn = figure(
        *(line for line in lines if line["x"]),
        height=360,
        xaxis={"title": "Hours a sprint holds", "rangemode": "tozero"},
        yaxis={"title": "Done in sprint", "rangemode": "tozero", "dtick": _step(summaries)},
    )
    return Chart(_NAME, _TITLE, _sentence(summaries), drawn)


def _line(
    name: str, colour: str, mark: str, items: list[Summary], sprints: list[int]
) -> dict[str, Any]:
    return trace(
        "scatter",
        name=name,
        mode="lines+markers",
        line={"color": colour, "shape": "hv"},
        marker={"symbol": mark, "size": 9},
        x=[float(each.name) for each in items],
        y=sprints,
        hovertemplate="%{x:g} h a sprint: sprint %{y}<extra>" + name + "</extra>",
    )


def _step(summaries: list[Summary]) -> int:
    return max(1, round(max(each.sprints for each in summaries) / 10))


def _sentence(summaries: list[Summary]) -> str:
    least, most = summaries[0], summaries[-1]
    if least.sprints == most.sprints:
        return (
            f"Between {number(float(least.name))} and {number(float(most.name))} hours a sprint, "
            f"all is done in sprint {most.sprints}: more hours bring no earlier date."
        )
    enough = next(each for each in summaries if each.sprints == most.sprints)
    return (
        f"With {number(float(least.name))} hours a sprint all is done in sprint {least.sprints}, "
        f"with {number(float(enough.name))} in sprint {enough.sprints}; "
        + (
            "no more hours were tried."
            if enough is most
            else f"more, up to {number(float(most.name))}, bring no earlier date."
        )
    )
