"""What a run does where a partial clone lacks files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import MakeRepository, git
from mendbook import open_run
from mendbook.errors import RepositoryError
from mendbook.model import Dimension, Finding, Place, PlaceKind, Severity, Status
from mendbook.report import markdown_report
from mendbook.repository.snapshot import ABSENT, Snapshot
from mendbook.run.steps.reading import refuse_absent

SNAPSHOT = Snapshot("0" * 40, {"src/map.py": "tiles = []\n"}, unread={"src/film.py": ABSENT})


def naming(path: str, status: Status = Status.OPEN) -> Finding:
    """Return a finding at ``path``."""
    return Finding(
        id="M-1",
        severity=Severity.HIGH,
        dimension=Dimension.OTHER,
        file=path,
        function="",
        problem="Tiles are drawn twice.",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=(Place(path, PlaceKind.FILE),),
        status=status,
    )


@pytest.mark.parametrize("path", ["src/film.py", "film.py"])
def test_a_finding_in_a_file_that_is_not_there_is_refused(path: str) -> None:
    """Nothing could be said of it; one line names the file, the finding and the remedy."""
    with pytest.raises(RepositoryError) as refused:
        refuse_absent([naming(path)], SNAPSHOT)
    assert str(refused.value) == (
        "src/film.py: finding M-1 names it, and its object is not in this clone; "
        "clone the repository whole, without --filter"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("src/map.py", Status.OPEN), ("src/film.py", Status.FIXED), ("x.py", Status.OPEN)],
)
def test_files_that_no_open_finding_names_may_be_missing(path: str, status: Status) -> None:
    """They are left out with a note, and the plan is made."""
    refuse_absent([naming(path, status)], SNAPSHOT)


@pytest.mark.parametrize("without", ["blob:none", "tree:0"])
def test_a_clone_without_its_past_is_planned(
    without: str, tmp_path: Path, make_repository: MakeRepository
) -> None:
    """What its history would tell is not looked up; nothing is fetched and no command is shown."""
    root = make_repository({"dome/lamp.py": "def light():\n    return 1\n"})
    for number in range(3):
        (root / "dome/lamp.py").write_text(f"def light():\n    return {number}\n")
        git(root, "commit", "--quiet", "--all", "--message", f"light {number}")
    git(root, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", f"--filter={without}", f"file://{root}", str(clone))
    git(clone, "remote", "set-url", "origin", f"file://{tmp_path}/nowhere")
    audit = tmp_path / "audit.json"
    finding = {"id": "D-1", "severity": "low", "file": "dome/lamp.py:2", "problem": "It is dark."}
    audit.write_text(json.dumps({"findings": [finding]}))
    plan = open_run(str(audit), str(clone), out=str(tmp_path / "out")).plan
    assert [item.finding_id for item in plan.remediations] == ["D-1"]
    report = markdown_report(plan)
    assert "git -c" not in report
    assert ("not looked up" in report) == (without == "tree:0")


def unchecked(root: Path, folder: Path, without: str) -> Path:
    """Return a partial clone of ``root`` with nothing checked out and no remote to ask."""
    git(root, "config", "uploadpack.allowFilter", "true")
    clone = folder / "clone"
    shape = ("--no-checkout", f"--filter={without}")
    git(root, "clone", "--quiet", *shape, f"file://{root}", str(clone))
    git(clone, "remote", "set-url", "origin", f"file://{folder}/nowhere")
    return clone


def test_files_that_were_never_checked_out_are_left_out(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """What git would ask the remote for is told from what is there, and nothing is asked."""
    root = make_repository({"mill/stone.py": "turns = 0\n", "mill/sack.py": "sacks = []\n"})
    clone = unchecked(root, tmp_path, "blob:none")
    (clone / "one.py").write_text("turns = 0\n")
    git(clone, "hash-object", "-w", "one.py")
    snapshot = Snapshot.read(clone, git(clone, "rev-parse", "HEAD").strip())
    assert snapshot.get("mill/stone.py") == "turns = 0\n"
    assert snapshot.unread == {"mill/sack.py": ABSENT}


def test_a_clone_without_folders_is_refused_in_one_line(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """The line says what is missing and what to do, in no words of git's."""
    root = make_repository({"mill/stone.py": "turns = 0\n"})
    clone = unchecked(root, tmp_path, "tree:0")
    commit = git(clone, "rev-parse", "HEAD").strip()
    with pytest.raises(RepositoryError) as refused:
        Snapshot.read(clone, commit)
    assert str(refused.value) == (
        f"{clone}: the list of files of commit {commit[:12]} is not in this clone; "
        "clone the repository whole, without --filter"
    )
