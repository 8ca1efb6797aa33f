"""A run is on record: while it works, when it has failed, and for good in its folder."""

from __future__ import annotations

import datetime as dt
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from conftest import MakeRepository
from harbour import finding, harbour_at, no_notebooks
from mendbook.errors import BusyError, FailOnError, GatesError, InputError, ReportError
from mendbook.ledger.claim import Claim, claimed
from mendbook.ledger.retention import Keep
from mendbook.ledger.shelf import Shelf
from mendbook.run.attempt import Orders, attempt
from mendbook.run.given import Progress
from mendbook.run.run import Run, open_run

BERTH = finding("H-1", "src/berth.py")
TIDE = finding("H-2", "src/tide.py", severity="LOW", complexity="1 hour")


def read(path: Path) -> dict[str, Any]:
    """Return the JSON document at ``path``."""
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_a_published_run_has_its_record_in_its_folder(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """State, times of the clock, counts, versions, hashes; its log; and nothing stays elsewhere."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH, TIDE])
    done = harbour.run()
    status = read(done.folder / "status.json")
    assert done.folder.name == "2026-03-01-0600-harbour"
    assert {name: status[name] for name in ("schema", "state", "exit_code", "audit", "error")} == {
        "schema": "mendbook/status/1",
        "state": "done",
        "exit_code": 0,
        "audit": "harbour",
        "error": "",
    }
    assert status["started"] == "2026-03-01T06:00:01Z"
    took = dt.datetime.fromisoformat(status["ended"]) - dt.datetime.fromisoformat(status["started"])
    assert took.total_seconds() == pytest.approx(status["seconds"], abs=1)
    assert status["counts"]["findings"] == 2
    assert sum(status["counts"]["by_priority"].values()) == 2
    assert status["counts"]["new"] is None
    assert status["inputs"]["audit harbour"] == done.plan.audit.sha256
    assert status["stage"]["name"] == "plan other capacities"
    assert [each["name"] for each in status["stages"]][:2] == [
        "look at the repository",
        "find references",
    ]
    log = (done.folder / "run.log").read_text().splitlines()
    assert all(re.match(r"2026-03-01T06:00:\d\dZ  \S", line) for line in log)
    assert "stage 1 of 13: look at the repository" in log[1]
    assert log[-1].split("  ", 1)[1].startswith("done in ")
    assert list((harbour.out / ".runs").iterdir()) == []
    assert (harbour.out / "latest/harbour").resolve() == done.folder


def test_while_a_run_works_its_record_says_how_far_it_is(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """The index shows it as running, at its stage, from its first moment on."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH])
    seen: list[dict[str, Any]] = []

    def show(_run: Run, _folder: Path, progress: Progress) -> None:
        progress("execute the notebooks")
        (record,) = (harbour.out / ".runs").glob("*.json")
        seen.append(read(record))
        seen.append(read(harbour.out / "index.json"))

    run = open_run(harbour.audit, harbour.repo, out=harbour.out, clock=harbour.clock)
    attempt(run.given, None, show)
    status, index = seen
    assert (status["state"], status["exit_code"], status["ended"]) == ("running", None, "")
    assert status["stage"] == {"number": 12, "of": 13, "name": "execute the notebooks"}
    (row,) = index["runs"]
    assert (row["id"], row["state"], row["folder"]) == (status["id"], "running", "")


def test_a_run_that_fails_stays_on_record_and_leaves_no_folder(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """Why, with which exit code, how far it came; in the index, too."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH])

    def show(_run: Run, _folder: Path, progress: Progress) -> None:
        progress("execute the notebooks")
        raise ReportError("05-report.ipynb: cell 3 failed")

    run = open_run(harbour.audit, harbour.repo, out=harbour.out, clock=harbour.clock)
    with pytest.raises(ReportError):
        attempt(run.given, None, show)
    (record,) = (harbour.out / ".runs").glob("*.json")
    status = read(record)
    assert (status["state"], status["exit_code"]) == ("failed", 8)
    assert status["error"] == "05-report.ipynb: cell 3 failed"
    assert status["stage"]["name"] == "execute the notebooks"
    assert "failed: 05-report" in record.with_suffix(".log").read_text()
    assert sorted(path.name for path in harbour.out.iterdir()) == [
        ".runs",
        "index.html",
        "index.json",
    ]
    (row,) = read(harbour.out / "index.json")["runs"]
    assert (row["state"], row["error"], row["folder"]) == ("failed", status["error"], "")


def test_a_refused_input_is_on_record_where_runs_are_kept(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """A schedule's bad night can be seen; into a fresh folder nothing is written."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.audit.write_text("none")
    with pytest.raises(InputError):
        harbour.run()
    assert not harbour.out.exists()
    harbour.write([BERTH])
    harbour.run()
    harbour.audit.write_text("none")
    with pytest.raises(InputError):
        harbour.run()
    newest = read(harbour.out / "index.json")["runs"][0]
    assert (newest["state"], newest["exit_code"]) == ("failed", 3)
    assert "harbour.json" in newest["error"]


def test_one_run_of_an_audit_at_a_time(tmp_path: Path, make_repository: MakeRepository) -> None:
    """The second is told who works; it leaves the first's things alone, and no record."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH])
    harbour.run()
    claim = Claim("r", "harbour", "2026-03-01T05:00:00Z", 4711, "quay")
    before = sorted(harbour.out.rglob("*"))
    with (
        claimed(Shelf(harbour.out).claim(str(harbour.audit)), claim),
        pytest.raises(BusyError, match="harbour: running since 2026-03-01T05:00:00Z, process 4711"),
    ):
        harbour.run()
    assert sorted(harbour.out.rglob("*")) == before


FAIL_ON = [
    ("P0", [{**BERTH, "severity": "CRITICAL"}], [], 10),
    ("P0", [TIDE], [], 0),
    ("P3", [TIDE], [], 10),
    ("new", [BERTH, TIDE], [], 0),
    ("new", [BERTH, TIDE], [BERTH], 10),
    ("new", [BERTH], [BERTH, TIDE], 0),
    ("unproven", [BERTH], [], 0),
]


@pytest.mark.parametrize(("name", "today", "yesterday", "code"), FAIL_ON)
def test_fail_on_gives_exit_code_10_and_the_run_is_published(
    name: str,
    today: list[dict[str, Any]],
    yesterday: list[dict[str, Any]],
    code: int,
    tmp_path: Path,
    make_repository: MakeRepository,
) -> None:
    """A band counts with those before it; without a run before, nothing is new."""
    harbour = harbour_at(tmp_path, make_repository)
    if yesterday:
        harbour.write(yesterday)
        harbour.run()
    harbour.write(today)
    done = harbour.run(Orders(fail_on=(name,)))
    assert read(done.folder / "status.json")["exit_code"] == code
    if code:
        with pytest.raises(FailOnError, match=f"--fail-on {name}: 1 finding .*published in"):
            done.refuse()
    else:
        done.refuse()


def test_gates_that_could_not_run_give_exit_code_11(
    tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target that is checked by what is not installed here: published, and no success."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.repo = make_repository({"go.mod": "module quay\n", "quay.go": "package quay\n"})
    harbour.write([finding("H-1", "quay.go")])
    git_alone = tmp_path / "bin"
    git_alone.mkdir()
    found = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
    (git_alone / "git").symlink_to(found.stdout.strip())
    monkeypatch.setenv("PATH", str(git_alone))
    done = harbour.run(gates="test")
    status = read(done.folder / "status.json")
    assert status["exit_code"] == 11
    assert (status["gates"]["asked"], status["gates"]["run"]) == (["tests"], [])
    with pytest.raises(GatesError, match=r"could not be run: tests: .*published in"):
        done.refuse()


def test_retention_keeps_the_newest_and_a_trace_of_the_others(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """Folders go, the index counts what stands, and the trend still knows them all."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH, TIDE])
    for _ in range(4):
        harbour.run(Orders(keep=Keep(runs=2)))
        harbour.clock.now += dt.timedelta(days=1)
    shelf = Shelf(harbour.out)
    assert [entry.folder[:10] for entry in shelf.published()] == ["2026-03-03", "2026-03-04"]
    assert len(read(harbour.out / "index.json")["runs"]) == 2
    assert [trace.started[:10] for trace in shelf.traces()] == [
        f"2026-03-0{day}" for day in (1, 2, 3, 4)
    ]


_RUN = """
import sys, time, datetime as dt
from pathlib import Path
from mendbook.publish import write_files
from mendbook.run.attempt import attempt
from mendbook.run.run import open_run

def show(run, folder, progress):
    progress("execute the notebooks")
    time.sleep(float(sys.argv[4]))

print("go", flush=True)
attempt(open_run(sys.argv[1], sys.argv[2], out=sys.argv[3]).given, None, show)
"""


@pytest.mark.parametrize("seconds", [0.2, 0.9, 1.3, 1.8, 2.5])
def test_a_run_that_is_killed_at_any_moment_is_cleared_up_by_the_next(
    seconds: float,
    tmp_path: Path,
    make_repository: MakeRepository,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is left, nothing is lost: one folder, and a record of the one that was killed."""
    harbour = harbour_at(tmp_path, make_repository)
    harbour.write([BERTH, TIDE])
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "cache"))
    given = [str(harbour.audit), str(harbour.repo), str(harbour.out)]
    with subprocess.Popen(
        [sys.executable, "-c", _RUN, *given, "30"], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "go\n"
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
    begun = bool(list((harbour.out / ".runs").glob("*.json"))) if harbour.out.exists() else False
    done = attempt(open_run(*given[:2], out=given[2]).given, None, no_notebooks)
    names = {path.name for path in harbour.out.iterdir()}
    assert names == {".runs", "index.html", "index.json", "latest", done.folder.name}
    states = [row["state"] for row in read(harbour.out / "index.json")["runs"]]
    assert states == (["done", "killed"] if begun else ["done"])
    kept = {path.suffix for path in (harbour.out / ".runs").iterdir()}
    assert kept == ({".json", ".log"} if begun else set())
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [path for path in (tmp_path / "cache").rglob(".*") if path.name != ".lock"] == []
