"""Say when things will be done: Monte Carlo over the sprint plan.

Each draw takes every PR's hours from a PERT distribution over its low, likely and high (a beta
distribution with shape 4: D. G. Malcolm et al., Operations Research 7/5, 1959), independently, and
works the PRs off in plan order. A PR starts when the one before it ends, but not before its
planned sprint: slack absorbs what runs over, nothing is pulled forward. Independence makes the
spread of the whole narrower than it is where one cause delays everything; the forecast says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mendbook.model import Forecast, Priority, PullRequest, Quantiles, SprintPlan
from mendbook.planning.sprints.capacity import Capacity

_QUANTILES = (0.50, 0.85, 0.95)
_CUT = 0.85
_SHAPE = 4.0
_TOLERANCE = 1e-9


def forecast(
    pull_requests: Sequence[PullRequest],
    sprint_plan: SprintPlan,
    capacity: Capacity,
    draws: int = 10_000,
    seed: int = 20_260_101,
) -> Forecast:
    """Return P50, P85 and P95 of the finishing sprint of everything, each band and each PR.

    ``cut`` holds, for each sprint, the PRs done by its end in at least 85 % of the draws;
    ``burn_down`` the 5th, 50th and 95th percentile of the planned hours that remain.
    """
    known = {pr.number: pr for pr in pull_requests}
    ordered = [known[number] for sprint in sprint_plan.sprints for number in sprint.prs]
    done = _finishing_sprints(ordered, sprint_plan, capacity, draws, seed)
    last = int(done.max(initial=0))
    weights = np.array([pr.hours for pr in ordered])
    return Forecast(
        draws=draws,
        seed=seed,
        distribution="PERT (beta, shape 4) over low, likely and high; PRs independent",
        finish=_quantiles("all", done.max(axis=1, initial=0)),
        bands=tuple(
            _quantiles(str(band), done[:, member].max(axis=1))
            for band in Priority
            if (member := np.array([pr.priority is band for pr in ordered], dtype=bool)).any()
        ),
        prs=tuple(
            _quantiles(f"PR {pr.number}", done[:, place]) for place, pr in enumerate(ordered)
        ),
        cut=tuple(
            (
                sprint,
                tuple(
                    pr.number
                    for place, pr in enumerate(ordered)
                    if (done[:, place] <= sprint).mean() >= _CUT
                ),
            )
            for sprint in range(1, last + 1)
        ),
        burn_down=tuple(
            (sprint, *_spread((done > sprint) @ weights)) for sprint in range(last + 1)
        ),
    )


def _finishing_sprints(
    ordered: Sequence[PullRequest],
    sprint_plan: SprintPlan,
    capacity: Capacity,
    draws: int,
    seed: int,
) -> NDArray[np.int64]:
    """Return the sprint in which each PR ends: one row a draw, one column a PR."""
    planned = {number: sprint.number for sprint in sprint_plan.sprints for number in sprint.prs}
    hours = draw_hours(ordered, draws, np.random.default_rng(seed))
    ends = _sprint_ends(sprint_plan, capacity, float(hours.sum(axis=1).max(initial=0.0)))
    clock = np.zeros(draws)
    done = np.zeros((draws, len(ordered)), dtype=np.int64)
    for place, pr in enumerate(ordered):
        opens = ends[planned[pr.number] - 2] if planned[pr.number] > 1 else 0.0
        clock = np.maximum(clock, opens) + hours[:, place]
        done[:, place] = np.searchsorted(ends, clock - _TOLERANCE, side="left") + 1
    return done


def draw_hours(
    pull_requests: Sequence[PullRequest], draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return hours drawn from each PR's PERT distribution: one row a draw, one column a PR."""
    low = np.array([pr.low for pr in pull_requests])
    likely = np.array([pr.hours for pr in pull_requests])
    width = np.array([pr.high for pr in pull_requests]) - low
    span = np.where(width > 0, width, 1.0)
    alpha = 1 + _SHAPE * (likely - low) / span
    beta = 1 + _SHAPE * (low + width - likely) / span
    shares = generator.beta(alpha, beta, size=(draws, len(pull_requests)))
    return np.asarray(np.where(width > 0, low + shares * width, likely), dtype=np.float64)


def _sprint_ends(sprint_plan: SprintPlan, capacity: Capacity, most: float) -> NDArray[np.float64]:
    """Return the working hour at which each sprint ends, as far as the slowest draw can reach."""
    planned = {sprint.number: sprint.hours for sprint in sprint_plan.sprints}
    last = max(planned, default=0)
    lengths = [max(capacity.of(sprint), planned.get(sprint, 0.0)) for sprint in range(1, last + 1)]
    lengths += [capacity.hours] * (int(most / capacity.hours) + 2)
    return np.cumsum(np.array(lengths))


def _quantiles(name: str, sprints: NDArray[np.int64]) -> Quantiles:
    p50, p85, p95 = np.quantile(sprints, _QUANTILES, method="inverted_cdf")
    return Quantiles(name, int(p50), int(p85), int(p95))


def _spread(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return round(float(low), 4), round(float(middle), 4), round(float(high), 4)
