"""Put together all that a team needs to act on each finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mendbook.changes.cases import tests_required
from mendbook.changes.documents import documents_to_update
from mendbook.changes.effects import change_facts
from mendbook.changes.library import Library
from mendbook.changes.notice import Witnesses
from mendbook.changes.risk import risks
from mendbook.changes.rollback import Requests, rollback
from mendbook.changes.scope import scope_of
from mendbook.changes.work_order import work_order
from mendbook.code.test_layout import Layout, layout_of
from mendbook.model import (
    ChangeFacts,
    CoveredFile,
    Decision,
    Estimate,
    Finding,
    FindingFacts,
    Owner,
    Patch,
    Proposal,
    Proposed,
    PullRequest,
    Reach,
    Remediation,
)
from mendbook.overrides import Override, override_decision, override_estimates
from mendbook.repository.snapshot import Snapshot

_NO_REPOSITORY = Snapshot.of({})


def remediate(
    findings: Sequence[Finding],
    facts: Sequence[FindingFacts],
    decisions: Sequence[Decision],
    estimates: Sequence[Estimate],
    patches: Sequence[Patch],
    pull_requests: Sequence[PullRequest],
    overrides: Sequence[Override] = (),
    *,
    proposed: Sequence[Proposed] = (),
    snapshot: Snapshot = _NO_REPOSITORY,
    covered: Sequence[CoveredFile] = (),
) -> tuple[Remediation, ...]:
    """Return one remediation for each finding, in the order of ``Decision.rank``.

    ``proposed`` and ``snapshot`` tell tests, documents and risk apart by what the patch and the
    tree really hold; ``covered`` what tests were measured to run. ``overrides`` are applied, each
    with a note. Those of owner, hours and priority should already be in ``facts``, ``estimates``
    and ``decisions``, because PRs and sprints rest on them (see ``mendbook.overrides``).
    """
    finding_of = {each.id: each for each in findings}
    facts_of = {each.finding_id: each for each in facts}
    estimate_of = {each.finding_id: each for each in estimates}
    patch_of = {each.finding_id: each for each in patches}
    proposal_of = {each.finding_id: each.proposal for each in proposed}
    target = _Target(
        snapshot,
        layout_of(snapshot),
        Library(snapshot),
        Witnesses(snapshot, covered),
        Requests(pull_requests),
    )
    remediations = []
    for decision in sorted(decisions, key=lambda each: each.rank):
        name = decision.finding_id
        remediation = _remediation(
            finding_of[name],
            facts_of[name],
            decision,
            estimate_of[name],
            patch_of[name],
            proposal_of.get(name),
            target,
        )
        remediations.append(_overridden(remediation, overrides))
    return tuple(remediations)


@dataclass(frozen=True, slots=True)
class _Target:
    """What is the same for every finding."""

    snapshot: Snapshot
    layout: Layout
    library: Library
    witnesses: Witnesses
    requests: Requests


def _remediation(
    finding: Finding,
    facts: FindingFacts,
    decision: Decision,
    estimate: Estimate,
    patch: Patch,
    proposal: Proposal | None,
    target: _Target,
) -> Remediation:
    """Return one remediation; a proposal that did not get into the series counts as none."""
    if finding.status.closed:
        return _closed(finding, facts, decision, estimate, patch)
    taken = proposal if patch.answers else None
    scope = scope_of(finding, facts, taken, target.snapshot, target.layout)
    change = change_facts(taken, target.snapshot) if taken else _unwritten(finding)
    risk = risks(
        finding, facts, taken, scope, change, target.witnesses, drafted=proposal is not taken
    )
    taken_back = rollback(patch, target.requests.of(finding.id), target.requests, target.snapshot)
    return Remediation(
        finding_id=finding.id,
        severity=finding.severity,
        files_touched=patch.files if patch.answers else scope.files,
        patch=patch,
        callsites=facts.downstream,
        runtime_risk=" ".join(each.words for each in risk),
        rollback=" ".join(each.words for each in taken_back),
        estimate=estimate,
        owner=facts.owner,
        decision=decision,
        docs_updates=documents_to_update(
            finding, facts, taken, scope, change, target.snapshot, target.library
        ),
        tests_required=tests_required(
            finding, facts, taken, scope, change, target.layout, target.witnesses
        ),
        change=change,
        risks=risk,
        rollback_steps=taken_back,
        work_order=None if taken else work_order(finding, facts, target.snapshot),
    )


def _closed(
    finding: Finding, facts: FindingFacts, decision: Decision, estimate: Estimate, patch: Patch
) -> Remediation:
    """Return the remediation of a finding that the audit calls closed: it is shown, not planned."""
    return Remediation(
        finding_id=finding.id,
        severity=finding.severity,
        files_touched=(),
        patch=patch,
        callsites=facts.downstream,
        runtime_risk=f"None: the audit says that it is {finding.status}, so nothing changes.",
        rollback="Nothing to take back.",
        estimate=estimate,
        owner=facts.owner,
        decision=decision,
        docs_updates=(),
        tests_required=(),
    )


def _unwritten(finding: Finding) -> ChangeFacts:
    return ChangeFacts(finding.id, Reach.UNKNOWN)


def _overridden(remediation: Remediation, overrides: Sequence[Override]) -> Remediation:
    for override in overrides:
        if override.finding_id == remediation.finding_id:
            before, changed = _FIELDS[override.field](remediation, override)
            note = override.note(before)
            remediation = replace(changed, overridden=(*remediation.overridden, note))
    return remediation


_Applied = tuple[str, Remediation]
"""What the field was, and the remediation with the field as it was decided."""


def _owner(remediation: Remediation, override: Override) -> _Applied:
    before = remediation.owner
    owner = Owner(override.as_text, "override")
    return _unless_same(before.name, owner.name), replace(remediation, owner=owner)


def _hours(remediation: Remediation, override: Override) -> _Applied:
    before = remediation.estimate
    (estimate,) = override_estimates([before], [override])
    was = _unless_same(f"{before.likely:g}", f"{estimate.likely:g}")
    return was, replace(remediation, estimate=estimate)


def _priority(remediation: Remediation, override: Override) -> _Applied:
    before = remediation.decision
    decision = override_decision(before, override)
    was = _unless_same(before.priority, decision.priority)
    return was, replace(remediation, decision=decision)


def _risk(remediation: Remediation, override: Override) -> _Applied:
    decided = replace(remediation, runtime_risk=override.as_text, risks=())
    return remediation.runtime_risk, decided


def _rollback(remediation: Remediation, override: Override) -> _Applied:
    decided = replace(remediation, rollback=override.as_text, rollback_steps=())
    return remediation.rollback, decided


def _docs(remediation: Remediation, override: Override) -> _Applied:
    before = "; ".join(map(str, remediation.docs_updates))
    return before, replace(remediation, docs_updates=override.followups)


def _tests(remediation: Remediation, override: Override) -> _Applied:
    before = "; ".join(map(str, remediation.tests_required))
    return before, replace(remediation, tests_required=override.followups)


def _unless_same(before: str, after: str) -> str:
    """Return ``before``, or nothing where the plan was already made with the override."""
    return "" if before == after else before


_FIELDS: Mapping[str, Callable[[Remediation, Override], _Applied]] = {
    "owner": _owner,
    "hours": _hours,
    "priority": _priority,
    "risk": _risk,
    "rollback": _rollback,
    "docs": _docs,
    "tests": _tests,
}
