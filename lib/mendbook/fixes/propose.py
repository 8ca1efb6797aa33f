"""Ask the sources, in order, for a patch of each finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from mendbook.code.diff import diff_of
from mendbook.code.left_alone import left_alone
from mendbook.code.references.lookup import Lookup
from mendbook.fixes.task import Source, Task
from mendbook.intake.redact import REDACTED
from mendbook.judgements import Rejection, rejection
from mendbook.model import (
    CURATED,
    TOOL,
    AskedStatus,
    Cause,
    Finding,
    FindingFacts,
    Proposal,
    Proposed,
    Skipped,
)
from mendbook.proving.asked import judge_asked
from mendbook.repository.snapshot import Snapshot


@runtime_checkable
class BatchSource(Protocol):
    """A source that answers several tasks at once because each takes long."""

    @property
    def name(self) -> str:
        """The name that the report gives to this source."""
        ...

    def propose_all(self, tasks: Sequence[Task]) -> tuple[Proposal | Skipped, ...]:
        """Return one answer for each task, in order."""
        ...


def propose(
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    snapshot: Snapshot,
    lookup: Lookup,
    sources: Sequence[Source],
    rejected: Sequence[Rejection] = (),
) -> tuple[Proposed, ...]:
    """Return what is proposed for each finding, in the findings' order.

    Sources are asked in their order, each only about the findings that are still without a
    proposal that shows what is asked; where none does, the first proposal is kept as a draft. A
    finding that no source has an answer for keeps every reason in ``tried``; a patch that a person
    ``rejected`` is no answer.
    """
    known = {fact.finding_id: fact for fact in facts}
    answers: dict[str, Proposed] = {}
    drafts: dict[str, Proposed] = {}
    waiting = {
        finding.id: Task(finding, known.get(finding.id, blank(finding)), snapshot, lookup)
        for finding in findings
        if not finding.status.closed
    }
    tried = {finding.id: _closed(finding) for finding in findings}
    for source in sources:
        for finding_id, answer in _asked(source, waiting).items():
            checked = _wanted(effective(answer, snapshot), snapshot, rejected)
            if isinstance(checked, Skipped):
                tried[finding_id].append(checked)
                continue
            proposed = Proposed(finding_id, checked, tuple(tried[finding_id]))
            if (lacking := _lacking(waiting[finding_id], checked)) is not None:
                drafts.setdefault(finding_id, proposed)
                tried[finding_id].append(lacking)
                continue
            answers[finding_id] = proposed
            del waiting[finding_id]
    return tuple(
        answers.get(finding.id)
        or drafts.get(finding.id)
        or Proposed(finding.id, None, tuple(tried[finding.id]))
        for finding in findings
    )


def _lacking(task: Task, answer: Proposal) -> Skipped | None:
    """Return what ``answer`` lacks of what is asked, so that others are asked, too; or None."""
    if answer.source in {CURATED, TOOL}:
        return None
    asked = judge_asked(task.finding, task.facts, task.snapshot, answer.edits, answer.contracts)
    if asked.status is AskedStatus.SHOWN:
        return None
    return Skipped(answer.made_by, f"its patch is only a draft (asked: {asked.words})")


def _closed(finding: Finding) -> list[Skipped]:
    """Return why nobody was asked about a finding that the audit calls closed."""
    reason = f"the audit says that it is {finding.status}"
    return [Skipped("plan", reason)] if finding.status.closed else []


def blank(finding: Finding) -> FindingFacts:
    """Return the facts of a finding that nothing was looked up for."""
    return FindingFacts(finding_id=finding.id, files=())


def effective(answer: Proposal | Skipped, snapshot: Snapshot) -> Proposal | Skipped:
    """Return ``answer``, or ``Skipped`` where its edits change nothing or what no one may edit.

    Also where they would write the mark that stands for what was redacted.

    A person's own patch may edit what is generated or vendored.
    """
    if isinstance(answer, Skipped):
        return answer
    if all(snapshot.get(path) == text for path, text in answer.edits.items()):
        return Skipped(answer.made_by, "its patch changes nothing in this tree")
    if any(
        text and text.count(REDACTED) > (snapshot.get(path) or "").count(REDACTED)
        for path, text in answer.edits.items()
    ):
        reason = f"its patch would write `{REDACTED}`, which stands for a secret of the audit"
        return Skipped(answer.made_by, reason)
    kept = [why for path in answer.edits if (why := left_alone(snapshot, path))]
    if kept and answer.source != CURATED:
        return Skipped(answer.made_by, kept[0])
    return answer


def _wanted(
    answer: Proposal | Skipped, snapshot: Snapshot, rejected: Sequence[Rejection]
) -> Proposal | Skipped:
    """Return ``answer``, or ``Skipped`` where a person said that this patch is wrong."""
    if isinstance(answer, Skipped) or not rejected:
        return answer
    diff = diff_of(answer.edits, snapshot)
    why = rejection(rejected, answer.finding_id, answer.made_by, diff)
    return Skipped(answer.made_by, why, Cause.REJECTED) if why else answer


def _asked(source: Source, waiting: Mapping[str, Task]) -> dict[str, Proposal | Skipped]:
    if isinstance(source, BatchSource):
        return dict(zip(waiting, source.propose_all(tuple(waiting.values())), strict=True))
    return {finding_id: source.propose(task) for finding_id, task in waiting.items()}
