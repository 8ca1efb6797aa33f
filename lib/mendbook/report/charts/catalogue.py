"""Every chart by its name, in the order that a reader asks."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.model import Plan
from mendbook.report.charts import (
    effort_heat,
    forecast,
    gantt,
    host_capacity,
    pr_graph,
    priority,
    proof,
    severity,
    sprint_load,
)
from mendbook.report.charts.chart import Chart

CHARTS: dict[str, Callable[[Plan], Chart]] = {
    "severity-dimension": severity.severity_by_dimension,
    "scores": severity.scores,
    "priority": priority.priority,
    "effort-heat": effort_heat.effort_against_heat,
    "proof": proof.proof,
    "pr-graph": pr_graph.pr_graph,
    "sprint-load": sprint_load.sprint_load,
    "what-if": sprint_load.what_if,
    "gantt": gantt.gantt,
    "forecast": forecast.forecast,
    "host-capacity": host_capacity.host_capacity,
}


def chart(plan: Plan, name: str) -> Chart:
    """Return the chart called ``name``; KeyError names those that there are."""
    if name not in CHARTS:
        raise KeyError(f"no chart {name!r}; choose from {list(CHARTS)}")
    return CHARTS[name](plan)
