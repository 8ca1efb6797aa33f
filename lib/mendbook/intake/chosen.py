"""Choose which findings of an audit are planned: some of them, or the closed ones as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mendbook.errors import UsageError
from mendbook.model import Audit, Finding, Left, Note, Status
from mendbook.text.closest import did_you_mean

_REOPENED = "planned although the audit calls it closed, as --include-closed asks"
_SHOWN = 200


def choose_findings(audit: Audit, only: Sequence[str] = (), include_closed: bool = False) -> Audit:
    """Return ``audit`` with the findings named in ``only``, or all; the rest is named as left.

    With ``include_closed`` a finding that the audit calls closed is planned like an open one.
    Raises ``UsageError`` for an id that no finding has.
    """
    ids = [finding.id for finding in audit.findings]
    wanted = [name.strip() for name in only if name.strip()]
    chosen = {each for name in wanted for each in _named(name, ids)} if wanted else set(ids)
    kept = tuple(finding for finding in audit.findings if finding.id in chosen)
    others = [finding.id for finding in audit.findings if finding.id not in chosen]
    left = audit.left
    if others:
        why = f"{len(others)} left aside: not named with --only"
        left = (*left, Left("findings", ", ".join(others)[:_SHOWN], why))
    findings = tuple(map(_reopened, kept)) if include_closed else kept
    return replace(audit, findings=findings, left=left)


def _named(name: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that ``name`` means: itself, else those that differ in case alone."""
    matching_ids = tuple(each for each in ids if each.lower() == name.lower())
    if not matching_ids:
        message = f"--only {name}: the audit has no finding of that id{did_you_mean(name, ids)}"
        raise UsageError(message)
    return (name,) if name in matching_ids else matching_ids


def _reopened(finding: Finding) -> Finding:
    if not finding.status.closed:
        return finding
    note = Note("status", finding.status, Status.OPEN, _REOPENED)
    return replace(finding, status=Status.OPEN, notes=(*finding.notes, note))
