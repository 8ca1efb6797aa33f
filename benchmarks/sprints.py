"""How long sprint planning and the forecast take, and how good the plan is known to be.

    python benchmarks/sprints.py [--prs 50 200 500] [--sprints 8]

Pull requests are drawn (seeded): 0.25 to 10 hours, up to two dependencies each, and a capacity
that fills the sprints to 97 %. Objectives are P0's sprints, cost of delay by the sprint, sprints
in use, and the fullest; less is better. The forecast's time is a ratio to drawing the hours alone.
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np

from mendbook.model import Dependency, Priority, PullRequest
from mendbook.planning import Capacity, plan_sprints
from mendbook.planning.forecast import draw_hours, forecast
from mendbook.planning.sprints.first_plan import delay, greedy_plan, objectives


def drawn(count: int) -> list[PullRequest]:
    """Return ``count`` pull requests, the same at every call."""
    chance = random.Random(1)  # noqa: S311 - a benchmark, not a secret
    made = []
    for number in range(1, count + 1):
        hours = round(chance.choice([0.25, 0.5, 1, 2, 3, 5, 8]) * chance.uniform(0.8, 1.2), 2)
        earlier = chance.sample(range(1, number), min(number - 1, chance.choice([0, 0, 1, 2])))
        made.append(
            PullRequest(
                number=number,
                title=f"fix(area-{number % 5}): change {number}",
                finding_ids=(f"F-{number}",),
                files=(),
                depends_on=tuple(Dependency(other, "drawn") for other in sorted(earlier)),
                hours=hours,
                low=hours * 0.7,
                high=hours * 1.8,
                priority=chance.choice(list(Priority)),
                cost_of_delay=chance.uniform(1, 10),
                owner=f"team-{number % 5}",
            )
        )
    return made


def band_words(known: dict[int, PullRequest], rank: dict[int, int], found: dict[int, int]) -> str:
    """Return what each band's cost of delay by the sprint is against filling by rank."""
    said = []
    for band in Priority:
        own = {n: delay(pr) for n, pr in known.items() if pr.priority is band}
        before, after = (sum(w * at[n] for n, w in own.items()) for at in (rank, found))
        said.append(f"{band} {(after - before) / max(1, before):+.1%}")
    return ", ".join(said)


def main() -> None:
    """Print for each size the seconds, the status, and how the plan compares with one by rank."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prs", type=int, nargs="+", default=[50, 200, 500])
    parser.add_argument("--sprints", type=int, default=8)
    arguments = parser.parse_args()
    for count in arguments.prs:
        measure(drawn(count), arguments.sprints)
        measure(drawn(count), arguments.sprints, owners=True)


def measure(prs: list[PullRequest], sprints: int, *, owners: bool = False) -> None:
    """Plan and forecast ``prs`` in about as many sprints, and print what it took.

    With ``owners``, each does in a sprint a seventh of what is theirs.
    """
    theirs: dict[str, float] = {}
    for pr in prs:
        theirs[pr.owner] = theirs.get(pr.owner, 0) + pr.hours
    limits = {owner: round(hours / (sprints - 1), 2) for owner, hours in theirs.items()}
    hours = round(sum(pr.hours for pr in prs) / sprints / 0.97, 2)
    capacity = Capacity(hours, by_owner=limits if owners else {})
    known = {pr.number: pr for pr in prs}
    started, worked = time.perf_counter(), time.process_time()
    plan = plan_sprints(prs, capacity)
    planned, used = time.perf_counter(), time.process_time() - worked
    forecast(prs, plan, capacity)
    forecasted = time.perf_counter()
    draw_hours(prs, 10_000, np.random.default_rng(1))
    drew = time.perf_counter()
    limited = ", owners limited" if owners else ""
    took = f"{planned - started:.1f} s ({used:.1f} s of CPU)"
    print(f"{len(prs)} PRs in {len(plan.sprints)} sprints{limited}: {took}, {plan.status}")
    found = {number: sprint.number for sprint in plan.sprints for number in sprint.prs}
    rank = greedy_plan(known, capacity) or found
    print(f"  by rank {objectives(known, capacity, rank)}")
    print(f"  planned {objectives(known, capacity, found)}, {band_words(known, rank, found)}")
    ratio = (forecasted - planned) / (drew - forecasted)
    print(f"  forecast, 10,000 draws: {forecasted - planned:.2f} s, {ratio:.1f} x drawing alone")


if __name__ == "__main__":
    main()
