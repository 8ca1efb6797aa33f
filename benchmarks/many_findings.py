"""CPU seconds of context, references and facts for many findings on one repository.

    python benchmarks/many_findings.py REPO [--findings 100 500]

The audit is made from the repository itself: functions and classes of its own files, each asked
for by name and file, in a fixed order. Each number is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mendbook import facts, intake
from mendbook.code.references import find_references
from mendbook.code.references.index import Index
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import open_target


def main() -> None:
    """Measure each number of findings that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("repo", type=Path)
    options.add_argument("--findings", type=int, nargs="+", default=[100, 500])
    options.add_argument("--audit", type=Path, help="(used by the process that measures)")
    given = options.parse_args()
    if given.audit is not None:
        _measure(given.repo, given.audit)
        return
    for count in given.findings:
        with tempfile.TemporaryDirectory(prefix="many-") as folder:
            audit = Path(folder) / "audit.json"
            audit.write_text(json.dumps({"findings": findings_of(given.repo, count)}))
            subprocess.run(
                [sys.executable, __file__, str(given.repo), "--audit", str(audit)], check=True
            )


def findings_of(repo: Path, count: int) -> list[dict[str, str]]:
    """Return findings about functions and classes of the repository's own, in a fixed order."""
    commit = subprocess.run(
        ["git", "-C", str(repo), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    )
    index = Index(Snapshot.read(repo, commit.stdout.strip()))
    names = [
        (path, f"{one.owner}.{one.name}" if one.owner else one.name)
        for path in index.files
        if not is_test(path)
        for one in index.outline(path).everything()
        if one.kind in {"function", "method", "class"} and one.name != "constructor"
    ]
    chosen = names[:: max(1, len(names) // count)][:count]
    return [
        {
            "id": f"B-{number:04}",
            "severity": "LOW",
            "dimension": "Performance",
            "file": path,
            "function": name,
            "problem": f"{name} does the same work again",
            "evidence": name,
            "impact": "slow",
            "fix": f"Keep what {name} made",
            "complexity": "S",
        }
        for number, (path, name) in enumerate(chosen, 1)
    ]


def _measure(repo: Path, audit: Path) -> None:
    read = intake.load_audit(audit)
    started = time.process_time()
    target = open_target(repo)
    opened = time.process_time()
    references = find_references(read.findings, target.snapshot, provider="syntax")
    searched = time.process_time()
    gathered = facts.gather_facts(read, target, references)
    ended = time.process_time()
    uses = sum(len(one.uses) for one in gathered)
    print(
        f"{len(read.findings):5} findings, {len(target.snapshot.files)} files: "
        f"open {opened - started:.1f}, references {searched - opened:.1f}, "
        f"facts {ended - searched:.1f}, together {ended - started:.1f} s of CPU; {uses} uses"
    )


if __name__ == "__main__":
    main()
