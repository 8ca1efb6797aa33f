"""CPU seconds of a start, and of the sample's run: cold, then with every stage from the cache.

    python benchmarks/start.py [--runs 3]

Each number is the least of several processes, which do nothing else.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PLAN = "from mendbook import open_run; open_run(out={!r}).plan"


def spent(folder: Path, *command: str) -> float:
    """Return the processor seconds of ``command`` and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "MENDBOOK_CACHE": str(folder / "cache")}
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line for each thing measured."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    runs = range(options.parse_args().runs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = PLAN.format(str(folder / "out"))
        run = ("-m", "mendbook", "plan", "--sample", "--out", str(folder / "out"))
        bare = min(spent(folder, "-c", "pass") for _ in runs)
        rows = {
            "import mendbook.run.run": min(
                spent(folder, "-c", "import mendbook.run.run") for _ in runs
            )
            - bare,
            "stages of the sample, cold": spent(folder, "-c", plan),
            "stages of the sample, from the cache": min(spent(folder, "-c", plan) for _ in runs),
            "mendbook plan --sample, stages from the cache": min(spent(folder, *run) for _ in runs),
        }
    for what, seconds in rows.items():
        print(f"{seconds:6.2f} s  {what}")


if __name__ == "__main__":
    main()
