"""How many hosts an audience needs, as the advisor on workers has worked it out."""

from __future__ import annotations

import math
from typing import Any

from mendbook.model import HostCapacity, Plan
from mendbook.report.charts.chart import Chart, absent, figure, trace

_NAME, _TITLE = "host-capacity", "Hosts that an audience needs"
_SHADES = ("#9ecae1", "#4292c6", "#0b6aa8", "#7a5195", "#bc5090")


def host_capacity(plan: Plan) -> Chart:
    """Return hosts by audience, a bar for each host size, on a logarithmic scale."""
    sizes = next((advice.capacity for advice in plan.advice if advice.capacity), ())
    if not sizes:
        words = "No advisor worked out how many listeners a host carries."
        return Chart(_NAME, _TITLE, words, absent(words))
    bars = [_bars(size, _SHADES[at % len(_SHADES)]) for at, size in enumerate(sizes)]
    most = math.log10(max(max(bar["y"]) for bar in bars))
    drawn = figure(
        *bars,
        barmode="group",
        height=380,
        xaxis={"title": "Listeners at once", "type": "category", "showgrid": False},
        yaxis={"title": "Hosts", "type": "log", "dtick": 1, "range": [0, 0.3 + most]},
    )
    middle = sizes[(len(sizes) - 1) // 2]
    audience, needed = middle.hosts[-1]
    words = (
        f"A host of {middle.cores} cores carries {middle.listeners:,} listeners by the "
        f"model; {audience:,} need {needed:,} of them."
    )
    return Chart(_NAME, _TITLE, words, drawn)


def _bars(size: HostCapacity, colour: str) -> dict[str, Any]:
    hosts = [needed for _, needed in size.hosts]
    carries = f"{size.listeners:,} listeners on {size.workers} workers"
    return trace(
        "bar",
        name=f"{size.cores} cores",
        x=[f"{audience:,}" for audience, _ in size.hosts],
        y=hosts,
        text=[f"{value:,}" for value in hosts],
        textposition="outside",
        cliponaxis=False,
        marker={"color": colour},
        customdata=[carries] * len(hosts),
        hovertemplate="%{y:,} hosts for %{x} listeners<br>each carries %{customdata}"
        "<extra></extra>",
    )
