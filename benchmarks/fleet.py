"""Plan 200 small repositories, 20 of them broken, by three workers, and hurt these on the way.

    python benchmarks/fleet.py [--good 180] [--broken 20] [--unharmed] [--notebooks none] [--equal]

One worker is killed and one is stopped for good while they work; ``--unharmed`` leaves them alone
and compares the wall time with the work over the workers. One audit is given twice, and one
repository has two. ``--notebooks`` is the setting of each plan. ``--equal`` plans each member again
by itself and compares both runs byte for byte, times apart.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from many_repositories import contents, town
from mendbook.fleet import Fleet, read_order, run_fleet
from mendbook.fleet.crew import workers
from mendbook.fleet.order import FleetOrder
from mendbook.fleet.task import run_member
from mendbook.ledger.progress import seconds

WORKERS = 3


def main() -> None:
    """Measure, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--good", type=int, default=180)
    parser.add_argument("--broken", type=int, default=20)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--unharmed", action="store_true")
    parser.add_argument("--notebooks", choices=["none", "report", "all"], default="none")
    parser.add_argument("--equal", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fleet-") as name:
        home = Path(name)
        os.environ["MENDBOOK_CACHE"] = str(home / "cache")
        settings = {"notebooks": chosen.notebooks, "references": "syntax"}
        file = town(home, chosen.good, chosen.broken, twice=True, settings=settings)
        order = read_order(file)
        heard: list[str] = []

        def harm(said: str) -> None:
            heard.append(said)
            if len(heard) == 20 and not chosen.unharmed:
                found = [each for each in psutil.Process().children() if _works(each)]
                found[0].kill()
                found[1].suspend()

        crew = workers(count=chosen.workers)
        fleet = run_fleet(order, home / "out", work=crew, progress=harm)
        _say(fleet, home / "out", chosen.good + 1, chosen.workers)
        if chosen.equal:
            _compare(fleet, order, home)


def _works(process: psutil.Process) -> bool:
    return "spawn_main" in " ".join(process.cmdline())


def _say(fleet: Fleet, out: Path, good: int, crew: int) -> None:
    done = [row for row in fleet.rows if row.state == "done"]
    effects = [len(list((out / row.member).glob("2*"))) for row in done]
    print(f"{len(done)} of {good} planned, {len(fleet.failed)} clear lines")
    print(f"runs of each: {min(effects)} to {max(effects)}")
    print(f"left in the folders: {len([p for p in out.rglob('*') if 'partial' in p.name])}")
    ratio = fleet.seconds / (fleet.work_seconds / crew)
    print(f"wall {seconds(fleet.seconds)}, work {seconds(fleet.work_seconds)}: ratio {ratio:.2f}")
    print(f"the largest worker held {fleet.crew.peak_memory / 1024**2:.0f} MB")
    print(f"{len(fleet.requests)} pull requests: {fleet.sprint_plan.status}")


def _compare(fleet: Fleet, order: FleetOrder, home: Path) -> None:
    members = {each.name: each for each in order.members}
    done = [row for row in fleet.rows if row.state == "done"]
    other = []
    for row in done:
        single = run_member(members[row.member], str(home / "single"), fleet.id[:15], "abcd", (), 1)
        ours, alone = home / "out" / row.folder, home / "single" / row.member / single.folder
        if contents(ours) != contents(alone):
            other.append(row.member)
    equal = f"{len(done) - len(other)} of {len(done)} rows equal their single run"
    print(f"{equal}; others: {', '.join(other)}" if other else equal)


if __name__ == "__main__":
    main()
