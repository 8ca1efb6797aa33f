"""The plan for who decides: what, how bad, what first, by when, at what cost, what is not known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from mendbook.model import RUNGS, Plan, Priority, Remediation, Severity
from mendbook.report.gaps import not_run, warnings
from mendbook.report.highlights import evidence_gone
from mendbook.report.index import Index
from mendbook.text.escape import line, shorten
from mendbook.text.phrasing import (
    count,
    hours,
    listed,
    moment,
    number,
    sentence,
    some,
    span,
)

_FIRST, _OWNERS, _GAPS, _LINES = 5, 5, 4, 6
"""Findings, owners, things not run and lines on gaps that one printed page has room for."""
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
    priority: str
    title: str
    why: str
    hours: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class Due:
    """When the findings of one priority are done."""

    priority: str
    findings: str
    hours: str
    patched: str
    half: str
    sure: str


@dataclass(frozen=True, slots=True)
class Management:
    """What stands on the page; plain text, not yet escaped."""

    name: str
    made: str
    what: str
    severities: tuple[Share, ...]
    scores: str
    first: tuple[First, ...]
    due: tuple[Due, ...]
    finish: str
    cost: str
    owners: tuple[Share, ...]
    decide: tuple[str, ...]
    unknown: tuple[str, ...]


def management(plan: Plan) -> Management:
    """Return what one page says of ``plan``."""
    index = Index.of(plan)
    commit = plan.context.commit or plan.audit.commit
    at = f" for commit {commit[:12]}" if commit else ""
    return Management(
        name=line(plan.audit.name),
        made=f"Made {moment(plan.provenance.timestamp)}{at}.",
        what=_what(plan),
        severities=_severities(plan),
        scores=_scores(plan),
        first=tuple(_first(item, index) for item in plan.remediations[:_FIRST]),
        due=_due(plan),
        finish=_finish(plan),
        cost=_cost(plan),
        owners=_owners(plan),
        decide=_decide(plan),
        unknown=_unknown(plan, index),
    )


def _what(plan: Plan) -> str:
    total = len(plan.remediations)
    if not total:
        return "The audit lists no findings: there is nothing to remediate."
    urgent = sum(item.decision.priority is Priority.P0 for item in plan.remediations)
    must = f"{urgent} of them cannot wait (P0)" if urgent else "none of them is P0"
    ready = sum(item.patch.answers for item in plan.remediations)
    words = f"For {ready} of them a patch is ready to be reviewed"
    left = total - ready
    rest = f"; {left} {'is' if left == 1 else 'are'} still to be written" if left else ""
    return f"The audit lists {count(total, 'finding')}; {must}. {words}{rest}."


def _severities(plan: Plan) -> tuple[Share, ...]:
    amounts = Counter(finding.severity for finding in plan.audit.findings)
    total = amounts.total() or 1
    return tuple(
        Share(str(kind), str(amounts[kind]), amounts[kind] / total)
        for kind in Severity
        if amounts[kind]
    )


def _scores(plan: Plan) -> str:
    found = [score for score in plan.audit.scores if score.maximum]
    if not found:
        return ""
    worst = sorted(found, key=lambda score: score.value / score.maximum)[:2]
    named = [f"{line(one.name)} ({number(one.value)} of {number(one.maximum)})" for one in worst]
    return f"The audit scores lowest in {listed(named)}."


def _first(item: Remediation, index: Index) -> First:
    finding = index.findings[item.finding_id]
    request = index.pr_of.get(item.finding_id)
    sprint = index.sprint_of.get(request) if request else None
    due = f"PR {request}, sprint {sprint}" if request and sprint else "not planned"
    return First(
        id=line(item.finding_id),
        priority=str(item.decision.priority),
        title=shorten(line(finding.title or finding.problem), 140).rstrip("."),
        why=shorten(sentence(line(finding.impact)), 140),
        hours=hours(item.estimate.likely),
        owner=line(item.owner.name),
        due=due,
    )


def _due(plan: Plan) -> tuple[Due, ...]:
    forecast = {band.name: band for band in plan.forecast.bands} if plan.forecast else {}
    rows = []
    for band in Priority:
        items = [item for item in plan.remediations if item.decision.priority is band]
        if not items:
            continue
        done = forecast.get(band)
        rows.append(
            Due(
                priority=str(band),
                findings=str(len(items)),
                hours=hours(sum(item.estimate.likely for item in items)),
                patched=f"{sum(item.patch.answers for item in items)} of {len(items)}",
                half=f"sprint {done.p50}" if done else "not simulated",
                sure=f"sprint {done.p85}" if done else "not simulated",
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
    finish = plan.forecast.finish
    surer = finish.p95 > finish.p85
    later = f", with 95 % by that of sprint {finish.p95}" if surer else ", and with 95 % too"
    done = f"with 85 % it is done by the end of sprint {finish.p85}"
    return f"All is planned into {words}; {done}{later}."


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
    for item in plan.remediations:
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
    found = (
        (open_ends, f"{count(open_ends, 'fix', 'fixes')} the audit leaves a choice in"),
        (drafts, f"{count(drafts, 'draft')} of a patch to accept or reject"),
        (len(over), f"{count(len(over), 'sprint')} planned above capacity"),
    )
    return tuple(f"{words.capitalize()}." for amount, words in found if amount)


def _unknown(plan: Plan, index: Index) -> tuple[str, ...]:
    said = _open_questions(plan, index)
    skipped = [line(item.what) for item in not_run(plan)]
    said += [f"Not run: {listed(some(skipped, _GAPS))}."] if skipped else []
    said += [sentence(line(each)) for each in warnings(plan)]
    return tuple(shorten(words, 200) for words in said[:_LINES])


def _open_questions(plan: Plan, index: Index) -> list[str]:
    """Return what nobody knows yet of the findings themselves, one sentence each."""
    items = plan.remediations
    open_ends = [item for item in items if not item.patch.answers]
    left = hours(sum(item.estimate.likely for item in open_ends))
    unproven = [item for item in items if item.patch.answers and item.patch.rung is not RUNGS[-1]]
    nobody = [item for item in items if item.owner.name.strip() in _NOBODY]
    found = (
        (open_ends, "What the code for {} will be; {left} of the work is this."),
        (unproven, "Whether what is ready for {} passes all of the target's own checks."),
        (evidence_gone(plan, index), "What {} rests on: the code quoted was not found."),
        (nobody, "Who owns {}."),
    )
    return [
        words.format(count(len(items), "finding"), left=left) for items, words in found if items
    ]
