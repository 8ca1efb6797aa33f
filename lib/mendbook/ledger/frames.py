"""A trend as pandas frames, to look at and to compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mendbook.ledger.trend import Trend

if TYPE_CHECKING:
    import pandas as pd

_BANDS = ("P0", "P1", "P2", "P3")


def runs_frame(trend: Trend) -> pd.DataFrame:
    """Return one row for each run, oldest first: counts of findings, and hours of what is open."""
    import pandas as pd  # half a second

    names = ["audit", "repository", "run", "folder", "started", "commit", "open", *_BANDS]
    names += ["new", "gone", "moved", "reworded", "returned", "hours"]
    rows = [
        (
            *(line.audit, line.repository, at.run, at.folder, at.started, at.commit, at.open),
            *(at.by_priority.get(band, 0) for band in _BANDS),
            *(at.new, at.gone, at.moved, at.reworded, at.returned, at.hours),
        )
        for line in trend.lines
        for at in line.points
    ]
    frame = pd.DataFrame(rows, columns=names)
    frame["started"] = pd.to_datetime(frame["started"], utc=True)
    return frame


def findings_frame(trend: Trend) -> pd.DataFrame:
    """Return one row for each finding ever seen: when, what became of it, by which commit."""
    import pandas as pd

    names = ["audit", "id", "headline", "severity", "priority", "owner", "file", "first", "last"]
    names += ["runs", "open", "closed", "commits", "not_known", "planned", "spent", "identity"]
    rows = [
        (
            *(line.audit, each.id, each.headline, each.severity, each.priority, each.owner),
            *(each.file, each.first, each.last, each.runs, each.is_open, each.closed),
            ", ".join(commit.hash[:12] for commit in each.commits),
            *(each.not_known, each.planned, each.spent, each.identity),
        )
        for line in trend.lines
        for each in line.findings
    ]
    return pd.DataFrame(rows, columns=names)
