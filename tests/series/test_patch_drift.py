"""Where the named lines and the quoted code have parted, the patch says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import MakeRepository
from harbour import finding, harbour_at
from mendbook.ledger.plan_versions import read_plan

LOCK = (
    "def fill(gate):\n    gate.open()\n    gate.wait(5)\n\n\ndef drain(gate):\n    gate.wait(9)\n"
)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"line": 7}, ""),
        ({"file": "canal/lock.py:5-9"}, ""),
        ({}, ""),
        ({"line": 2}, " The audit names canal/lock.py:2; the code that it quotes stands at 7."),
        (
            {"lineRange": "1-3"},
            " The audit names canal/lock.py:1–3; the code that it quotes stands at 7.",
        ),
    ],
)
def test_drift_is_said_in_what_the_fix_is_read_as(
    tmp_path: Path, make_repository: MakeRepository, named: dict[str, Any], said: str
) -> None:
    """Quoted code is found where it stands; the lines that were named are not silently passed."""
    place = harbour_at(tmp_path, make_repository)
    place.repo = make_repository({"canal/lock.py": LOCK})
    told = {"evidence": "gate.wait(9)", "fix": "Change `gate.wait(9)` to `gate.wait(4)`."}
    place.write([finding("K-1", **{"file": "canal/lock.py", **told, **named})])
    folder = place.run().folder
    assert folder is not None
    patch = read_plan(folder).remediations[0].patch
    assert "-    gate.wait(9)\n+    gate.wait(4)\n" in patch.diff
    assert patch.why == f"The fix is read as: write `gate.wait(4)` for `gate.wait(9)`.{said}"
    mail = next((folder / "PATCHES").glob("001-*.patch")).read_text()
    assert " ".join(said.split()) in " ".join(mail.split())
