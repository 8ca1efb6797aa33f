"""What was asked of a drafter, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.model.contract import AskedStatus
from mendbook.model.fix import Proposal, Rung


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of a drafter to one brief, and the first rung at which it failed."""

    brief: str
    """Hash of the brief that was asked."""
    failed: str = ""
    """What failed first and how, ``binds: …``; empty where nothing did."""
    refused: str = ""
    """What it was refused for by name, ``a lock file``; empty where it was not."""
    seconds: float = 0.0
    cost: float | None = None
    """US dollars as the drafter says; None where it says nothing."""
    kept: bool = False
    """It was read back from an earlier run, and nobody was asked."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a drafter made of one finding: its best answer, or why there is none."""

    finding_id: str
    adapter: str
    """``claude``, or the program that was named."""
    attempts: tuple[Attempt, ...] = ()
    proposal: Proposal | None = None
    reason: str = ""
    """Why there is no proposal, or why another source's patch was left in its place."""
    rung: Rung = Rung.OUTLINE
    """How far its best answer is proven."""
    asked: AskedStatus = AskedStatus.NOT_SHOWN
    over: str = ""
    """Hash of the change of another source that it stands in for; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """All that drafters were asked for one plan."""

    drafts: tuple[Draft, ...] = ()
    gates: str = ""
    """How gates over drafts were run, or why they were not; one sentence."""
    stopped: str = ""
    """Why not everything was asked; empty where it was."""
    budget: str = ""
    """What is to be said of a budget that could not hold; empty where it did."""


@dataclass(frozen=True, slots=True)
class DraftTally:
    """What one drafter cost, and how good it was."""

    adapter: str
    findings: int
    """Findings that it was asked about."""
    asked: int
    """Briefs that it was given, repairs included."""
    answered: int
    """Findings that ended with a draft of it."""
    repaired: int
    """Of these, findings whose first answer failed."""
    shown: int
    """Of these, drafts that are shown to do what is asked."""
    refused: tuple[tuple[str, int], ...] = ()
    """What answers were refused for by name, and how often."""
    silent: tuple[tuple[str, int], ...] = ()
    """Why findings ended without a draft, and how many."""
    seconds: float = 0.0
    cost: float | None = None
    """US dollars as the drafter says; None where it says nothing."""


@dataclass(frozen=True, slots=True)
class DraftsReport:
    """What a plan says of its drafters; nothing where none were asked."""

    tallies: tuple[DraftTally, ...] = ()
    gates: str = ""
    """How gates over drafts were run, or why they were not; one sentence."""
    stopped: str = ""
    """Why not everything was asked; empty where it was."""
    budget: str = ""
    """What is to be said of a budget that could not hold; empty where it did."""
