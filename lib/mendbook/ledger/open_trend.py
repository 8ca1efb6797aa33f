"""Open the trend of a folder of runs: its traces, the commits that git knows, the hours spent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mendbook.effort import Calibrated, calibrate
from mendbook.ledger.closing_commits import with_commits
from mendbook.ledger.shelf import Shelf
from mendbook.ledger.spent import read_spent, spent_cases
from mendbook.ledger.trend import SpentTotals, Trend, follow, with_spent
from mendbook.model import Skipped
from mendbook.policy import load_policy


def open_trend(reports: str | Path, repo: str | Path = "", spent: str | Path = "") -> Trend:
    """Return what became of the findings over the runs in the folder ``reports``.

    ``repo`` is where git is asked for commits (by default the repositories of the runs), ``spent``
    a CSV of hours by finding. Raises ``PolicyError`` where that file is refused.
    """
    traces = Shelf(Path(reports).absolute()).traces()
    lines = tuple(with_commits(line, str(repo)) for line in follow(traces))
    gaps = () if lines else (Skipped("the trend", f"{reports}: holds no published run"),)
    if not spent:
        unsaid = Skipped("planned against spent hours", "no file of spent hours was given")
        return Trend(lines, gaps=(*gaps, unsaid))
    hours = read_spent(Path(spent))
    lines, totals = with_spent(lines, hours)
    cases = spent_cases((each for trace in traces for each in trace.findings), hours)
    known = calibrate(cases, load_policy(None).effort)
    stray = _stray(totals)
    kinds: tuple[Calibrated, ...] = tuple(known.kinds.values())
    return replace(Trend(lines, totals), calibration=kinds, gaps=(*gaps, *stray))


def _stray(totals: SpentTotals) -> tuple[Skipped, ...]:
    return tuple(
        Skipped(f"hours spent on {name}", "no run has a finding of this id or identity")
        for name in totals.unknown
    )
