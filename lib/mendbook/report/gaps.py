"""What was not run and what a reader is to be warned of, gathered from the whole plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mendbook.model import Check, CheckStatus, Plan, Skipped
from mendbook.text.phrasing import count, number


def not_run(plan: Plan) -> tuple[Skipped, ...]:
    """Return everything that was not run, once each, with its reason."""
    named = [*plan.provenance.not_run, *plan.profiles.not_run]
    named += [skipped for advice in plan.advice for skipped in advice.not_run]
    if not plan.profiles.sources and not plan.profiles.not_run:
        named.append(Skipped("Profiling", "no profile was given; pass --profile"))
    if plan.forecast is None:
        named.append(Skipped("Forecast", "no simulation was made for this plan"))
    return tuple(dict.fromkeys([*named, *_checks_not_run(plan)]))


def _checks_not_run(plan: Plan) -> list[Skipped]:
    """Return the checks that were not run, by reason, and of how many patches or pull requests."""
    patches = [item.patch.checks for item in plan.remediations if item.patch.in_series]
    checks = _by_reason("patches", patches)
    checks += _by_reason("pull requests", [pr.checks for pr in plan.pull_requests])
    return checks


def _by_reason(kind: str, owners: Sequence[Sequence[Check]]) -> list[Skipped]:
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for at, checks in enumerate(owners):
        for check in checks:
            if check.status is CheckStatus.NOT_RUN:
                reason = check.detail or "no reason was recorded"
                names[reason][check.name] = None
                holders[reason].add(at)
    return [
        Skipped(f"Checks of {_share(kind, len(holders[reason]), len(owners))}: {', '.join(each)}",
                reason)
        for reason, each in names.items()
    ]  # fmt: skip


def _share(kind: str, some: int, every: int) -> str:
    return f"all {kind}" if some == every else f"{some} of {every} {kind}"


def warnings(plan: Plan) -> tuple[str, ...]:
    """Return what a reader should know before acting on the plan, plain text, once each."""
    sentences = [*plan.context.warnings, *plan.sprint_plan.notes]
    sentences += [
        f"Sprint {sprint.number} holds {number(sprint.hours)} of {number(sprint.capacity)} hours: "
        f"{sprint.over_capacity}"
        for sprint in plan.sprint_plan.sprints
        if sprint.over_capacity
    ]
    if plan.audit.redactions:
        secrets = count(plan.audit.redactions, "secret")
        verb = "was" if plan.audit.redactions == 1 else "were"
        sentences.append(f"{secrets} in the audit {verb} replaced before anything was written.")
    unclear = [note for note in _notes(plan) if not note]
    if unclear:
        sentences.append(
            f"{count(len(unclear), 'value')} of the audit could not be understood; "
            "the details are under Audit Reference and with each finding."
        )
    return tuple(dict.fromkeys(sentences))


def _notes(plan: Plan) -> list[str]:
    notes = [*plan.audit.notes, *(note for item in plan.audit.findings for note in item.notes)]
    return [note.understood for note in notes]
