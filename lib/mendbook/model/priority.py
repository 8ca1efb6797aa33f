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
    reason: str
    """The path as one sentence."""
    rank: int
    """1-based place in the order of all findings."""
    order_key: dict[str, float] = field(default_factory=dict)
    """The numbers behind the rank: cost of delay, hours, confidence, hotspot, wsjf."""
    flip: str = ""
    """The smallest change of input that would move it to another band, in words."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours for one finding, always with a range; ``source`` says where they come from."""

    finding_id: str
    low: float
    likely: float
    high: float
    source: str
    brief: str = ""
    """The source in a few words; empty where it is not longer than that."""

    @property
    def in_brief(self) -> str:
        """Where the hours come from, in a few words."""
        return self.brief or self.source

    @property
    def beyond(self) -> str:
        """What the source says after the few words: how wide the range is; often nothing."""
        head = f"{self.brief}; "
        return self.source.removeprefix(head) if self.brief and self.source.startswith(head) else ""
