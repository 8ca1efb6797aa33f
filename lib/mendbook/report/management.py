"""The plan for who decides: what, how bad, what first, by when, at what cost, what is not known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import PurePath

from mendbook.changes.headings import heading
from mendbook.model import RUNGS, Plan, Priority, Remediation, Severity
from mendbook.report.by_hand import rotations
from mendbook.report.gaps import not_run, warnings
from mendbook.report.highlights import evidence_gone
from mendbook.report.index import Index
from mendbook.report.promises import planned_by, sure_by
from mendbook.text.escape import line, shorten
from mendbook.text.phrasing import (
    continued,
    count,
    hours,
    listed,
    moment,
    number,
    sentence,
    some,
    span,
)

_FIRST, _CRITICAL, _OWNERS, _GAPS, _LINES = 5, 8, 5, 4, 6
"""Findings, those with what is CRITICAL, owners, things not run and lines on gaps: what one printed
page has room for."""
_URGENT = (Priority.P0, Priority.P1)
_NOBODY = {"", "unknown", "unassigned"}


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: its name, how many, and its share of the whole from 0 to 1."""

    name: str
    amount: str
    share: float


@dataclass(frozen=True, slots=True)
class First:
    """One of the findings that come first."""

    id: str
    severity: str
    priority: str
    title: str
    why: str
    hours: str
    owner: str
    due: str
    request: str
    patch: str


@dataclass(frozen=True, slots=True)
class Due:
    """When the findings of one priority are done."""

    priority: str
    findings: str
    hours: str
    patched: str
    planned: str
    sure: str


@dataclass(frozen=True, slots=True)
class Management:
    """What stands on the page; plain text, not yet escaped."""

    name: str
    provenance: str
    what: str
    severities: tuple[Share, ...]
    scores: str
    first: tuple[First, ...]
    more: str
    due: tuple[Due, ...]
    finish: str
    cost: str
    owners: tuple[Share, ...]
    decide: tuple[str, ...]
    unknown: tuple[str, ...]


def management(plan: Plan) -> Management:
    """Return what one page says of ``plan``."""
    index = Index.of(plan)
    foremost = _foremost(plan)
    return Management(
        name=line(plan.audit.name),
        provenance=_provenance(plan),
        what=_what(plan),
        severities=_severities(plan),
        scores=_scores(plan),
        first=tuple(_first(item, index) for item in foremost),
        more=_more(plan, foremost),
        due=_due(plan),
        finish=_finish(plan),
        cost=_cost(plan),
        owners=_owners(plan),
        decide=_decide(plan),
        unknown=_unknown(plan, index),
    )


def _provenance(plan: Plan) -> str:
    commit = plan.context.commit or plan.audit.commit
    at = f" at commit {commit[:12]}" if commit else ""
    name = PurePath(plan.context.root).name
    of = f" for {line(name)}" if name else " for the audited code" if at else ""
    return f"Made {moment(plan.provenance.timestamp)}{of}{at}."


def _foremost(plan: Plan) -> tuple[Remediation, ...]:
    """Return what comes first, and what is CRITICAL besides, in the order of the plan."""
    items = plan.open_items
    critical = [item for item in items[_FIRST:] if item.severity == Severity.CRITICAL]
    shown = {item.finding_id for item in (*items[:_FIRST], *critical[: _CRITICAL - _FIRST])}
    return tuple(item for item in items if item.finding_id in shown)


def _more(plan: Plan, shown: tuple[Remediation, ...]) -> str:
    """Return which CRITICAL findings are not shown; empty where all are."""
    names = {item.finding_id for item in shown}
    left = [
        line(item.finding_id)
        for item in plan.open_items
        if item.severity == Severity.CRITICAL and item.finding_id not in names
    ]
    return f"CRITICAL besides: {listed(some(left, _GAPS))}." if left else ""


def _what(plan: Plan) -> str:
    total = len(plan.remediations)
    if not total:
        return "The audit lists no findings: there is nothing to remediate."
    waiting = plan.open_items
    listed_as = f"The audit lists {count(total, 'finding')}"
    if not waiting:
        return f"{listed_as} and gives all as closed: there is nothing left to remediate."
    if closed := total - len(waiting):
        listed_as += f", {closed} of them closed; {len(waiting)} to do"
    urgent = sum(item.decision.priority is Priority.P0 for item in waiting)
    must = f"{urgent} of them cannot wait (P0)" if urgent else "none of them is P0"
    ready = sum(item.patch.answers for item in waiting)
    words = f"For {ready} of them a patch is ready to be reviewed"
    left = len(waiting) - ready
    rest = f"; {left} {'is' if left == 1 else 'are'} still to be written" if left else ""
    return f"{listed_as}; {must}. {words}{rest}."


def _severities(plan: Plan) -> tuple[Share, ...]:
    amounts = Counter(finding.severity for finding in plan.audit.findings)
    total = amounts.total() or 1
    return tuple(
        Share(str(kind), str(amounts[kind]), amounts[kind] / total)
        for kind in Severity
        if amounts[kind]
    )


def _scores(plan: Plan) -> str:
    scores = [score for score in plan.audit.scores if score.maximum]
    if not scores:
        return ""
    worst = sorted(scores, key=lambda score: score.value / score.maximum)[:2]
    named = [f"{line(one.name)} ({number(one.value)} of {number(one.maximum)})" for one in worst]
    return f"The audit scores lowest in {listed(named)}."


def _first(item: Remediation, index: Index) -> First:
    finding = index.findings[item.finding_id]
    request = index.pr_of.get(item.finding_id)
    sprint = index.sprint_of.get(request) if request else None
    return First(
        id=line(item.finding_id),
        severity=str(item.severity),
        priority=str(item.decision.priority),
        title=shorten(line(heading(finding)), 140),
        why=shorten(sentence(line(finding.impact)), 140),
        hours=hours(item.estimate.likely),
        owner=line(item.owner.name),
        due=f"sprint {sprint}" if sprint else "not planned",
        request=f"PR {request}" if request else "",
        patch=_standing(item),
    )


def _standing(item: Remediation) -> str:
    if item.patch.answers:
        return "ready to review"
    return "draft to judge" if item.patch.is_draft else "to be written"


def _due(plan: Plan) -> tuple[Due, ...]:
    planned, sure = planned_by(plan), sure_by(plan)
    rows = []
    for band in Priority:
        items = [item for item in plan.open_items if item.decision.priority is band]
        if not items:
            continue
        rows.append(
            Due(
                priority=str(band),
                findings=str(len(items)),
                hours=hours(sum(item.estimate.likely for item in items)),
                patched=f"{sum(item.patch.answers for item in items)} of {len(items)}",
                planned=f"sprint {planned[band]}" if band in planned else "not planned",
                sure=f"sprint {sure[band]}" if band in sure else "not simulated",
            )
        )
    return tuple(rows)


def _finish(plan: Plan) -> str:
    sprints = plan.sprint_plan.sprints
    if not sprints:
        return ""
    held = max(sprint.capacity for sprint in sprints)
    words = f"{count(len(sprints), 'sprint')} of {hours(held)}"
    if plan.forecast is None:
        return f"All is planned into {words}; how sure that is was not simulated."
    finish, last = plan.forecast.finish.p85, sprints[-1].number
    holds = (
        f"estimates can run over, so promise no earlier than the end of sprint {finish}"
        if finish > last
        else f"in 85 of 100 simulated runs it is done by the end of sprint {finish}"
    )
    return f"All is planned into {words}; {holds}."


def _cost(plan: Plan) -> str:
    prs = plan.pull_requests
    if not prs:
        return ""
    low, high = sum(pr.low for pr in prs), sum(pr.high for pr in prs)
    return (
        f"About {hours(sum(pr.hours for pr in prs))} of work in "
        f"{count(len(prs), 'pull request')}; the estimates' ranges add up to {span(low, high)}."
    )


def _owners(plan: Plan) -> tuple[Share, ...]:
    amounts: defaultdict[str, float] = defaultdict(float)
    for item in plan.open_items:
        amounts[line(item.owner.name) or "unknown"] += item.estimate.likely
    total = sum(amounts.values()) or 1.0
    order = sorted(amounts, key=lambda name: (-amounts[name], name))
    rows = [Share(name, hours(amounts[name]), amounts[name] / total) for name in order[:_OWNERS]]
    if rest := order[_OWNERS:]:
        left = sum(amounts[name] for name in rest)
        rows.append(Share(f"{len(rest)} others", hours(left), left / total))
    return tuple(rows)


def _decide(plan: Plan) -> tuple[str, ...]:
    open_ends = sum(
        bool(item.work_order and item.work_order.choices and not item.patch.answers)
        for item in plan.remediations
    )
    drafts = sum(item.patch.is_draft for item in plan.remediations)
    over = [sprint.number for sprint in plan.sprint_plan.sprints if sprint.over_capacity]
    urgent = [
        line(item.finding_id)
        for item in plan.open_items
        if item.decision.priority in _URGENT and not item.patch.answers
    ]
    secrets = [f"{line(each.finding_id)}: {each.words}" for each in rotations(plan)]
    decisions = (
        (
            len(urgent),
            f"urgent without a patch: {listed(some(urgent, _GAPS))}; who writes it, and when",
        ),
        (open_ends, f"{count(open_ends, 'fix', 'fixes')} the audit leaves a choice in"),
        (drafts, f"{count(drafts, 'draft')} of a patch to accept or reject"),
        (len(over), f"{count(len(over), 'sprint')} planned above capacity"),
    )
    said = [f"{words[:1].upper()}{words[1:]}." for amount, words in decisions if amount]
    return tuple(shorten(words, 200) for words in (*some(secrets, 2), *said))


def _unknown(plan: Plan, index: Index) -> tuple[str, ...]:
    said = _open_questions(plan, index)
    skipped = [continued(line(item.what)) for item in not_run(plan)]
    said += [f"Not run: {listed(some(skipped, _GAPS))}."] if skipped else []
    said += [sentence(line(each)) for each in warnings(plan)]
    return tuple(shorten(words, 200) for words in said[:_LINES])


def _open_questions(plan: Plan, index: Index) -> list[str]:
    """Return what nobody knows yet of the findings themselves, one sentence each."""
    items = plan.open_items
    open_ends = [item for item in items if not item.patch.answers]
    left = hours(sum(item.estimate.likely for item in open_ends))
    unproven = [item for item in items if item.patch.answers and item.patch.rung is not RUNGS[-1]]
    nobody = [item for item in items if item.owner.name.strip() in _NOBODY]
    questions = (
        (open_ends, "What the code for {} will be; {left} of the work is this."),
        (unproven, "Whether what is ready for {} passes all of the target's own checks."),
        (evidence_gone(plan, index), "What {} rests on: the code quoted was not found."),
        (nobody, "Who owns {}."),
    )
    return [
        words.format(count(len(items), "finding"), left=left) for items, words in questions if items
    ]
