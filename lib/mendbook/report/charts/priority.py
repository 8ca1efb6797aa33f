"""What comes first and why: every finding in its order, with the reasons on hover."""

from __future__ import annotations

from statistics import median

from mendbook.model import Plan, Priority, Remediation
from mendbook.report.charts.chart import (
    MOST,
    PRIORITY_COLOURS,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.report.index import Index
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, listed, number

_NAME, _TITLE = "priority", "What comes first"
_AXES = {"wsjf": "Order key inside a band (WSJF)", "hours": "Hours, likely"}


def priority(plan: Plan) -> Chart:
    """Return the findings in order of rank; bars are the order key, colours the bands.

    The order key is ``wsjf`` of ``Decision.order_key``, or the likely hours where it has none.
    """
    if not plan.open_items:
        words = "There are no findings to put in order."
        return Chart(_NAME, _TITLE, words, absent(words))
    index = Index.of(plan)
    key = "wsjf" if all("wsjf" in item.decision.order_key for item in plan.open_items) else ""
    alone, rest = plan.open_items[:MOST], plan.open_items[MOST:]
    order = [label(item.finding_id) for item in alone]
    traces = []
    for band in Priority:
        items = [item for item in alone if item.decision.priority is band]
        more = [item for item in rest if item.decision.priority is band]
        if items:
            traces.append(_bars(band, items, key, index))
        if more:
            order.append(_row(band, more))
            traces.append(_group(band, more, key, bool(items)))
    drawn = figure(
        *traces,
        height=110 + (22 if rest else 26) * len(order),
        bargap=0.3,
        xaxis={"title": _AXES[key or "hours"], "rangemode": "tozero"},
        yaxis={
            "categoryorder": "array",
            "categoryarray": order,
            "autorange": "reversed",
            "showgrid": False,
            "dtick": 1,
        },
    )
    return Chart(_NAME, _TITLE, _sentence(plan), drawn)


def _bars(band: Priority, items: list[Remediation], key: str, index: Index) -> Trace:
    return trace(
        "bar",
        name=band,
        orientation="h",
        ids=[item.finding_id for item in items],
        y=[label(item.finding_id) for item in items],
        x=[_value(item, key) for item in items],
        meta={"anchors": [index.anchor_of[item.finding_id] for item in items]},
        marker={"color": PRIORITY_COLOURS[band]},
        text=[f"{band} · {hours(item.estimate.likely)}" for item in items],
        textposition="auto",
        cliponaxis=False,
        customdata=[_why(item, index) for item in items],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _value(item: Remediation, key: str) -> float:
    return item.decision.order_key[key] if key else item.estimate.likely


def _row(band: Priority, items: list[Remediation]) -> str:
    return f"{len(items)} more {band}"


def _group(band: Priority, items: list[Remediation], key: str, named: bool) -> Trace:
    """Return one bar for the findings that have none of their own: the middle one's length."""
    likely = hours(sum(item.estimate.likely for item in items))
    middle = median(_value(item, key) for item in items)
    ranks = f"ranks {items[0].decision.rank} to {items[-1].decision.rank}"
    words = (
        f"{count(len(items), 'more finding')} in {band}",
        f"{ranks}, {likely} in all",
        f"The bar is their median, {number(middle)}",
    )
    return trace(
        "bar",
        name=band,
        showlegend=not named,
        orientation="h",
        y=[_row(band, items)],
        x=[middle],
        marker={"color": PRIORITY_COLOURS[band], "opacity": 0.5},
        text=[f"{band} · {likely} in all"],
        textposition="auto",
        cliponaxis=False,
        customdata=[hover(*words)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _why(item: Remediation, index: Index) -> str:
    decision = item.decision
    keys = ", ".join(f"{name} {number(value)}" for name, value in decision.order_key.items())
    return hover(
        f"{decision.rank}. {item.finding_id} · {decision.priority}",
        shorten(index.findings[item.finding_id].problem, 200),
        *(f"• {step.question} {step.answer}: {step.because}" for step in decision.path[:8]),
        keys,
        f"To move it: {decision.flip}" if decision.flip else "",
    )


def _sentence(plan: Plan) -> str:
    bands = [
        (band, sum(item.decision.priority is band for item in plan.open_items)) for band in Priority
    ]
    kinds = listed([f"{amount} {band}" for band, amount in bands if amount])
    first = listed([item.finding_id for item in plan.open_items[:3]])
    total = count(len(plan.open_items), "finding")
    return f"{total} in order: {kinds}. First come {first}."
