"""Effort against heat: which findings are in the hottest code for their hours."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.model import Plan, Priority
from mendbook.report.charts.chart import (
    ACCENT,
    PRIORITY_COLOURS,
    PRIORITY_MARKS,
    Chart,
    Trace,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.report.index import Index
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, listed, percent, span

_NAME, _TITLE = "effort-heat", "Effort against heat"
_SHORT = 100


@dataclass(frozen=True, slots=True)
class _Point:
    finding_id: str
    hours: float
    low: float
    high: float
    share: float
    priority: Priority
    hover: str
    anchor: str


def effort_against_heat(plan: Plan) -> Chart:
    """Return likely hours against share of profiled CPU time, and the frontier between them."""
    points = _points(plan)
    if not points:
        words = (
            "Nothing was profiled, so no finding's heat is known. "
            "Give a .cpuprofile with --profile to see which findings are in hot code."
        )
        return Chart(_NAME, _TITLE, words, absent(words))
    best = frontier([(point.hours, point.share) for point in points])
    edge = sorted((points[at] for at in best), key=lambda point: point.hours)
    line = trace(
        "scatter",
        name="Hottest code for the hours",
        x=[point.hours for point in edge],
        y=[100 * point.share for point in edge],
        mode="lines",
        line={"color": ACCENT, "width": 2, "dash": "dot", "shape": "hv"},
        hoverinfo="skip",
    )
    named = {point.finding_id for point in edge}
    bands = [[point for point in points if point.priority is band] for band in Priority]
    drawn = figure(
        line,
        *(_dots(items, named) for items in bands if items),
        height=440,
        xaxis={"title": "Hours, likely, with their range", "rangemode": "tozero"},
        yaxis={"title": "Share of profiled CPU time", "ticksuffix": " %", "rangemode": "tozero"},
    )
    return Chart(_NAME, _TITLE, _sentence(plan, points, edge), drawn)


def frontier(points: list[tuple[float, float]]) -> list[int]:
    """Return the positions of the ``(hours, share)`` that no other beats in both.

    This is the Pareto frontier: no other point takes fewer hours and relieves as much, nor the
    same hours and relieves more. Points that relieve nothing are never on it.
    """
    best, positions = 0.0, []
    order = sorted(range(len(points)), key=lambda at: (points[at][0], -points[at][1]))
    for at in order:
        if points[at][1] > best:
            best = points[at][1]
            positions.append(at)
    return positions


def _points(plan: Plan) -> list[_Point]:
    index, points = Index.of(plan), []
    for item in plan.open_items:
        heat = index.heat.get(item.finding_id)
        if heat is None or heat.share is None:
            continue
        estimate = item.estimate
        text = hover(
            f"{item.finding_id} · {item.decision.priority}",
            shorten(index.findings[item.finding_id].problem, _SHORT),
            f"{percent(heat.share)} of profiled CPU time"
            + (f", most in {heat.hottest}" if heat.hottest else ""),
            f"{hours(estimate.likely)} ({span(estimate.low, estimate.high)}; {estimate.source})",
            heat.why,
            f"Measured in {heat.source}" if heat.source else "",
        )
        points.append(
            _Point(
                item.finding_id,
                estimate.likely,
                estimate.low,
                estimate.high,
                heat.share,
                item.decision.priority,
                text,
                index.anchor_of[item.finding_id],
            )
        )
    return points


def _dots(points: list[_Point], named: set[str]) -> Trace:
    band = points[0].priority
    return trace(
        "scatter",
        name=band,
        ids=[point.finding_id for point in points],
        x=[point.hours for point in points],
        y=[100 * point.share for point in points],
        mode="markers+text",
        text=[label(point.finding_id) if point.finding_id in named else "" for point in points],
        meta={"anchors": [point.anchor for point in points]},
        textposition="top right",
        cliponaxis=False,
        marker={
            "color": PRIORITY_COLOURS[band],
            "symbol": PRIORITY_MARKS[band],
            "size": 13,
            "line": {"width": 1, "color": "rgba(0,0,0,0.4)"},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [point.high - point.hours for point in points],
            "arrayminus": [point.hours - point.low for point in points],
            "thickness": 1,
            "width": 3,
            "color": "rgba(128,128,128,0.6)",
        },
        customdata=[point.hover for point in points],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _sentence(plan: Plan, points: list[_Point], edge: list[_Point]) -> str:
    unknown = len(plan.open_items) - len(points)
    rest = f" {count(unknown, 'finding')} not in the profile." if unknown else ""
    if not edge:
        return f"None of {count(len(points), 'finding')} is in code that the profile shows.{rest}"
    names = listed([f"{p.finding_id} ({percent(p.share)}, {hours(p.hours)})" for p in edge[:5]])
    return f"Hottest code for the hours: {names}.{rest}"
