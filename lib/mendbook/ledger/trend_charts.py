"""A trend drawn: what is open over time by priority, severity or proof, and the hours left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from typing import Any

from mendbook.errors import UsageError
from mendbook.intake import Comparison
from mendbook.ledger.trace import tally
from mendbook.ledger.trend import Followed, Line, Point, Trend
from mendbook.model import Rung, Severity
from mendbook.report import Chart
from mendbook.report.charts.chart import (
    ACCENT,
    DRAFT_COLOUR,
    PRIORITY_COLOURS,
    RUNG_COLOURS,
    absent,
    figure,
    trace,
)
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import label
from mendbook.text.phrasing import count, hours, listed

_SEVERITY_COLOURS = dict(
    zip(Severity, ("#8B1A1A", "#D55E00", "#E69F00", "#56B4E9", "#9E9E9E"), strict=True)
)
_COLOURS: dict[str, Mapping[str, str]] = {
    "priority": {str(band): colour for band, colour in PRIORITY_COLOURS.items()},
    "severity": {str(level): colour for level, colour in _SEVERITY_COLOURS.items()},
    "proof": {**{str(rung): RUNG_COLOURS[rung] for rung in Rung}, "draft": DRAFT_COLOUR},
}
_LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#5B6472")
_NOTHING = "There is no run to draw."


def trend_chart(trend: Trend, by: str) -> Chart:
    """Return the open findings of each run, stacked by ``priority``, ``severity`` or ``proof``.

    ``UsageError`` for anything else; the newest line of audits is drawn.
    """
    if by not in _COLOURS:
        message = f"{by}: no such trend; choose priority, severity or proof"
        raise UsageError(message + did_you_mean(by, _COLOURS))
    name, title = f"trend-{by}", f"Open findings by {by}"
    line = _newest(trend)
    if line is None:
        return Chart(name, title, _NOTHING, absent(_NOTHING))
    counts = [_counts(line, at, by) for at in range(len(line.points))]
    words = [each for each in _COLOURS[by] if any(each in at_run for at_run in counts)]
    dates = [each.started[:10] for each in line.points]
    bars = [
        trace(
            "bar",
            name=word,
            x=dates,
            y=[at_run.get(word, 0) for at_run in counts],
            marker={"color": _COLOURS[by][word]},
            hovertemplate=f"%{{x}}: %{{y}} {label(word)}<extra></extra>",
        )
        for word in words
    ]
    drawn = figure(*bars, barmode="stack", height=360, xaxis=_by_run(), yaxis={"title": "Findings"})
    return Chart(name, title, _said(line, by, counts), drawn)


def hours_chart(trend: Trend) -> Chart:
    """Return the likely hours of what is open in each run."""
    name, title = "trend-hours", "Hours of what is open"
    line = _newest(trend)
    if line is None:
        return Chart(name, title, _NOTHING, absent(_NOTHING))
    drawn = figure(
        trace(
            "scatter",
            name="Hours",
            mode="lines+markers",
            x=[each.started[:10] for each in line.points],
            y=[each.hours for each in line.points],
            line={"color": ACCENT},
            hovertemplate="%{x}: %{y:.2f} h<extra></extra>",
        ),
        height=320,
        xaxis=_by_run(),
        yaxis={"title": "Hours, likely", "rangemode": "tozero"},
    )
    first, last = line.points[0], line.points[-1]
    said = (
        f"{hours(last.hours)} are open on {last.started[:10]}"
        if first is last
        else f"From {hours(first.hours)} on {first.started[:10]} to {hours(last.hours)} "
        f"on {last.started[:10]}"
    )
    return Chart(name, title, f"{said}.", drawn)


def scores_chart(trend: Trend) -> Chart:
    """Return the audits' scores run by run, each in percent of the most that it can be."""
    name, title = "trend-scores", "Scores"
    line = _newest(trend)
    points = [each for each in line.points if each.scores] if line else []
    if not points:
        said = "No run's audit gives scores."
        return Chart(name, title, said, absent(said))
    names = list(dict.fromkeys(score.name for point in points for score in point.scores))
    shares = {each: [_share(point, each) for point in points] for each in names}
    drawn = figure(
        *(
            trace(
                "scatter",
                name=label(each),
                mode="lines+markers",
                x=[point.started[:10] for point in points],
                y=shares[each],
                line={"color": colour, "dash": "solid" if at < len(_LINES) else "dot"},
                hovertemplate=f"%{{x}}: %{{y:.0f}} % {label(each)}<extra></extra>",
            )
            for at, (each, colour) in enumerate(zip(names, cycle(_LINES), strict=False))
        ),
        height=360,
        xaxis=_by_run(),
        yaxis={"title": "Percent of the most", "rangemode": "tozero"},
    )
    return Chart(name, title, _scored(points, shares), drawn)


def _share(point: Point, name: str) -> float | None:
    """Return a score of a run in percent of its most; None where that audit does not give it."""
    score = next((each for each in point.scores if each.name == name and each.maximum), None)
    return 100 * score.value / score.maximum if score else None


def _scored(points: Sequence[Point], shares: Mapping[str, Sequence[float | None]]) -> str:
    """Return which scores rose and fell between the first and the last run that has them."""
    ends = {
        name: [each for each in percents if each is not None] for name, percents in shares.items()
    }
    last = points[-1].started[:10]
    lowest = min(ends, key=lambda name: ends[name][-1] if ends[name] else math.inf)
    now = f"lowest on {last} is {lowest} with {ends[lowest][-1]:.0f} %" if ends[lowest] else ""
    if len(points) == 1:
        return f"One run with scores; {now}."
    rose = [_moved(name, at) for name, at in ends.items() if at and at[-1] > at[0]]
    fell = [_moved(name, at) for name, at in ends.items() if at and at[-1] < at[0]]
    moved = [
        *([f"{listed(rose)} rose"] if rose else []),
        *([f"{listed(fell)} fell"] if fell else []),
    ]
    said = "; ".join(moved) or "no score moved"
    return f"Since {points[0].started[:10]} {said}; {now}."


def _moved(name: str, at: Sequence[float]) -> str:
    return f"{name} ({at[0]:.0f} to {at[-1]:.0f} %)"


def became(trend: Trend) -> str:
    """Return what became of the findings between the first and the newest run, in a sentence."""
    line = _newest(trend)
    if line is None:
        return _NOTHING
    closed = [each for each in line.findings if not each.is_open]
    named = [each for each in closed if each.commits]
    still = len(line.findings) - len(closed)
    if len(line.points) == 1:
        return f"One run: {count(still, 'finding')} open, and nothing to compare with."
    first = {each.started for each in line.points[:1]}
    new = sum(each.first not in first for each in line.findings)
    by = f", {len(named)} of them by a commit that git shows" if closed else ""
    return (
        f"Over {count(len(line.points), 'run')}: {len(closed)} closed{by}, {new} new since the "
        f"first, {still} open."
    )


def spent_words(trend: Trend) -> str:
    """Return planned against spent hours in a sentence, or why there is none."""
    totals = trend.spent
    if totals.factor is None:
        return "Hours spent are not known: no file of them was given, or it names no finding here."
    return (
        f"{hours(totals.spent)} were spent where {hours(totals.planned)} were planned, over "
        f"{count(totals.findings, 'finding')}: {totals.factor:.2f} hours for each."
    )


def compared(comparison: Comparison) -> str:
    """Return what differs between two audits in a sentence."""
    return (
        f"{len(comparison.new)} new, {len(comparison.still)} still there, "
        f"{len(comparison.moved)} moved, {len(comparison.fixed)} fixed or no longer reported: "
        "an audit cannot tell which of the two."
    )


def _newest(trend: Trend) -> Line | None:
    drawn = [line for line in trend.lines if line.points]
    return max(drawn, key=lambda line: line.points[-1].started, default=None)


def _by_run() -> dict[str, Any]:
    return {"title": "Run", "type": "category", "showgrid": False}


def _counts(line: Line, at: int, by: str) -> Mapping[str, int]:
    point = line.points[at]
    if by == "priority":
        return point.by_priority
    if by == "proof":
        return point.by_proof
    return tally(each.severity for each in _open_at(line.findings, point.started))


def _open_at(findings: Sequence[Followed], started: str) -> Iterable[Followed]:
    return (
        each
        for each in findings
        if each.first <= started and not (each.closed and each.closed <= started)
    )


def _said(line: Line, by: str, counts: Sequence[Mapping[str, int]]) -> str:
    now = listed([f"{counts[-1][word]} {word}" for word in _COLOURS[by] if counts[-1].get(word)])
    last = line.points[-1]
    before = f", {line.points[-2].open} in the run before" if len(line.points) > 1 else ""
    return f"On {last.started[:10]} {last.open} open ({now or 'none'}){before}."
