"""What the platform needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from mendbook.model.citation import Citation
from mendbook.model.fix import Proposal
from mendbook.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One line of an advisor's table."""

    what: str
    where: Citation | None
    """None where it stands nowhere in the code."""
    now: str
    """``not found`` when it is not in the code; never a guess."""
    target: str
    why: str
    proposal: int = 0
    """Which of the advisor's proposals does it, counted from 1; 0 where none does."""
    findings: tuple[str, ...] = ()
    """Ids of the audit's findings about the same place."""

    @property
    def spot(self) -> str:
        """``file:line``; empty where it stands nowhere in the code."""
        return str(self.where or "")

    @property
    def stays(self) -> bool:
        """Whether the row asks nobody to do anything: what is there is what is wanted."""
        wanted = self.target in {"keep", "preserve", self.now}
        return wanted and not self.proposal and not self.findings


@dataclass(frozen=True, slots=True)
class HostCapacity:
    """What a host of one size carries, and how many of them each audience needs."""

    cores: int
    workers: int
    full_rooms: int
    listeners: int
    hosts: tuple[tuple[int, int], ...]
    """Pairs of an audience and the hosts that it needs, in the order of audiences."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One advisor's section: a table, notes, commands, and files it offers."""

    advisor: str
    title: str
    summary: str
    rows: tuple[AdviceRow, ...]
    notes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    """Shell lines to copy, comments included."""
    files: dict[str, str] = field(default_factory=dict)
    """Files it offers beside the report, by name: ``alerts.rules.yml``."""
    proposals: tuple[Proposal, ...] = ()
    not_run: tuple[Skipped, ...] = ()
    capacity: tuple[HostCapacity, ...] = ()
    """The host sizes that it worked out, the smallest first."""
