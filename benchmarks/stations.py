"""How few stations the planner's core finds on published SALBP-1 instances.

    python benchmarks/stations.py salbp-otto.json [--nodes 500000]

The file is a list of objects: ``name``, ``times``, ``precedence`` (pairs ``[before, after]``,
1-based), ``cycle``, and the best published ``lower`` and ``upper`` bounds on the stations.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from mendbook.planning.sprints.line_balancing import Line, fill


def measure(instance: dict[str, Any], nodes: int) -> tuple[int, float]:
    """Return the stations found for ``instance``, checked to be feasible, and the seconds."""
    pairs = [(before - 1, after - 1) for before, after in instance["precedence"]]
    line = Line.of(instance["times"], pairs, instance["cycle"])
    started = time.perf_counter()
    stations = fill(line, effort=nodes).stations
    seconds = time.perf_counter() - started
    where = {task: place for place, tasks in enumerate(stations) for task in tasks}
    assert sorted(task for tasks in stations for task in tasks) == list(range(len(line.times)))
    assert all(sum(line.times[t] for t in tasks) <= line.cycle for tasks in stations)
    assert all(where[before] <= where[after] for before, after in pairs)
    return len(stations), seconds


def main() -> None:
    """Print each instance that misses or beats its published upper bound, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instances", type=Path)
    parser.add_argument("--nodes", type=int, default=500_000)
    arguments = parser.parse_args()
    reached: dict[int, list[bool]] = defaultdict(list)
    slowest = 0.0
    for instance in json.loads(arguments.instances.read_text()):
        found, seconds = measure(instance, arguments.nodes)
        slowest = max(slowest, seconds)
        reached[len(instance["times"])].append(found <= instance["upper"])
        if found != instance["upper"]:
            bounds = f"published {instance['lower']}..{instance['upper']}"
            print(f"{instance['name']}: {found} stations, {bounds}, {seconds:.1f} s")
    for tasks, hits in sorted(reached.items()):
        print(f"n = {tasks}: published upper bound reached on {sum(hits)} of {len(hits)}")
    print(f"slowest instance: {slowest:.1f} s")


if __name__ == "__main__":
    main()
