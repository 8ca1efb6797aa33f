"""How many hosts an audience needs, as the advisor on workers has worked it out."""

from __future__ import annotations

import csv
import math
from typing import Any

from mendbook.model import Plan
from mendbook.report.charts.chart import Chart, absent, figure, trace

FILE = "worker-capacity.csv"
"""What the advisor offers: a row for each host size, ``hosts_for_<listeners>`` its columns."""

_NAME, _TITLE = "host-capacity", "Hosts that an audience needs"
_PREFIX = "hosts_for_"
_SHADES = ("#9ecae1", "#4292c6", "#0b6aa8", "#7a5195", "#bc5090")


def host_capacity(plan: Plan) -> Chart:
    """Return hosts by audience, a bar for each host size, on a logarithmic scale."""
    rows = _rows(plan)
    if not rows:
        words = "No advisor worked out how many listeners a host carries."
        return Chart(_NAME, _TITLE, words, absent(words))
    audiences = [int(name.removeprefix(_PREFIX)) for name in rows[0] if name.startswith(_PREFIX)]
    bars = [_bars(row, audiences, _SHADES[at % len(_SHADES)]) for at, row in enumerate(rows)]
    most = math.log10(max(max(bar["y"]) for bar in bars))
    drawn = figure(
        *bars,
        barmode="group",
        height=380,
        xaxis={"title": "Listeners at once", "type": "category", "showgrid": False},
        yaxis={"title": "Hosts", "type": "log", "dtick": 1, "range": [0, 0.3 + most]},
    )
    middle = rows[(len(rows) - 1) // 2]
    words = (
        f"A host of {middle['cores']} cores carries {int(middle['listeners']):,} listeners by the "
        f"model; {audiences[-1]:,} need {int(middle[f'{_PREFIX}{audiences[-1]}']):,} of them."
    )
    return Chart(_NAME, _TITLE, words, drawn)


def _rows(plan: Plan) -> list[dict[str, str]]:
    offered = [advice.files[FILE] for advice in plan.advice if FILE in advice.files]
    return list(csv.DictReader(offered[0].splitlines())) if offered else []


def _bars(row: dict[str, str], audiences: list[int], colour: str) -> dict[str, Any]:
    hosts = [int(row[f"{_PREFIX}{audience}"]) for audience in audiences]
    carries = f"{int(row['listeners']):,} listeners on {row['workers']} workers"
    return trace(
        "bar",
        name=f"{row['cores']} cores",
        x=[f"{audience:,}" for audience in audiences],
        y=hosts,
        text=[f"{value:,}" for value in hosts],
        textposition="outside",
        cliponaxis=False,
        marker={"color": colour},
        customdata=[carries] * len(hosts),
        hovertemplate="%{y:,} hosts for %{x} listeners<br>each carries %{customdata}"
        "<extra></extra>",
    )
