"""Wall and CPU seconds from an audit to its plan, without notebooks, for more and more findings.

    python benchmarks/whole_plan.py REPO [--findings 54 108 215]

The audits are made from the repository itself, as ``many_findings.py`` makes them. Each number is
measured in a process of its own, on a repository that no run has seen before; the last column
says how much each further finding costs beside the first number's: 1.0 is linear growth.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many_findings import findings_of


def main() -> None:
    """Measure each number of findings that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("repo", type=Path)
    options.add_argument("--findings", type=int, nargs="+", default=[54, 108, 215])
    options.add_argument("--audit", type=Path, help="(used by the process that measures)")
    given = options.parse_args()
    if given.audit is not None:
        _measure(given.repo, given.audit)
        return
    before: tuple[int, float] | None = None
    for count in given.findings:
        wall, cpu, files, planned = _measured(given.repo, count)
        ratio = (wall / before[1]) / (count / before[0]) if before else 1.0
        before = before or (count, wall)
        print(
            f"{planned:5} findings, {files} files: {wall:.1f} s, {cpu:.1f} s of CPU;"
            f" {ratio:.2f} of linear",
            flush=True,
        )


def _measured(repo: Path, count: int) -> tuple[float, float, int, int]:
    with tempfile.TemporaryDirectory(prefix="plan-") as folder:
        audit = Path(folder) / "audit.json"
        audit.write_text(json.dumps({"findings": findings_of(repo, count)}))
        command = [sys.executable, __file__, str(repo), "--audit", str(audit)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, files, planned = json.loads(done.stdout.splitlines()[-1])
    return float(wall), float(cpu), int(files), int(planned)


def _measure(repo: Path, audit: Path) -> None:
    from mendbook import open_run

    started, worked = time.perf_counter(), time.process_time()
    run = open_run(str(audit), str(repo), out=str(audit.parent / "out"))
    planned = len(run.plan.remediations)
    wall, cpu = time.perf_counter() - started, time.process_time() - worked
    listed = ["git", "-C", str(repo), "ls-tree", "-r", "--name-only", "HEAD"]
    files = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.count("\n")
    print(json.dumps([wall, cpu, files, planned]))


if __name__ == "__main__":
    main()
