"""Executed notebooks that are kept: taken when nothing changed, made anew when anything did."""

from __future__ import annotations

import datetime as dt
import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from conftest import MakeRepository
from mendbook.errors import ReportError
from mendbook.notebook import execute
from mendbook.run.executed import STAND_IN
from mendbook.run.produce import produce, show_report
from mendbook.run.run import open_run

SOURCE = {"src/quay.ts": "export function quay() {\n  return 1;\n}\n"}
FIRST, SECOND = "2026-11-20-0915", "2026-11-21-1020"


SPELLED = {
    FIRST: SECOND,
    "2026-11-20T09:15": "2026-11-21T10:20",
    "20 November 2026, 09:15": "21 November 2026, 10:20",
}
"""A run's minute as a name, as ISO 8601 has it, and in words."""


def as_second(text: str) -> str:
    """Return what the first run wrote as the second run has it."""
    for first, second in SPELLED.items():
        text = text.replace(first, second)
    return text


@dataclass
class Desk:
    """An audit, its repository, and where runs go."""

    folder: Path
    repo: Path

    def publish(self, stamp: str, problem: str = "Boats wait.", capacity: float = 20) -> Path:
        """Publish a run with the notebook of the report alone, and return that notebook."""
        finding = {"id": "Q-1", "severity": "LOW", "file": "src/quay.ts", "problem": problem}
        audit = self.folder / "audit.json"
        audit.write_text(json.dumps({"findings": [finding]}))
        run = open_run(audit, self.repo, out=self.folder / "out", stamp=stamp, capacity=capacity)
        return produce(run, show=show_report) / "notebooks/05-report.ipynb"


@pytest.fixture
def desk(tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give an audit of one finding, and a cache that holds nothing."""
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "cache"))
    return Desk(tmp_path, make_repository(SOURCE))


def test_a_run_that_changes_nothing_shows_the_kept_notebook_with_its_own_stamp(desk: Desk) -> None:
    """Its cells were not executed again: all but the stamp is the same, their times, too."""
    first, second = desk.publish(FIRST), desk.publish(SECOND)
    assert FIRST in first.read_text()
    assert second.read_text() == as_second(first.read_text())
    assert STAND_IN not in first.read_text()
    pages = [path.parent.parent / "report.html" for path in (first, second)]
    assert pages[1].read_text() == as_second(pages[0].read_text())


def test_a_run_that_changes_nothing_takes_what_was_exported_before(desk: Desk) -> None:
    """Not exported again: the kept pages are taken, and made anew where they are torn or gone."""
    first = desk.publish(FIRST).parent.parent / "report.html"
    (kept,) = (desk.folder / "cache/exports/05-report").iterdir()
    made = kept.stat().st_mtime_ns
    second = desk.publish(SECOND).parent.parent / "report.html"
    assert kept.stat().st_mtime_ns == made
    kept.write_bytes(kept.read_bytes()[:-100])
    third = desk.publish("2026-11-22-1020").parent.parent / "report.html"
    assert kept.stat().st_mtime_ns != made
    assert second.read_text() == as_second(first.read_text())
    pages = [page.read_text() for page in (second, third)]
    assert pages[0].replace(SECOND, "") != pages[0]
    assert len(pages[0]) == len(pages[1])


def test_a_run_takes_what_the_first_exported_in_the_minute_of_its_stamp(desk: Desk) -> None:
    """The stamp of a run is the minute in which its cells are executed: that is no change."""
    now = dt.datetime.now(dt.UTC)
    stamps = [f"{now + dt.timedelta(minutes=each):%Y-%m-%d-%H%M}" for each in range(3)]
    for stamp in stamps:  # one of the first two is the minute of the first run's execution
        desk.publish(stamp)
    assert len(list((desk.folder / "cache/exports/05-report").iterdir())) == 1


def test_a_notebook_is_executed_again_when_what_it_reads_has_changed(desk: Desk) -> None:
    """Another finding, and another parameter: the notebook shows them."""
    desk.publish(FIRST)
    assert "Boats sink." in desk.publish(SECOND, "Boats sink.").read_text()
    assert (
        "capacity = 31" in desk.publish("2026-11-22-1020", "Boats sink.", capacity=31).read_text()
    )


def test_a_kept_notebook_that_is_torn_is_executed_again(desk: Desk) -> None:
    """Half a file in the cache costs time and no result."""
    first = desk.publish(FIRST)
    (kept,) = (desk.folder / "cache/notebooks/05-report").iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    second = json.loads(desk.publish(SECOND).read_text())
    assert len(second["cells"]) == len(json.loads(first.read_text())["cells"])


def test_kernels_that_share_their_imports_share_nothing_else(tmp_path: Path) -> None:
    """What one notebook sets, the next does not see; and no process is left."""
    sets = 'import mendbook, os\nmendbook.quay = taken = 1\nos.environ["QUAY"] = "1"'
    asks = 'import mendbook, os\nfree = not hasattr(mendbook, "quay") and "QUAY" not in os.environ'
    asks += '\nfree = free and "taken" not in globals()'
    end = "from mendbook.notebook.execute import record\nimport os\n"
    _write(tmp_path / "one.ipynb", sets, end + "record(free=False, process=os.getpid())")
    _write(tmp_path / "two.ipynb", asks, end + "record(free=free, process=os.getpid())")
    notebooks = [tmp_path / "one.ipynb", tmp_path / "two.ipynb"]
    recorded = execute.execute(notebooks, {}, tmp_path / "done", jobs=1)
    assert recorded["two"]["free"]
    assert not any(psutil.pid_exists(each["process"]) for each in recorded.values())


def test_a_kernel_that_dies_is_told_where_kernels_are_forked(tmp_path: Path) -> None:
    """The other notebook is whole; the one that died is named."""
    dies = f"import os, signal\nos.kill(os.getpid(), {int(signal.SIGKILL)})"
    _write(tmp_path / "dies.ipynb", dies)
    _write(tmp_path / "well.ipynb", "from mendbook import record\nrecord(well=True)")
    notebooks = [tmp_path / "well.ipynb", tmp_path / "dies.ipynb"]
    before = {each.pid for each in psutil.Process().children(recursive=True)}
    with pytest.raises(ReportError, match=r"dies\.ipynb: .*; run again"):
        execute.execute(notebooks, {}, tmp_path / "done", jobs=1)
    assert execute.recorded_results(tmp_path / "done/well.ipynb") == {"well": True}
    assert {each.pid for each in psutil.Process().children(recursive=True)} <= before


def _write(path: Path, *cells: str) -> None:
    """Write a notebook with these code cells."""
    code: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    kernel = {"name": "python3", "display_name": "", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [{**code, "id": f"c{at}", "source": text} for at, text in enumerate(cells)],
    }
    path.write_text(json.dumps(notebook))
