"""What the platform needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from mendbook.model.fix import Proposal
from mendbook.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One line of an advisor's table."""

    what: str
    where: str
    """``file:line``, or empty."""
    now: str
    """``not found`` when it is not in the code; never a guess."""
    target: str
    why: str
    patch: str = ""
    """File name of the patch that does it, when there is one."""
    findings: tuple[str, ...] = ()
    """Ids of the audit's findings about the same place."""


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
