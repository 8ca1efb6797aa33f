"""A disk that refuses a write: one line, nothing torn, nothing half, whichever write it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import MakeRepository

SCRIPT = Path(__file__).with_name("faulty_disk.py")
STEP = 10
"""Of so many writes of a run one is tried here; ``faulty_disk.py`` tries all with 1 and 1."""


@pytest.mark.skipif(sys.platform == "win32", reason="forks a run for each write")
def test_a_write_that_is_refused_is_one_line_and_leaves_nothing_half(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """No traceback; the run is published whole, or not at all; an exit code of 0 means it is."""
    repo = make_repository({"src/quay.ts": "export function quay() {\n  return 1;\n}\n"})
    finding = {"id": "Q-1", "severity": "LOW", "file": "src/quay.ts", "problem": "Boats wait."}
    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps({"findings": [finding]}))
    command = [sys.executable, str(SCRIPT), str(audit), str(repo), str(tmp_path / "runs")]
    told = subprocess.run([*command, "1", str(STEP)], check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    *refused, last = rows
    assert (last["code"], last["refused"], len(last["files"])) == (0, "", 1)
    assert len(refused) > 20
    assert len({row["refused"] for row in refused}) > 3
    for row in refused:
        said = row["said"].splitlines()
        assert "Traceback" not in row["said"], row
        assert row["files"] in ([], last["files"]), row
        assert row["left"] == [], row
        assert row["code"] == 0 or said[-1].startswith("mendbook: "), row
        assert (row["code"] == 0) == bool(row["files"]), row
