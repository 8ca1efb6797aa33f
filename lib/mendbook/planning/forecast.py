"""Say when things will be done: Monte Carlo over the sprint plan.

Each draw takes every PR's hours from a PERT distribution over its low, likely and high (a beta
distribution with shape 4: D. G. Malcolm et al., Operations Research 7/5, 1959), independently, and
works the PRs off in plan order. A PR starts when the one before it ends, but not before its
planned sprint: slack absorbs what runs over, nothing is pulled forward. Independence makes the
spread of the whole narrower than it is where one cause delays everything; the forecast says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mendbook.model import Forecast, Priority, PullRequest, Quantiles, SprintPlan
from mendbook.planning.sprints.capacity import Capacity

_QUANTILES = (0.50, 0.85, 0.95)
_CUT = 0.85
_SHAPE = 4.0
_TOLERANCE = 1e-9
_AT_ONCE = 500
"""Draws worked off together."""


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
    work = _worked_off(ordered, sprint_plan, capacity, draws, seed)
    last = int(work.finish.max(initial=0))
    sprints = range(1, last + 1)
    sure = [int(np.argmax(done / draws >= _CUT)) for done in work.done_by]
    weights = np.array([pr.hours for pr in ordered])
    remaining = np.append(np.cumsum(weights[::-1])[::-1], 0.0)
    return Forecast(
        draws=draws,
        seed=seed,
        distribution="PERT (beta, shape 4) over low, likely and high; PRs independent",
        finish=_quantiles("all", work.finish),
        bands=tuple(_quantiles(str(band), ends) for band, ends in work.bands.items()),
        prs=tuple(
            _counted_quantiles(f"PR {pr.number}", done, draws)
            for pr, done in zip(ordered, work.done_by, strict=True)
        ),
        cut=tuple(
            (
                sprint,
                tuple(pr.number for pr, at in zip(ordered, sure, strict=True) if at <= sprint),
            )
            for sprint in sprints
        ),
        burn_down=tuple(
            (sprint, *_spread(remaining[work.ended[:, sprint]])) for sprint in range(last + 1)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """What became of the pull requests, in plan order, in all draws; sprint 0 is the beginning."""

    finish: NDArray[np.int64]
    """The sprint in which each draw ends."""
    bands: dict[Priority, NDArray[np.int64]]
    """The sprint in which each band ends in each draw."""
    done_by: NDArray[np.int32]
    """In how many draws each PR is done by the end of a sprint: one row a PR."""
    ended: NDArray[np.int32]
    """How many PRs are done by the end of a sprint: one row a draw."""


def _worked_off(
    ordered: Sequence[PullRequest],
    sprint_plan: SprintPlan,
    capacity: Capacity,
    draws: int,
    seed: int,
) -> _Work:
    """Work all draws off, some at a time: thousands of PRs in all draws would fill the memory.

    PRs end in plan order, so where each ends tells how many are done.
    """
    generator = np.random.default_rng(seed)
    ends = _sprint_ends(sprint_plan, capacity, sum(max(pr.high, pr.hours) for pr in ordered))
    places = {pr.priority: place for place, pr in enumerate(ordered)}
    finishes = [np.zeros(0, dtype=np.int64)]
    bands = {band: [finishes[0]] for band in Priority if band in places}
    sprints = np.arange(len(ends) + 2)
    done_by = np.zeros((len(ordered), len(sprints)), dtype=np.int32)
    ended = np.empty((draws, len(sprints)), dtype=np.int32)
    for first in range(0, draws, _AT_ONCE):
        hours = draw_hours(ordered, min(_AT_ONCE, draws - first), generator)
        done = _finishing_sprints(hours, sprint_plan, ends)
        finishes.append(done.max(axis=1, initial=0))
        for band, columns in bands.items():
            columns.append(done[:, places[band]])
        for counted, each in zip(done_by, done.T, strict=True):
            counted += np.bincount(each, minlength=len(sprints)).astype(np.int32)
        for place, row in enumerate(done, first):
            ended[place] = np.searchsorted(row, sprints, side="right")
    return _Work(
        np.concatenate(finishes),
        {band: np.concatenate(columns) for band, columns in bands.items()},
        np.cumsum(done_by, axis=1, dtype=np.int32, out=done_by),
        ended,
    )


def _finishing_sprints(
    hours: NDArray[np.float64], sprint_plan: SprintPlan, ends: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the sprint in which each PR ends: one row a draw, one column a PR."""
    clocks = hours.copy()
    clock = np.zeros(len(hours))
    place = 0
    for sprint in sprint_plan.sprints:
        if not sprint.prs:
            continue
        opens = ends[sprint.number - 2] if sprint.number > 1 else 0.0
        own = clocks[:, place : place + len(sprint.prs)]
        own[:, 0] += np.maximum(clock, opens)
        np.cumsum(own, axis=1, out=own)
        clock = own[:, -1]
        place += len(sprint.prs)
    return np.asarray(np.searchsorted(ends, clocks - _TOLERANCE, side="left") + 1, dtype=np.int64)


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


def _counted_quantiles(name: str, done_by: NDArray[np.int32], draws: int) -> Quantiles:
    """Return the quantiles of a PR from the draws in which it is done by each sprint."""
    enough = [max(1, math.ceil(draws * share)) for share in _QUANTILES]
    p50, p85, p95 = np.searchsorted(done_by, enough, side="left")
    return Quantiles(name, int(p50), int(p85), int(p95))


def _spread(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return round(float(low), 4), round(float(middle), 4), round(float(high), 4)
