"""A fleet of small repositories: right rows, clear lines, one effect each, whatever dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from many_repositories import BROKEN, contents, town
from mendbook.errors import FleetError
from mendbook.fleet import read_order, run_fleet
from mendbook.fleet.crew import workers
from mendbook.fleet.fleet import closing_words, last, refuse
from mendbook.fleet.frames import (
    campaigns_frame,
    changes_frame,
    changes_words,
    fleet_words,
    requests_frame,
)
from mendbook.fleet.order import Member
from mendbook.fleet.records import Fleet
from mendbook.fleet.task import run_member
from mendbook.fleet.work import alone

pytest.importorskip("distributed", reason="mendbook[fleet] is not installed")

STAMP = "2026-03-01-0600"
PLAIN, BAD = 30, 10
GOOD = PLAIN + 1
"""The repositories, and a second audit of one of them."""


def runs(out: Path, member: str) -> list[Path]:
    """Return the folders of a member's runs."""
    return sorted(path for path in (out / member).glob("2*") if path.is_dir())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of forty repositories, of which ten are broken, and their fleet."""
    home = tmp_path_factory.mktemp("town")
    town(home, PLAIN, BAD, twice=True)
    return home


@pytest.fixture(scope="module")
def fleet(home: Path) -> Fleet:
    """Return the fleet's run, by three workers of which one is killed and one is paused."""
    heard: list[str] = []

    def harm(said: str) -> None:
        heard.append(said)
        if len(heard) == 5:
            killed, paused, _ = (each for each in psutil.Process().children() if _works(each))
            killed.kill()
            paused.suspend()
            threading.Timer(4, paused.resume).start()

    order = read_order(home / "fleet.yaml")
    done = run_fleet(order, home / "out", work=workers(count=3), progress=harm)
    assert len(heard) > 5
    return done


def _works(process: psutil.Process) -> bool:
    """Tell whether it is a worker that was started here."""
    return "spawn_main" in " ".join(process.cmdline())


def test_what_is_broken_is_a_row_with_one_clear_line(fleet: Fleet, home: Path) -> None:
    """The others are right: none is lost, none is there twice."""
    assert len(fleet.rows) == GOOD + BAD
    assert [row.exit_code for row in fleet.failed] == [code for _, code in BROKEN.values()]
    assert all(row.error and "\n" not in row.error for row in fleet.failed)
    assert {row.findings for row in fleet.rows if row.state == "done"} == {2}
    for row in fleet.rows:
        found = runs(home / "out", row.member)
        names = [f"{row.member}/{path.name}" for path in found]
        assert names == [row.folder] * bool(row.folder)
    said = closing_words(fleet, home / "out").splitlines()
    assert len([line for line in said if line.startswith("  service-")]) == BAD
    with pytest.raises(FleetError, match="10 of 41 audits could not be planned"):
        refuse(fleet, home / "out")


def test_nothing_is_left_of_what_was_killed(fleet: Fleet, home: Path) -> None:
    """No part of a run, no claim; a record at most of the run that died."""
    assert fleet.rows
    left = [path for path in (home / "out").rglob("*") if "partial" in path.name]
    assert left == []
    assert list((home / "out").rglob("*.claim")) == []


def test_each_row_equals_its_single_run(fleet: Fleet, home: Path, tmp_path: Path) -> None:
    """Byte for byte, made for the same minute."""
    order = read_order(home / "fleet.yaml")
    members = {each.name: each for each in order.members}
    done = [row for row in fleet.rows if row.state == "done"]
    for row in (*done[::6], done[-1]):
        single = run_member(members[row.member], str(tmp_path), fleet.id[:15], "abcd", (), 1)
        here = contents(tmp_path / row.member / single.folder)
        assert here == contents(home / "out" / row.folder)
        assert len(here) > 5


def test_an_audit_that_is_given_twice_is_planned_once(fleet: Fleet) -> None:
    """A repository that appears twice has a row for each of its audits, and both in one plan."""
    names = [row.member for row in fleet.rows]
    assert names.count("service-039") == 1
    assert [(note.what.rpartition("/")[2], note.reason) for note in fleet.notes] == [
        ("service-039.json", "it is given twice, and planned once")
    ]
    assert {row.repository for row in fleet.rows if row.member in {"service-039", "second"}} == {
        next(row.repository for row in fleet.rows if row.member == "second")
    }
    assert {each.member for each in fleet.requests} >= {"service-039", "second"}


def test_the_whole_of_a_fleet_is_published(fleet: Fleet, home: Path) -> None:
    """The record reads back as what was returned; the page has a row for each, and no request."""
    assert last(home / "out") == fleet
    page = (home / "out/portfolio.html").read_text()
    assert page.count('<tr class="done">') == GOOD
    assert page.count('<tr class="failed">') == BAD
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page


def test_one_fault_in_many_repositories_is_one_campaign(fleet: Fleet) -> None:
    """Its places are those of all members that have it; fixes that differ are their own."""
    (shell,) = fleet.campaigns
    assert shell.fix == "Pass an argument list and drop `shell=True`."
    assert (shell.repositories, len(shell.places)) == (PLAIN, GOOD)


def test_the_plan_over_all_keeps_every_teams_hours(fleet: Fleet) -> None:
    """Each pull request of each member stands in one sprint."""
    assert {each.sprint > 0 for each in fleet.requests} == {True}
    assert {each.team for each in fleet.requests} == {"quay", "yard"}
    assert all(load.hours is not None and load.used <= load.hours for load in fleet.loads)
    assert sum(share.hours for share in fleet.shares) == pytest.approx(
        sum(row.hours for row in fleet.rows)
    )


def test_the_frames_have_a_row_for_each(fleet: Fleet) -> None:
    """Also for what could not be planned."""
    assert len(requests_frame(fleet)) == len(fleet.requests)
    assert len(campaigns_frame(fleet)) == len(fleet.campaigns)
    assert fleet_words(fleet).startswith(
        f"{len(fleet.requests)} pull requests of {GOOD + BAD} members in "
    )
    assert f"{BAD} members could not be planned" in fleet_words(fleet)
    assert (len(requests_frame(None)), len(campaigns_frame(None))) == (0, 0)
    assert fleet_words(None).startswith("There is no fleet here")


def test_the_memory_of_a_worker_is_stated(fleet: Fleet) -> None:
    """What one may hold, and the most that any has held."""
    assert fleet.crew.memory_limit == 2 * 1024**3
    assert 50 * 1024**2 < fleet.crew.peak_memory < 1024**3


def test_what_changed_since_the_last_run_is_said(tmp_path: Path) -> None:
    """Who joined, left, broke and was mended; how many findings are new and gone."""
    file = town(tmp_path, 3, 0)
    out = tmp_path / "out"
    first = run_fleet(read_order(file), out, work=alone)
    audit = tmp_path / "audits/service-000.json"
    document: dict[str, Any] = json.loads(audit.read_text())
    document["findings"].pop()
    audit.write_text(json.dumps(document))
    (tmp_path / "audits/service-001.json").unlink()
    file.write_text(file.read_text().replace("name: service-002", "name: renamed"))
    changes = run_fleet(read_order(file), out, work=alone).changes
    assert (changes.joined, changes.left) == (("renamed",), ("service-002",))
    assert (changes.broke, changes.mended) == (("service-001",), ())
    assert (changes.new, changes.gone) == (0, 1)
    assert changes.before
    now = last(out)
    assert changes_frame(now).to_dict("split", index=False)["data"] == [
        ["renamed", "joined"],
        ["service-002", "left"],
        ["service-001", "broke"],
        ["service-000", "0 new, 1 gone"],
    ]
    assert changes_words(now).partition(": ")[2] == (
        "1 member joined; 1 member left; 1 member broke; findings: 1 gone."
    )
    assert changes_words(first) == (
        "This is the first run of this fleet: there is none before to compare with."
    )


def test_a_task_that_is_run_twice_has_its_effect_once(tmp_path: Path) -> None:
    """The run of the same token is the result."""
    (member,) = read_order(town(tmp_path, 1, 0)).members
    first = run_member(member, str(tmp_path / "out"), STAMP, "abcd", (), 1)
    again = run_member(member, str(tmp_path / "out"), STAMP, "abcd", (), 1)
    assert again.folder == first.folder
    assert len(runs(tmp_path / "out", member.name)) == 1


_DIE = """
import os, sys
from mendbook.fleet.order import Member, Settings
from mendbook.fleet.task import run_member
from mendbook.ledger.keeper import Keeper

Keeper.close = lambda keeper, folder: os._exit(9)
member = Member(*sys.argv[1:4], settings=Settings(notebooks="none"))
run_member(member, *sys.argv[4:6], "abcd", (), 1)
"""


def test_who_finds_a_run_that_was_killed_after_its_publication_ends_it(tmp_path: Path) -> None:
    """The run is the result; its claim and its record are gone, and it is in the index."""
    (member,) = read_order(town(tmp_path, 1, 0)).members
    home = tmp_path / "out" / member.name
    given = [member.name, member.audit, member.repo, str(tmp_path / "out"), STAMP]
    killed = subprocess.run([sys.executable, "-c", _DIE, *given], check=False)
    assert killed.returncode == 9
    assert list(home.rglob("*.claim"))
    result = run_member(member, str(tmp_path / "out"), STAMP, "abcd", (), 1)
    (run,) = runs(tmp_path / "out", member.name)
    assert result.folder == run.name
    assert not [path for path in (home / ".runs").iterdir() if path.is_file()]
    assert run.name in (home / "index.json").read_text()
    assert (home / "latest").exists()


_HOLD = """
import sys, time
import mendbook.run.produce as produce
from mendbook.fleet.order import Member, Settings
from mendbook.fleet.task import run_member

def wait(run, folder, progress):
    print("holds", flush=True)
    time.sleep(60)

produce.SHOWN["none"] = wait
member = Member(*sys.argv[1:4], settings=Settings(notebooks="none"))
run_member(member, *sys.argv[4:6], "abcd", (), 1)
"""


def test_a_paused_worker_does_not_hold_its_task_for_ever(tmp_path: Path) -> None:
    """Who is given the task again ends the stopped process that claims it, and does it once."""
    (member,) = read_order(town(tmp_path, 1, 0)).members
    given = [member.name, member.audit, member.repo, str(tmp_path / "out"), STAMP]
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, *given], stdout=subprocess.PIPE, text=True
    ) as paused:
        assert paused.stdout
        assert paused.stdout.readline() == "holds\n"
        os.kill(paused.pid, signal.SIGSTOP)
        result = run_member(member, str(tmp_path / "out"), STAMP, "abcd", (), 30)
    assert paused.returncode == -signal.SIGKILL
    assert (result.error, result.exit_code) == ("", 0)
    assert len(runs(tmp_path / "out", member.name)) == 1


def test_a_member_whose_task_raises_what_nobody_foresaw_is_one_row(tmp_path: Path) -> None:
    """One broken audit is never the end of a fleet."""
    member = Member("odd", "\0", "", "")
    result = run_member(member, str(tmp_path), STAMP, "abcd", (), 1)
    assert result.exit_code
    assert result.error


@contextmanager
def scheduler(port: int) -> Iterator[subprocess.Popen[str]]:
    """Run a scheduler of dask's own."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--no-dashboard", "--host", "127.0.0.1"], stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr
        for line in running.stderr:
            if "Scheduler at" in line:
                break
        try:
            yield running
        finally:
            running.kill()


@contextmanager
def worker(port: int) -> Iterator[None]:
    """Run a worker that comes back when its scheduler does, as a service would."""
    ended = threading.Event()
    command = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}"]

    def keep() -> None:
        while not ended.is_set():
            with subprocess.Popen(
                [
                    *command,
                    "--no-nanny",
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    "--death-timeout",
                    "5",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            ) as running:
                while running.poll() is None and not ended.wait(0.2):
                    pass
                running.kill()

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_a_scheduler_that_is_restarted_costs_time_and_nothing_else(tmp_path: Path) -> None:
    """What was done is known by its token; the rest is asked for again."""
    order = read_order(town(tmp_path, 6, 0))
    port = 18786 + os.getpid() % 1000
    said: list[str] = []
    restart = threading.Event()

    def heard(line: str) -> None:
        said.append(line)
        restart.set()

    done: list[Fleet] = []
    crew = workers(f"tcp://127.0.0.1:{port}")
    with worker(port):
        with scheduler(port):
            thread = threading.Thread(
                target=lambda: done.append(
                    run_fleet(order, tmp_path / "out", work=crew, progress=heard)
                )
            )
            thread.start()
            assert restart.wait(60)
        with scheduler(port):
            thread.join(timeout=300)
    (fleet,) = done
    assert [row.state for row in fleet.rows] == ["done"] * 6
    assert [len(runs(tmp_path / "out", row.member)) for row in fleet.rows] == [1] * 6
    assert fleet.crew.scheduler == f"tcp://127.0.0.1:{port}"
