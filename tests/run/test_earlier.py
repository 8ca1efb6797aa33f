"""Many runs, and many audits: what became of the sample's findings, and what is first anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook import project
from mendbook.errors import UsageError
from mendbook.ledger import frames, portfolio, trend_charts
from mendbook.ledger.trend import Trend
from mendbook.run.earlier import open_all, open_comparison, open_over_time, sample_reports

pytestmark = pytest.mark.xdist_group("what-if")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample's earlier runs and today's."""
    return sample_reports(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def trend(reports: Path) -> Trend:
    """Return their trend."""
    return open_over_time({"reports": str(reports)})


def test_earlier_runs_are_of_the_earlier_audits() -> None:
    """Each trace that the sample ships has the findings and the commit of its audit."""
    folder = project.data() / "sample/earlier"
    audits = sorted(folder.glob("audit-*[0-9].json"))
    assert len(audits) == 2
    for path in audits:
        audit = json.loads(path.read_text())
        kept = json.loads(path.with_suffix(".trace.json").read_text())
        assert {each["id"] for each in kept["findings"]} == {f["id"] for f in audit["findings"]}
        assert kept["commit"] == audit["meta"]["commit"]


def test_what_was_closed_is_said_with_the_commit_that_did_it(trend: Trend) -> None:
    """Three findings of the earlier runs are gone, each by a commit of the history."""
    followed = frames.findings_frame(trend).set_index("id")
    closed = followed[~followed.open]
    assert sorted(closed.index) == ["PERF-008", "RT-005", "RT-006"]
    assert (closed.commits != "").all()
    assert [each.open for each in trend.lines[0].points] == [15, 18, 28]
    assert trend_charts.became(trend) == (
        "Over 3 runs: 3 closed, 3 of them by a commit that git shows, 16 new since the first, "
        "28 open."
    )


def test_each_chart_draws_the_numbers_of_its_runs(trend: Trend) -> None:
    """A bar a run, and the bars of one run add up to what was open then."""
    for by in ("priority", "severity", "proof"):
        bars = trend_charts.trend_chart(trend, by).figure["data"]
        assert [sum(column) for column in zip(*(bar["y"] for bar in bars), strict=True)] == [
            point.open for point in trend.lines[0].points
        ]
    (hours,) = trend_charts.hours_chart(trend).figure["data"]
    assert hours["y"] == [point.hours for point in trend.lines[0].points]
    with pytest.raises(UsageError, match="did you mean 'severity'"):
        trend_charts.trend_chart(trend, "severities")


def test_an_empty_folder_is_said_and_not_drawn(tmp_path: Path) -> None:
    """No run is no crash: the notebooks say so."""
    none = open_over_time({"reports": str(tmp_path)})
    assert trend_charts.became(none) == "There is no run to draw."
    assert portfolio.what_first(open_all({"reports": str(tmp_path)})) == (
        "There is no published run here."
    )


def test_the_portfolio_has_the_newest_run_of_each_audit(reports: Path) -> None:
    """One row, with the figures of today's run, and the bars add up to them."""
    found = open_all({"reports": str(reports)})
    (row,) = portfolio.portfolio_frame(found).to_dict("records")
    assert (row["open"], row["run"]) == (28, "2026-11-02")
    assert sum(row[band] for band in ("P0", "P1", "P2", "P3")) == 28
    assert row["severity"] == "11 MEDIUM, 7 HIGH, 6 LOW, 2 CRITICAL, 2 INFO"
    assert row["proof"] == "16 binds, 9 outline, 3 draft"
    drawn = portfolio.by_owner(found).figure["data"]
    assert sum(sum(bar["x"]) for bar in drawn) == pytest.approx(row["hours"], abs=0.01)
    assert set(portfolio.urgent_frame(found).priority) == {"P0"}
    assert portfolio.what_first(found).startswith("Begin with audit-2026-11-02-0930: it has most")


def test_two_audits_are_compared(trend: Trend) -> None:
    """By default the sample's first and last; each finding has one row."""
    found = open_comparison({})
    assert trend_charts.compared(found).startswith("16 new, 12 still there, 0 moved, 3 fixed")


def test_a_mistyped_parameter_is_refused() -> None:
    """In one line, with the near one."""
    with pytest.raises(UsageError, match=r"^report: no such parameter; did you mean 'reports'\?"):
        open_all({"report": "x"})
