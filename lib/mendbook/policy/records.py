"""What a policy says: the decision tree, the weights, the priors and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mendbook.model import Dimension, EvidenceStatus, Priority, Severity

OTHERWISE = "otherwise"
"""The branch that takes every answer that no other branch names."""

Range = tuple[float, float, float]
"""Low, likely and high."""


@dataclass(frozen=True, slots=True)
class Question:
    """One node of the decision tree: what is asked, and where each answer leads."""

    ask: str
    """``severity``, ``concern``, ``exposure``, ``occurrence``, ``effect``, ``heat``, ``blast``."""
    answers: dict[str, Question | Priority]

    def follow(self, answer: str) -> Question | Priority:
        """Return where ``answer`` leads."""
        return self.answers[answer] if answer in self.answers else self.answers[OTHERWISE]


@dataclass(frozen=True, slots=True)
class Answers:
    """How what is known about a finding becomes an answer."""

    concern: dict[str, tuple[Dimension, ...]]
    occurrence: dict[str, tuple[str, ...]]
    """Words that mean ``rare`` and ``every time``; the first list that matches wins."""
    hot_share: float
    """Share of profiled CPU time, 0..1, from which code is hot."""
    wide_fan_in: int
    wide_callsites: int
    effect: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that mean ``unused`` and ``at run time``; the first list that matches wins."""

    def possible(self, question: str) -> tuple[str, ...]:
        """Return every answer that ``question`` can have."""
        fixed = {
            "severity": tuple(Severity),
            "exposure": ("exposed", "internal", "unknown"),
            "occurrence": ("every time", "reproducible", "unstated", "rare"),
            "effect": ("unused", "at run time", "unstated"),
            "heat": ("hot", "cold", "unmeasured"),
            "blast": ("wide", "narrow"),
        }
        return tuple(self.concern) if question == "concern" else fixed[question]


@dataclass(frozen=True, slots=True)
class Weights:
    """The factors of the order inside a band; ``prioritize.wsjf`` says how they combine."""

    severity: dict[Severity, float]
    dimension: dict[Dimension, float]
    exposure: dict[str, float]
    occurrence: dict[str, float]
    blast: dict[str, float]
    confidence: dict[EvidenceStatus, float]
    hotspot: float
    """The most that a hotspot adds: 1 doubles."""
    least_hours: float


@dataclass(frozen=True, slots=True)
class EffortPriors:
    """Hours to assume where ``complexity`` does not say them, each low, likely, high."""

    hours_per_day: float
    spread: Range
    """Factors on one stated number."""
    words: dict[str, Range]
    severity: dict[Severity, Range]
    least_cases: int
    """Earlier cases needed before they replace a prior."""
    hours_per_point: float = 4.0
    """Of one story point; a team's own figure, for no two mean the same by it."""


@dataclass(frozen=True, slots=True)
class PullRequestRules:
    """How large a PR may be, and how near two changes touch the same lines."""

    max_hours: float = 8.0
    max_files: int = 12
    adjacent_lines: int = 3


class Alternatives(StrEnum):
    """What is taken where a fix text offers several ways and no person has chosen."""

    ASK = "ask"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Policy:
    """All that a team can change about how a plan is made."""

    name: str
    bands: dict[Priority, str]
    """What each band asks of the team, one sentence."""
    answers: Answers
    tree: Question
    weights: Weights
    effort: EffortPriors
    pull_requests: PullRequestRules = field(default_factory=PullRequestRules)
    alternatives: Alternatives = Alternatives.ASK
