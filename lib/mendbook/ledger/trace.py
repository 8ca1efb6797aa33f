"""What stays of a run when its folder is gone: enough to follow each finding over time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mendbook.intake.identity import Identity, Matched, identity_of, match
from mendbook.intake.rewording import Said, reworded, said_of, told_apart
from mendbook.ledger.status import Counts, Status
from mendbook.model import Dimension, Finding, Plan, Remediation, Score, Severity
from mendbook.text.phrasing import headline

SCHEMA = "mendbook/trace/1"
_DATE = re.compile(r"[-_. ]*(?<!\d)20\d\d([-_.]?)\d\d\1\d\d(?:[-_.T]?\d{4,6})?(?!\d)")


@dataclass(frozen=True, slots=True)
class TracedFinding:
    """One open finding of one run."""

    identity: Identity
    id: str
    headline: str
    severity: Severity
    dimension: Dimension
    complexity: str
    priority: str
    standing: str
    """What its patch may be taken for: ``outline``, ``draft``, or the rung it reached."""
    hours: float
    """Likely hours, as planned."""
    owner: str
    file: str
    line: int | None = None
    files: tuple[str, ...] = ()
    """All that its change touches."""
    subject: str = ""
    """The subject line of its patch; empty where it has none."""
    rule: str = ""
    """The rule of the tool that reports it; empty for an auditor's."""
    fix: str = ""
    said: Said = field(default_factory=Said)
    """What it says of its place; nothing where an older version kept the trace."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One published run, as the trend sees it."""

    run: str
    """The run's id."""
    folder: str
    """Its folder's name, which may be gone by now."""
    audit: str
    repository: str
    commit: str
    started: str
    """UTC, ISO 8601."""
    findings: tuple[TracedFinding, ...] = ()
    scores: tuple[Score, ...] = ()
    """The audit's own; none where an older version kept the trace."""
    schema: str = field(default=SCHEMA)


def trace_of(plan: Plan, status: Status, folder: str) -> Trace:
    """Return what the trend needs of the run that ``plan`` was published by."""
    findings = {finding.id: finding for finding in plan.audit.findings}
    return Trace(
        run=status.id,
        folder=folder,
        audit=plan.audit.name,
        repository=plan.context.root,
        commit=plan.context.commit or plan.audit.commit,
        started=status.started,
        findings=tuple(_traced(findings[item.finding_id], item) for item in plan.open_items),
        scores=plan.audit.scores,
    )


def line_of(audit: str, repository: str) -> tuple[str, str]:
    """Return which line of audits a run belongs to: of one repository, under one name.

    Audits that are dated (``audit-2026-03-01-media``) are one line.
    """
    return _DATE.sub("", audit).strip("-_. ") or "audit", repository


def matched(
    before: Sequence[TracedFinding], after: Sequence[TracedFinding]
) -> Matched[TracedFinding]:
    """Return which findings of two runs are the same, the same in other words, new or gone."""
    matching = match(
        before,
        after,
        lambda finding: finding.identity,
        lambda one, other: told_apart(one.said, other.said),
    )
    pairs = reworded(matching.gone, matching.new, lambda finding: finding.said)
    earlier, later = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    return replace(
        matching,
        gone=tuple(one for one in matching.gone if id(one) not in earlier),
        new=tuple(one for one in matching.new if id(one) not in later),
        reworded=pairs,
    )


def counted(trace: Trace, before: Trace | None) -> Counts:
    """Return how many findings the run has, by what; new and gone against the run ``before``."""
    matching = matched(before.findings, trace.findings) if before else None
    return Counts(
        findings=len(trace.findings),
        by_priority=tally(each.priority for each in trace.findings),
        by_proof=tally(each.standing for each in trace.findings),
        new=len(matching.new) if matching else None,
        gone=len(matching.gone) if matching else None,
    )


def tally(words: Iterable[str]) -> dict[str, int]:
    """Return how often each of ``words`` stands there, by word."""
    return dict(sorted(Counter(words).items()))


def _traced(finding: Finding, item: Remediation) -> TracedFinding:
    place = next(iter(finding.places), None)
    patched = item.patch.name and not item.patch.draft
    return TracedFinding(
        identity=identity_of(finding),
        id=finding.id,
        headline=headline(finding.title, finding.problem),
        severity=finding.severity,
        dimension=finding.dimension,
        complexity=finding.complexity,
        priority=item.decision.priority.value,
        standing=item.patch.standing,
        hours=item.estimate.likely,
        owner=item.owner.name,
        file=place.path if place else finding.file,
        line=place.line if place else None,
        files=item.files_touched,
        rule=next((each.rule for each in finding.origins if each.rule), ""),
        fix=finding.fix,
        said=said_of(finding),
        subject=item.patch.summary if patched else "",
    )
