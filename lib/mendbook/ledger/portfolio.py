"""The newest run of every audit in a folder, side by side: what first across all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mendbook.ledger.shelf import Shelf
from mendbook.ledger.trace import Trace, line_of
from mendbook.model import Priority
from mendbook.report import Chart
from mendbook.report.charts.chart import MOST, PRIORITY_COLOURS, absent, figure, trace
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, hours, listed

if TYPE_CHECKING:
    import pandas as pd

_NOTHING = "There is no published run here."


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The newest published run of each line of audits, most urgent work first."""

    runs: tuple[Trace, ...]


def open_portfolio(reports: str | Path) -> Portfolio:
    """Return what the newest run of each audit in the folder ``reports`` says."""
    newest: dict[tuple[str, str], Trace] = {}
    for each in Shelf(Path(reports).absolute()).traces():  # oldest first
        newest[line_of(each.audit, each.repository)] = each
    return Portfolio(tuple(sorted(newest.values(), key=_urgency)))


def portfolio_frame(portfolio: Portfolio) -> pd.DataFrame:
    """Return one row for each audit: repository, date, findings by priority, hours, proof."""
    import pandas as pd  # half a second

    rows = [
        {
            "audit": each.audit,
            "repository": Path(each.repository).name,
            "run": each.started[:10],
            "open": len(each.findings),
            **{str(band): _in_band(each, band) for band in Priority},
            "severity": _tally(str(finding.severity) for finding in each.findings),
            "proof": _tally(finding.standing for finding in each.findings),
            "hours": round(sum(finding.hours for finding in each.findings), 2),
            "patched": sum(
                finding.standing not in {"outline", "draft"} for finding in each.findings
            ),
            "folder": each.folder,
        }
        for each in portfolio.runs
    ]
    names = ["audit", "repository", "run", "open", *map(str, Priority), "severity", "proof"]
    return pd.DataFrame(rows, columns=[*names, "hours", "patched", "folder"])


def urgent_frame(portfolio: Portfolio) -> pd.DataFrame:
    """Return one row for each open finding of the most urgent band there is, over all audits."""
    import pandas as pd

    names = ["audit", "id", "priority", "severity", "headline", "owner", "hours", "file"]
    bands = [finding.priority for each in portfolio.runs for finding in each.findings]
    first = min(bands, default="")
    rows = [
        (each.audit, finding.id, finding.priority, str(finding.severity), finding.headline,
         finding.owner, finding.hours, finding.file)
        for each in portfolio.runs
        for finding in each.findings
        if finding.priority == first
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def by_audit(portfolio: Portfolio) -> Chart:
    """Return the open findings of each audit, stacked by priority."""
    rows = {each.audit: [(finding.priority, 1.0) for finding in each.findings]
            for each in portfolio.runs}  # fmt: skip
    total = sum(len(each.findings) for each in portfolio.runs)
    first = sum(_in_band(each, Priority.P0) for each in portfolio.runs)
    words = f"{count(total, 'finding')} open in {count(len(rows), 'audit')}, {first} of them P0."
    return _stacked("portfolio-audits", "Open findings by audit", rows, "Findings", words)


def by_owner(portfolio: Portfolio) -> Chart:
    """Return the likely hours of each owner over all audits, stacked by priority."""
    rows: dict[str, list[tuple[str, float]]] = {}
    for each in portfolio.runs:
        for finding in each.findings:
            rows.setdefault(finding.owner, []).append((finding.priority, finding.hours))
    rows = dict(sorted(rows.items(), key=lambda row: -sum(value for _, value in row[1])))
    most = [f"{name} ({hours(sum(value for _, value in parts))})" for name, parts in rows.items()]
    words = f"Most is for {listed(most[:3])}." if most else _NOTHING
    return _stacked("portfolio-owners", "Hours by owner", rows, "Hours, likely", words)


def what_first(portfolio: Portfolio) -> str:
    """Return where to begin across all audits, in a sentence."""
    if not any(each.findings for each in portfolio.runs):
        return _NOTHING if not portfolio.runs else "Nothing is open in any audit."
    first = portfolio.runs[0]
    urgent = min(first.findings, key=lambda each: each.priority)
    amount = sum(each.priority == urgent.priority for each in first.findings)
    return (
        f"Begin with {first.audit}: it has most that is {urgent.priority} ({amount}), "
        f"{urgent.id} among them."
    )


def _stacked(
    name: str, title: str, rows: dict[str, list[tuple[str, float]]], axis: str, words: str
) -> Chart:
    if not rows:
        return Chart(name, title, _NOTHING, absent(_NOTHING))
    shown = _capped(rows)
    keys = [label(shorten(key, 48)) for key in shown]
    bars = [
        trace(
            "bar",
            name=str(band),
            orientation="h",
            y=keys,
            x=[sum(value for each, value in parts if each == band) for parts in shown.values()],
            marker={"color": PRIORITY_COLOURS[band]},
            hovertemplate=f"%{{y}}: %{{x:.4g}} {band}<extra></extra>",
        )
        for band in Priority
    ]
    drawn = figure(
        *bars,
        barmode="stack",
        height=120 + 24 * len(keys),
        xaxis={"title": axis},
        yaxis={"categoryorder": "array", "categoryarray": keys[::-1], "showgrid": False},
    )
    return Chart(name, title, words, drawn)


def _capped(rows: dict[str, list[tuple[str, float]]]) -> dict[str, list[tuple[str, float]]]:
    names = list(rows)
    if len(names) <= MOST:
        return rows
    rest: list[tuple[str, float]] = [value for name in names[MOST:] for value in rows[name]]
    return {**{name: rows[name] for name in names[:MOST]}, f"{len(names) - MOST} others": rest}


def _tally(words: Iterable[str]) -> str:
    """Return how often each of ``words`` stands there, most often first: ``7 HIGH, 2 LOW``."""
    return ", ".join(f"{amount} {word}" for word, amount in Counter(words).most_common())


def _in_band(trace: Trace, band: Priority) -> int:
    return sum(finding.priority == band for finding in trace.findings)


def _urgency(trace: Trace) -> tuple[Sequence[float], str]:
    return [-_in_band(trace, band) for band in Priority], trace.audit
