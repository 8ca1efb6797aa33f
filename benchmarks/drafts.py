"""Measure a drafter on the bench of ``drafts.yaml``: one row of the table in ``README.md``.

    python benchmarks/drafts.py claude [--budget 2.00] [--minutes 30]

Any adapter or command that ``mendbook draft --with`` takes. What is *right* is for a person to say:
it prints, beside the row, each draft that differs from the answer that is known to be right.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from mendbook.drafting.answers import edits_of
from mendbook.drafting.drafter import find_drafter
from mendbook.drafting.meter import Limits
from mendbook.fixes.propose import blank
from mendbook.fixes.task import Task
from mendbook.model import Patch, Plan
from mendbook.run.draft import DraftOrder, drafted
from mendbook.run.run import Run, open_run

BENCH = Path(__file__).with_suffix(".yaml")
_ASKED = ("id", "severity", "file", "function", "problem", "evidence", "fix")


def read_bench() -> dict[str, Any]:
    """Return the files of the bench, and its cases."""
    found: dict[str, Any] = yaml.safe_load(BENCH.read_text())
    return found


def set_up(folder: Path) -> Run:
    """Return a run on the bench, whose repository and audit are written to ``folder``."""
    bench = read_bench()
    repo = folder / "repo"
    for path, text in bench["files"].items():
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_text(text)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
        subprocess.run(["git", *identity, *words], cwd=repo, check=True)
    findings = [
        {
            **{key: case[key] for key in _ASKED},
            "dimension": "Code Quality",
            "impact": "",
            "complexity": "low",
        }
        for case in bench["cases"]
    ]
    (folder / "audit.json").write_text(json.dumps({"findings": findings}))
    return open_run(folder / "audit.json", repo, out=folder / "out", references="syntax")


def patches(plan: Plan) -> dict[str, Patch]:
    """Return the patches and drafts of a plan by their findings; outlines left out."""
    found = {item.finding_id: item.patch for item in plan.remediations}
    return {name: patch for name, patch in found.items() if patch.answers or patch.is_draft}


def others(run: Run) -> dict[str, str]:
    """Return the drafts of ``run`` that are another edit than the known right one, as diffs."""
    known = {fact.finding_id: fact for fact in run.facts}
    cases = {case["id"]: case for case in read_bench()["cases"]}
    found: dict[str, str] = {}
    for draft in run.drafting.drafts:
        finding = next(each for each in run.findings if each.id == draft.finding_id)
        facts = known.get(finding.id, blank(finding))
        task = Task(finding, facts, run.snapshot, run.references)
        right = edits_of(cases[finding.id]["right"], task)
        if draft.proposal is not None and draft.proposal.edits != right:
            found[finding.id] = patches(run.plan)[finding.id].diff
    return found


def measured(command: str, limits: Limits) -> None:
    """Print the row of one drafter."""
    with tempfile.TemporaryDirectory() as name:
        run = drafted(set_up(Path(name)), DraftOrder(find_drafter(command), limits), print)
        different = others(run)
        (tally,) = run.plan.drafts.tallies
        price = "not told" if tally.cost is None else f"${tally.cost:.2f}"
        print(
            f"| {tally.adapter} | {tally.findings} | {tally.asked} | {tally.answered} | "
            f"{tally.repaired} | {tally.answered - len(different)} | {tally.shown} | "
            f"{tally.seconds / 60:.1f} | {price} |"
        )
        for finding, diff in different.items():
            print(f"\n{finding}: another edit than the known one\n{diff}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drafter")
    parser.add_argument("--budget", type=float)
    parser.add_argument("--minutes", type=float, default=30.0)
    given = parser.parse_args(arguments)
    measured(given.drafter, Limits(given.budget, given.minutes))


if __name__ == "__main__":
    main()
