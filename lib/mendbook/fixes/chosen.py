"""Take the way that a person chose where a fix text offers several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mendbook.fixes.instruction.alternatives import alternatives
from mendbook.judgements import Choice
from mendbook.model import Finding, Note


def with_choices(findings: Sequence[Finding], chosen: Sequence[Choice]) -> tuple[Finding, ...]:
    """Return ``findings`` with the fix that a person chose, and a note that says who did.

    A choice counts only while the text still offers it in those words.
    """
    by_finding = {each.finding: each for each in chosen}
    return tuple(_taken(each, by_finding.get(each.id)) for each in findings)


def _taken(finding: Finding, choice: Choice | None) -> Finding:
    offered = alternatives(finding.fix.strip()) if choice is not None else ()
    if choice is None or offered[choice.number - 1 : choice.number] != (choice.fix,):
        return finding
    note = Note("fix", finding.fix, choice.fix, choice.words)
    return replace(finding, fix=choice.fix, notes=(*finding.notes, note))
