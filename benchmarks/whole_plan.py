"""Wall and CPU seconds from an audit to its plan, without notebooks, for more and more findings.

    python benchmarks/whole_plan.py REPO [--findings 54 108 215] [--mixed]

The audits are made from the repository itself, as ``many_findings.py`` makes them, or as
``mixed_findings.py`` does, whose fix texts ask for edits. Each number is measured in a process of
its own, on a repository that no run has seen before; seconds are those of all processes, memory is
the peak of the main one. The last column says how much CPU each further finding costs beside the
first number's: 1.0 is linear growth.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from many_findings import findings_of
from mixed_findings import mixed_findings


def main() -> None:
    """Measure each number of findings that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("repo", type=Path)
    options.add_argument("--findings", type=int, nargs="+", default=[54, 108, 215])
    options.add_argument("--mixed", action="store_true", help="ask for edits of many kinds")
    options.add_argument("--audit", type=Path, help="(used by the process that measures)")
    given = options.parse_args()
    if given.audit is not None:
        _measure(given.repo, given.audit)
        return
    before: tuple[int, float] | None = None
    for count in given.findings:
        made = mixed_findings if given.mixed else findings_of
        wall, cpu, memory, files, planned = _measured(given.repo, made(given.repo, count))
        ratio = (cpu / before[1]) / (count / before[0]) if before else 1.0
        before = before or (count, cpu)
        print(
            f"{planned:5} findings, {files} files: {wall:.1f} s, {cpu:.1f} s of CPU,"
            f" {memory:.0f} MB; {ratio:.2f} of linear; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def _measured(
    repo: Path, findings: Sequence[Mapping[str, object]]
) -> tuple[float, float, float, int, int]:
    with tempfile.TemporaryDirectory(prefix="plan-") as folder:
        audit = Path(folder) / "audit.json"
        audit.write_text(json.dumps({"findings": findings}))
        command = [sys.executable, __file__, str(repo), "--audit", str(audit)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, memory, files, planned = json.loads(done.stdout.splitlines()[-1])
    return float(wall), float(cpu), float(memory), int(files), int(planned)


def _measure(repo: Path, audit: Path) -> None:
    from mendbook import open_run

    started, worked = time.perf_counter(), _cpu()
    run = open_run(str(audit), str(repo), out=str(audit.parent / "out"))
    planned = len(run.plan.remediations)
    wall, cpu = time.perf_counter() - started, _cpu() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    listed = ["git", "-C", str(repo), "ls-tree", "-r", "--name-only", "HEAD"]
    files = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.count("\n")
    print(json.dumps([wall, cpu, memory, files, planned]))


def _cpu() -> float:
    """Return the processor seconds of this process and of those that it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
