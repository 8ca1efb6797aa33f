"""When a finding is due and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Priority(StrEnum):
    """When a finding is due, most urgent first."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One question of the decision tree, its answer, and what the answer rests on."""

    question: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A finding's priority, the path that led there, and its place inside the band."""

    finding_id: str
    priority: Priority
    path: tuple[DecisionStep, ...]
    because: str
    """The path as clauses: ``the audit rates it LOW, and nothing reaches it``."""
    rank: int
    """1-based place in the order of all findings."""
    order_key: dict[str, float] = field(default_factory=dict)
    """The numbers behind the rank: cost of delay, hours, confidence, hotspot, wsjf."""
    flip: str = ""
    """The smallest change of input that would move it to another band, in words."""
    decided: str = ""
    """Who gave it another band than the path, and why; empty where the path stands."""

    @property
    def reason(self) -> str:
        """Say in one sentence why it has its priority."""
        return f"{self.priority} {self.decided or f'because {self.because}'}."


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours for one finding, always with a range, and where they come from."""

    finding_id: str
    low: float
    likely: float
    high: float
    brief: str
    """Where the hours come from, in a few words."""
    beyond: str = ""
    """How wide the range is, and what that rests on; empty where there is nothing to say."""

    @property
    def source(self) -> str:
        """Where the hours come from, whole."""
        return f"{self.brief}; {self.beyond}" if self.beyond else self.brief
