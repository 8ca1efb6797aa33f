"""What a dead process has left is told from what is still in use, by its name alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mendbook.marks import left_behind, mark, remove_left_behind

DAY = 86_400.0


def of_a_dead_process(kind: str = "partial") -> str:
    """Return the mark of a process that has ended."""
    code = f"from mendbook.marks import mark; print(mark({kind!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("kind", ["partial", "saving", "work"])
def test_what_a_dead_process_left_is_removed_and_nothing_else(kind: str, tmp_path: Path) -> None:
    """Files and folders of the dead go; what lives, and what only looks alike, stays."""
    dead = of_a_dead_process(kind)
    (tmp_path / f".ledger{dead}").mkdir()
    (tmp_path / f".ledger{dead}" / "part").write_text("half")
    (tmp_path / f"{dead}k3j_9").write_text("half")
    stays = [
        f".ledger{mark(kind)}",
        "run",
        ".partial-",
        f"{dead}.json",
        ".partial-12-x",
        "a-partial-1",
    ]
    for name in stays:
        (tmp_path / name).write_text("whole")
    removed = remove_left_behind([tmp_path, tmp_path / "none"], time.time())
    assert {path.name for path in removed} == {f".ledger{dead}", f"{dead}k3j_9"}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(stays)


def test_a_process_that_took_the_number_of_a_dead_one_is_not_taken_for_it(tmp_path: Path) -> None:
    """What is older than the process of that number was made by another."""
    path = tmp_path / f"x{mark('work')}"
    path.write_text("")
    assert not left_behind(path, time.time())
    os.utime(path, (0, 0))
    assert left_behind(path, time.time())


def test_another_machines_things_are_left_alone_for_a_day(tmp_path: Path) -> None:
    """Of its processes nothing is known here."""
    path = tmp_path / ".partial-000000-1-abcdef"
    path.write_text("")
    assert not left_behind(path, time.time())
    assert left_behind(path, time.time() + DAY + 60)


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    """Nothing outside the folder is touched."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/file").write_text("whole")
    (tmp_path / "here").mkdir()
    (tmp_path / f"here/x{of_a_dead_process()}").symlink_to(tmp_path / "kept")
    remove_left_behind([tmp_path / "here"], time.time())
    assert list((tmp_path / "here").iterdir()) == []
    assert (tmp_path / "kept/file").read_text() == "whole"
