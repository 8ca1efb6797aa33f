"""Pull requests, sprints and the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mendbook.model.fix import Check
from mendbook.model.priority import Priority


@dataclass(frozen=True, slots=True)
class Dependency:
    """Why one PR comes after another."""

    on: int
    reason: str


class ChangeKind(StrEnum):
    """Conventional-commit types, the one that names a mixed change first."""

    FIX = "fix"
    PERF = "perf"
    REFACTOR = "refactor"
    CHORE = "chore"
    DOCS = "docs"
    TEST = "test"


CHANGE_KINDS: tuple[ChangeKind, ...] = tuple(ChangeKind)


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One atomic PR: findings that belong in one change, in the order they are applied."""

    number: int
    title: str
    """Conventional commit: ``fix(media): …``."""
    finding_ids: tuple[str, ...]
    files: tuple[str, ...]
    depends_on: tuple[Dependency, ...]
    hours: float
    """The sum of its findings' likely hours."""
    low: float
    high: float
    priority: Priority
    """The most urgent of its findings'."""
    cost_of_delay: float
    owner: str
    why: str = ""
    """Why these findings are one PR."""
    checks: tuple[Check, ...] = ()
    kind: ChangeKind = ChangeKind.FIX
    domain: str = ""
    """The part of the system that it changes; empty where it has no name."""


@dataclass(frozen=True, slots=True)
class Sprint:
    """One sprint: PRs in merge order, and hours against capacity."""

    number: int
    focus: str
    prs: tuple[int, ...]
    hours: float
    capacity: float
    over_capacity: str = ""
    """Why it is above capacity, when one PR alone is."""


@dataclass(frozen=True, slots=True)
class SprintPlan:
    """All sprints, how they were found, and how good they are known to be."""

    sprints: tuple[Sprint, ...]
    method: str
    """``cp-sat`` or ``greedy``."""
    status: str
    """``optimal``, or ``feasible (gap 3 %)``, or ``heuristic``."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same PRs in sprints that hold other hours."""

    capacity: float
    """Hours a sprint holds."""
    sprint_plan: SprintPlan
    """Without sprints where no plan fits; its notes say why."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """P50, P85 and P95 of the sprint in which something is done."""

    name: str
    p50: int
    p85: int
    p95: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Monte Carlo over the sprint plan: when things are done, and what fits."""

    draws: int
    seed: int
    distribution: str
    finish: Quantiles
    bands: tuple[Quantiles, ...]
    prs: tuple[Quantiles, ...]
    cut: tuple[tuple[int, tuple[int, ...]], ...]
    """For each sprint, the PRs that are done by its end with 85 %."""
    burn_down: tuple[tuple[int, float, float, float], ...]
    """``(sprint, p5, p50, p95)`` of the planned hours of PRs not done by its end; 0 is today."""
