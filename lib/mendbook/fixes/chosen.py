"""Take the way that a person or the team's policy chose where a fix text offers several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mendbook.fixes.instruction.sentences.alternatives import alternatives
from mendbook.judgements import Choice
from mendbook.model import Finding, Note

_BY_POLICY = "alternative 1, which the policy takes (alternatives: first)"


def with_choices(
    findings: Sequence[Finding], chosen: Sequence[Choice], *, first: bool = False
) -> tuple[Finding, ...]:
    """Return ``findings`` with the fix that was chosen, and a note that says who did.

    A person's choice counts only while the text still offers it in those words. Without one the
    ``first`` way is taken where the team's policy says so.
    """
    by_finding = {each.finding: each for each in chosen}
    return tuple(_taken(each, by_finding.get(each.id), first=first) for each in findings)


def _taken(finding: Finding, choice: Choice | None, *, first: bool) -> Finding:
    offered = alternatives(finding.fix.strip()) if choice is not None or first else ()
    if choice is not None and offered[choice.number - 1 : choice.number] == (choice.fix,):
        return _with_fix(finding, choice.fix, choice.words)
    if first and offered:
        return _with_fix(finding, offered[0], _BY_POLICY)
    return finding


def _with_fix(finding: Finding, fix: str, why: str) -> Finding:
    note = Note("fix", finding.fix, fix, why)
    return replace(finding, fix=fix, notes=(*finding.notes, note))
