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
    closed: bool = False
    """Whether the audit gives the finding as closed: it ranks behind all that is open."""

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


Branch = tuple[tuple[str, str], ...]
"""A way through the decision tree: each question with the branch taken, perhaps ``otherwise``."""


@dataclass(frozen=True, slots=True)
class PolicyMove:
    """One threshold, or one leaf of the decision tree, that earlier decisions moved."""

    before: str
    after: str
    deciding: int
    """Earlier decisions that tell the one value from the other."""
    in_favour: int
    """How many of those the new value agrees with."""
    threshold: str = ""
    """Its name in the policy; empty for a leaf."""
    leaf: Branch = ()
    """The way to the leaf; empty for a threshold."""

    @property
    def what(self) -> str:
        """What was moved: ``wide_callsites``, or ``severity LOW, concern upkeep``."""
        return self.threshold or ", ".join(f"{asked} {answer}" for asked, answer in self.leaf)

    @property
    def words(self) -> str:
        """What moved, and on how many decisions it rests, as one clause."""
        return (
            f"{self.what}: {self.after} instead of {self.before}, "
            f"as {self.in_favour} of {self.deciding} earlier decisions have it"
        )


@dataclass(frozen=True, slots=True)
class Learned:
    """What the priorities that a team gave before say of the policy."""

    cases: int = 0
    """Earlier decisions that were used."""
    agreed: int = 0
    """How many of them the policy as it is written puts into the same band."""
    agree: int = 0
    """How many of them the policy with its ``moves`` puts into the same band."""
    moves: tuple[PolicyMove, ...] = ()
