"""Whether an edit may go into the series by itself, or is a draft for a person to judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mendbook.model import (
    CURATED,
    TOOL,
    Asked,
    AskedStatus,
    Check,
    CheckStatus,
    Finding,
    FindingFacts,
    Proposal,
    Skipped,
)
from mendbook.proving.asked import judge_asked
from mendbook.proving.binds import Binder
from mendbook.repository.snapshot import Snapshot
from mendbook.text.phrasing import capitalised

Again = Callable[[Snapshot], Proposal | Skipped | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of an edit: whether it is what was asked, whether it binds, and the upshot."""

    asked: Asked
    binds: Check
    draft: str
    """Why it is a draft; empty where it may go into the series."""


@dataclass(frozen=True, slots=True)
class Approver:
    """Judges the edits of one plan."""

    binder: Binder = field(default_factory=Binder)

    def verdict(
        self,
        finding: Finding,
        facts: FindingFacts,
        proposal: Proposal,
        before: Snapshot,
        again: Again = lambda _: None,
    ) -> Verdict:
        """Return what may become of ``proposal``, whose edits and contracts are of ``before``.

        ``again`` asks the proposal's source once more on the edited tree; an edit that is not at
        rest there is not what was asked.
        """
        after = before.edited(proposal.edits)
        asked = judge_asked(finding, facts, before, proposal.edits, proposal.contracts)
        if asked.status is AskedStatus.SHOWN and _goes_on(again(after), proposal):
            why = "asked again, its source changes the same place once more"
            asked = replace(asked, status=AskedStatus.NOT_SHOWN, why=why)
        binds = self.binder.check(before, after, sorted(proposal.edits))
        return Verdict(asked, binds, _draft(proposal, asked, binds))


def _draft(proposal: Proposal, asked: Asked, binds: Check) -> str:
    if proposal.source == CURATED:
        return ""
    if binds.status is CheckStatus.FAIL:
        return f"its names do not bind: {binds.detail.splitlines()[0]}"
    if proposal.source == TOOL or asked.status is AskedStatus.SHOWN:
        return ""
    return f"asked: {asked.words}. {said(asked)}".strip()


def said(asked: Asked) -> str:
    """Return what a status rests on as a sentence; what a *partial* lacks is in its words."""
    if not asked.why:
        return ""
    return f"{capitalised(asked.why)}."


def _goes_on(answer: Proposal | Skipped | None, first: Proposal) -> bool:
    """Tell whether a source that is asked again reads the same clauses and edits once more."""
    if not isinstance(answer, Proposal) or not answer.edits:
        return False
    read = {contract.read_as for contract in first.contracts}
    return bool(read & {contract.read_as for contract in answer.contracts})
