"""Draft with the stub agent, a program of its own: answers by finding, and what it was asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import stub
from berths import FILES, task
from mendbook.drafting.drafter import find_drafter
from mendbook.drafting.judge import RunGates
from mendbook.drafting.kept_answers import KeptAnswers
from mendbook.drafting.loop import DraftLoop
from mendbook.drafting.meter import Limits
from mendbook.fixes.task import Task
from mendbook.model import Draft, Drafting

GUARD = "  if (length < 0) throw new RangeError('length');\n"
RIGHT = (
    "src/berth.ts\n<<<<<<< SEARCH\n  const rate = 12;\n=======\n"
    f"{GUARD}  const rate = 12;\n>>>>>>> REPLACE\n"
)
FIXED = FILES["src/berth.ts"].replace("  const rate", f"{GUARD}  const rate")
BROKEN = RIGHT.replace("(length < 0)", "(length < 0")

Bench = Callable[..., tuple[Drafting, Path]]


def draft_in(
    folder: Path,
    answers: dict[str, list[str]],
    limits: Limits | None = None,
    seconds: float = 20.0,
    tasks: Sequence[Task] = (),
    run_gates: RunGates | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Drafting, Path]:
    """Draft with a stub in ``folder`` that has these ``answers`` by finding, each in turn.

    The findings are those of ``tasks``, or the harbour's under the names that are answered.
    """
    (folder / "answers.json").write_text(json.dumps(answers))
    drafter = find_drafter(f"{sys.executable} {stub.__file__} {folder}", (), seconds)
    kept = KeptAnswers(folder / "kept", drafter.key)
    loop = DraftLoop(drafter, kept, limits or Limits(), run_gates, progress)
    return loop.drafted(tasks or [task(name=name) for name in answers]), folder


def briefs(folder: Path, name: str = "FEE-1") -> list[dict[str, object]]:
    """Return the briefs that the stub was given about a finding."""
    path = folder / f"asked-{name}"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def edits(draft: Draft) -> dict[str, str | None]:
    """Return the edits of a draft; none where it has none."""
    return draft.proposal.edits if draft.proposal else {}
