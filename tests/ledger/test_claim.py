"""One run at a time, and a claim that dies with its holder."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mendbook.errors import BusyError
from mendbook.ledger.claim import Claim, claimed, is_claimed

CLAIM = Claim("run-1", "harbour-audit", "2026-03-01T06:00:00Z", 4711, "quay")
_HOLD = """
import sys, time
from pathlib import Path
from mendbook.ledger.claim import Claim, claimed
with claimed(Path(sys.argv[1]), Claim("r", "harbour-audit", "2026-03-01T06:00:00Z", 4711, "quay")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_works_since_when(tmp_path: Path) -> None:
    """One line: audit, start, process, what to do; and the claim of the first stays."""
    path = tmp_path / "harbour.claim"
    with claimed(path, CLAIM) as warning:
        assert warning == ""
        assert is_claimed(path)
        with pytest.raises(BusyError) as refused, claimed(path, CLAIM):
            pass
        assert is_claimed(path)
    assert str(refused.value) == (
        "harbour-audit: running since 2026-03-01T06:00:00Z, process 4711 on quay; "
        "wait for its end, or choose another --out"
    )
    assert not path.exists()
    assert not is_claimed(path)


def test_the_claim_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    """Its file is still there, and nobody has to judge whether it is stale."""
    path = tmp_path / "harbour.claim"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        assert is_claimed(path)
        holder.send_signal(signal.SIGKILL)
    assert path.exists()
    assert not is_claimed(path)
    with claimed(path, CLAIM):
        assert is_claimed(path)
    assert not path.exists()


def test_of_many_that_claim_at_once_one_works_at_a_time(tmp_path: Path) -> None:
    """Each holds it alone, whoever removes the file in between."""
    code = """
import sys, time
from pathlib import Path
from mendbook.errors import BusyError
from mendbook.ledger.claim import Claim, claimed
path, log = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(200):
    try:
        with claimed(path, Claim("r", "a", "t", 1, "h")):
            (log / "inside").mkdir()
            time.sleep(0.0005)
            (log / "inside").rmdir()
    except BusyError:
        pass
"""
    arguments = [sys.executable, "-c", code, str(tmp_path / "a.claim"), str(tmp_path)]
    running = [subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [each.communicate(timeout=60)[1] for each in running]
    assert said == [""] * 4
    assert list(tmp_path.iterdir()) == []
