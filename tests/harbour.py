"""Runs of small audits at times that a test sets, without notebooks: those take seconds each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clock import FalseClock, at
from conftest import MakeRepository
from mendbook.run.attempt import Orders, Outcome, attempt
from mendbook.run.given import Progress
from mendbook.run.run import Run, open_run

FILES = {
    "src/berth.py": "def berth(ship):\n    return ship.length / 2\n",
    "src/tide.py": "def tide(hour):\n    return hour * 0.5\n",
    "src/crane.py": "def lift(load):\n    print(load)\n    return load\n",
}
"""A harbour's planner, to be audited."""


def finding(name: str, file: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a finding called ``name`` of ``file``."""
    return {
        "id": name,
        "severity": "HIGH",
        "dimension": "Code Quality",
        "file": file,
        "problem": f"{name}: the result is not checked.",
        "fix": "Check it.",
        "complexity": "2 hours",
        **changes,
    }


def no_notebooks(run: Run, folder: Path, progress: Progress) -> None:
    """Show nothing: what a run keeps on record does not depend on it."""


@dataclass(slots=True)
class Harbour:
    """An audit that changes, its repository, and a folder of runs."""

    home: Path
    repo: Path
    clock: FalseClock
    said: list[str] = field(default_factory=list)

    @property
    def out(self) -> Path:
        """The folder of runs."""
        return self.home / "reports"

    @property
    def audit(self) -> Path:
        """The audit's file."""
        return self.home / "harbour.json"

    def write(self, findings: Sequence[Mapping[str, Any]], **meta: str) -> None:
        """Write the audit of today."""
        document = {"meta": {**meta}, "findings": findings}
        self.audit.write_text(json.dumps(document))

    def run(self, orders: Orders | None = None, **options: Any) -> Outcome:  # noqa: ANN401
        """Make a run now."""
        run = open_run(
            self.audit,
            self.repo,
            out=self.out,
            clock=self.clock,
            progress=self.said.append,
            **{"overrides": self.home / "decided", **options},
        )
        return attempt(run.given, orders, no_notebooks)


def harbour_at(home: Path, make_repository: MakeRepository) -> Harbour:
    """Return a harbour on the first of March; each look at its clock takes half a second."""
    (home / "decided").mkdir()
    return Harbour(home, make_repository(FILES), at("2026-03-01T06:00", tick=0.5))
