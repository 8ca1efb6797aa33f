"""Where runs over time are read: a folder of them, or the sample's own, earlier ones included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from mendbook import project
from mendbook.intake import Comparison, load_audit
from mendbook.intake.compare import compare
from mendbook.ledger.open_trend import open_trend
from mendbook.ledger.portfolio import Portfolio, open_portfolio
from mendbook.ledger.shelf import TRACE, Shelf
from mendbook.ledger.status import Process, State, Status
from mendbook.ledger.trace import Trace, trace_of
from mendbook.ledger.trend import Trend
from mendbook.run.parameters import read_named
from mendbook.run.run import open_run

_TREND = {"reports": "", "repo": "", "spent": ""}
_COMPARED = {"before": "", "after": ""}


def open_over_time(names: Mapping[str, Any]) -> Trend:
    """Return the trend that the parameters among a notebook's ``names`` ask for.

    ``reports`` is a folder of runs, empty for the sample's; ``repo`` where git is asked; ``spent``
    a CSV of hours. Raises ``UsageError``.
    """
    given = read_named(names, {**_TREND, **_COMPARED})
    reports = given["reports"] or sample_reports(project.cache())
    return open_trend(reports, given["repo"], given["spent"])


def open_comparison(names: Mapping[str, Any]) -> Comparison:
    """Return what differs between the audits ``before`` and ``after``; of the sample if unset."""
    given = read_named(names, {**_TREND, **_COMPARED})
    sample = sorted((project.data() / "sample").rglob("audit-*[0-9].json"))
    by_date = sorted(sample, key=lambda path: path.name)
    before = Path(given["before"]) if given["before"] else by_date[0]
    after = Path(given["after"]) if given["after"] else by_date[-1]
    return compare(load_audit(before), load_audit(after))


def open_all(names: Mapping[str, Any]) -> Portfolio:
    """Return the newest run of every audit in the folder ``reports``; the sample's if unset."""
    given = read_named(names, {"reports": ""})
    return open_portfolio(given["reports"] or sample_reports(project.cache()))


def sample_reports(cache: Path) -> Path:
    """Return a folder in ``cache`` with the sample's earlier runs and today's, as their traces."""
    run = open_run()
    out = cache / "sample-reports"
    where = run.plan.context.root
    traces = [
        replace(msgspec.json.decode(path.read_bytes(), type=Trace), repository=where)
        for path in sorted((project.data() / "sample/earlier").glob(f"*{TRACE}"))
    ]
    began = run.plan.audit.timestamp or run.plan.provenance.timestamp
    name = f"{began[:10]}-0930-{run.plan.audit.name}"
    process = Process(0, "")
    status = Status(name, run.plan.audit.name, "", where, State.DONE, began, process, exit_code=0)
    for trace in (*traces, trace_of(run.plan, status, name)):
        Shelf(out).keep(trace)
    return out
