"""Say a trend as plain text, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mendbook.effort import Calibrated
from mendbook.ledger.trend import ClosingCommit, Followed, Line, Point, SpentTotals, Trend
from mendbook.text.escape import line as one_line
from mendbook.text.escape import shorten
from mendbook.text.phrasing import count, hours, number

_BANDS = ("P0", "P1", "P2", "P3")
_HEAD = ("run", "commit", "open", *_BANDS, "new", "gone", "moved", "reworded", "back", "hours")
_WIDTH = 70


def trend_words(trend: Trend) -> str:
    """Return the runs of each line as a table, and what became of each finding that closed."""
    parts = ["\n".join(_line(line)) for line in trend.lines]
    parts += ["\n".join(_spent(trend.spent, trend.calibration))] if trend.spent.findings else []
    parts += [f"Not known: {gap.what}: {gap.reason}." for gap in trend.gaps]
    return "\n\n".join(parts)


def _line(line: Line) -> Iterator[str]:
    yield f"{one_line(line.audit)} of {one_line(line.repository) or 'no repository'}"
    yield from _table([_HEAD, *(_point(each) for each in line.points)])
    closed = [each for each in line.findings if not each.is_open]
    still = len(line.findings) - len(closed)
    yield f"{count(len(closed), 'finding')} closed, {still or 'none'} open"
    for each in closed:
        yield from _closed(each)


def _point(point: Point) -> tuple[str, ...]:
    bands = (str(point.by_priority.get(band, 0)) for band in _BANDS)
    numbers = (point.new, point.gone, point.moved, point.reworded, point.returned)
    return (
        point.started,
        one_line(point.commit[:12]) or "–",
        str(point.open),
        *bands,
        *map(str, numbers),
        number(point.hours),
    )


def _closed(gone: Followed) -> Iterator[str]:
    spent = f", spent {hours(gone.spent)}" if gone.spent is not None else ""
    yield (
        f"  {one_line(gone.id)} ({gone.priority}): {shorten(one_line(gone.headline), _WIDTH)}; "
        f"gone on {gone.closed[:10]}, planned {hours(gone.planned)}{spent}"
    )
    for commit in gone.commits:
        yield f"    by {_commit(commit)}"
    if gone.not_known:
        yield f"    by which commit is not known: {one_line(gone.not_known)}"


def _commit(commit: ClosingCommit) -> str:
    said = f"“{shorten(one_line(commit.subject), _WIDTH)}” by {one_line(commit.author)}"
    return f"{commit.hash[:12]} {said}, {commit.date[:10]}; it {one_line(commit.why)}"


def _spent(totals: SpentTotals, known: Sequence[Calibrated]) -> Iterator[str]:
    factor = totals.factor
    per = f", {number(factor)} h for each hour planned" if factor is not None else ""
    yield (
        f"{hours(totals.spent)} spent on {count(totals.findings, 'finding')} planned with "
        f"{hours(totals.planned)}{per}"
    )
    for each in known:
        yield f"  {_learnt(each)}"


def _learnt(calibrated: Calibrated) -> str:
    unit = "×" if calibrated.factors else ""
    took = "–".join(f"{unit}{number(value)}" for value in calibrated.spread)
    was = "–".join(f"{unit}{number(value)}" for value in calibrated.prior)
    said = (
        f"{calibrated.kind}: {count(calibrated.cases, 'case')} took {took} where {was} was assumed"
    )
    if not calibrated.used:
        return f"{said}; too few to go by"
    now = "–".join(f"{unit}{number(value)}" for value in calibrated.range)
    return f"{said}; plans now go by {now}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(cells)
        ).rstrip()
