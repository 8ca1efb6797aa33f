"""Executive Summary: what comes first, what it takes, and what is not known."""

from __future__ import annotations

from collections import Counter

from mendbook.model import Plan, Priority, Quantiles, Rung, Severity
from mendbook.report import markdown
from mendbook.report.gaps import not_run, warnings
from mendbook.report.highlights import Highlight, highlights
from mendbook.report.index import Index
from mendbook.report.names import ours, sprint_named
from mendbook.report.promises import later_than_planned, planned_by, sure_by
from mendbook.report.sections import audit_reference
from mendbook.report.sections.decisions import decisions
from mendbook.report.sections.drafters import drafters
from mendbook.report.sections.findings_index import findings_index
from mendbook.report.sections.words import PROVEN, WORDS, words_used
from mendbook.text.escape import code, prose, shorten, text
from mendbook.text.phrasing import (
    continued,
    count,
    hours,
    listed,
    number,
    sentence,
    some,
    span,
)

HEADING = "Executive Summary"


def executive_summary(plan: Plan) -> str:
    """Return the summary an architect forwards: totals, what first, and what was not run."""
    things = highlights(plan)
    return markdown.blocks(
        f"## {HEADING}",
        _opening(plan),
        _totals(plan),
        _effort(plan),
        _first_sprint(plan),
        "### Look at these first" if things else "",
        markdown.numbered(_highlight(item, Index.of(plan)) for item in things),
        *decisions(plan),
        *findings_index(plan),
        "### By priority" if plan.remediations else "",
        _by_priority(plan),
        later_than_planned(plan),
        markdown.slot("effort-heat") if plan.remediations else "",
        *drafters(plan),
        "### Not known" if warnings(plan) or not_run(plan) else "",
        markdown.bullets(_warnings(plan) + _left_out(plan)),
        *words_used(plan),
    )


def _opening(plan: Plan) -> str:
    findings = plan.audit.findings
    name = code(plan.audit.name)
    if not findings:
        return f"The audit {name} lists no findings, so there is nothing to remediate."
    severities = Counter(finding.severity for finding in findings)
    kinds = listed([f"{severities[kind]} {kind}" for kind in Severity if severities[kind]])
    commit = plan.context.commit or plan.audit.commit
    where = f" at commit {code(commit[:12])}" if commit else ""
    lists = f"The audit {name} lists {count(len(findings), 'finding')}{where}: {kinds}."
    waiting = len(plan.open_items)
    if not waiting:
        return f"{lists} It gives all as closed, so there is nothing left to remediate."
    closed = len(findings) - waiting
    done = f" {closed} {'is' if closed == 1 else 'are'} closed already." if closed else ""
    they = "It makes" if len(findings) == 1 else "They make"
    if closed:
        they = "The other makes" if waiting == 1 else f"The other {waiting} make"
    return (
        f"{lists}{done} {they} {count(len(plan.pull_requests), 'pull request')} in "
        f"{count(len(plan.sprint_plan.sprints), 'sprint')}. {_proof(plan)}"
    )


def _totals(plan: Plan) -> str:
    if not plan.remediations:
        return ""
    waiting = plan.open_items
    patched = sum(item.patch.answers for item in waiting)
    index, told = Index.of(plan), plan.forecast
    finish = sprint_named(told.finish.p85, index) if told else "not simulated"
    row = (
        str(len(plan.remediations)),
        f"{patched} of {len(waiting)}",
        str(len(plan.pull_requests)),
        number(sum(pr.hours for pr in plan.pull_requests)),
        str(len(plan.sprint_plan.sprints)),
        finish,
    )
    header = ("Findings", "With a patch", "PRs", "Hours", "Sprints", "85 % sure by")
    return markdown.blocks(markdown.TOTALS, markdown.table(header, [row]))


def _proof(plan: Plan) -> str:
    rungs = Counter(item.patch.rung for item in plan.open_items if item.patch.answers)
    real = rungs.total()
    drafts = sum(item.patch.is_draft for item in plan.open_items)
    outlined = len(plan.open_items) - real - drafts
    if not real and not drafts:
        return "No finding has a patch yet: each has an outline at the place it means."
    rest = ""
    if drafts:
        rest += f" {count(drafts, 'finding')} {_has(drafts)} a draft that a person must judge."
    if outlined:
        rest += f" {count(outlined, 'finding')} {_has(outlined)} an outline only."
    if not real:
        return f"No finding has a patch yet.{rest}"
    reached = [rung for rung in reversed(Rung) if rungs[rung]]
    one = len(reached) == 1
    proven = listed([f"*{rung}*" if one else f"*{rung}* ({rungs[rung]})" for rung in reached])
    meaning = markdown.link("what the words mean", WORDS)
    if one:
        meaning = f"{PROVEN[reached[0]]}; {meaning}"
    return (
        f"{count(real, 'finding')} {_has(real)} a patch, proven as far as {proven} ({meaning})."
        f"{rest}"
    )


def _has(amount: int) -> str:
    return "has" if amount == 1 else "have"


def _effort(plan: Plan) -> str:
    prs = plan.pull_requests
    if not prs:
        return ""
    total = sum(pr.hours for pr in prs)
    low, high = sum(pr.low for pr in prs), sum(pr.high for pr in prs)
    words = (
        f"It takes about **{hours(total)}** of work; the estimates' ranges add up to "
        f"{span(low, high)}."
    )
    if plan.forecast is None:
        return words
    finish = plan.forecast.finish
    index = Index.of(plan)
    half = f"{sprint_named(finish.p50, index)} half of the time, and by " if _spread(finish) else ""
    return (
        f"{words} It is done by the end of {half}{sprint_named(finish.p85, index)} in 85 % of "
        f"{plan.forecast.draws:,} simulated runs."
    )


def _spread(finish: Quantiles) -> bool:
    return finish.p50 != finish.p85


def _first_sprint(plan: Plan) -> str:
    if not plan.sprint_plan.sprints:
        return ""
    start, pull_requests = plan.sprint_plan.sprints[0], Index.of(plan).pull_requests
    held = [pull_requests[pr] for pr in start.prs if pr in pull_requests]
    first = "; ".join(markdown.pr_link(pr.number, text(shorten(pr.title, 90))) for pr in held[:3])
    more = f"; and {len(held) - 3} more" if len(held) > 3 else ""
    load = f"{hours(start.hours)} of the {hours(start.capacity)} that it holds"
    named = markdown.sprint_link(start.number, f"sprint {start.number}")
    return f"**First:** {named}, {text(start.focus)} ({load}): {first}{more}."


def _by_priority(plan: Plan) -> str:
    index = Index.of(plan)
    planned, sure = planned_by(plan), sure_by(plan)
    rows = []
    for band in Priority:
        items = [item for item in plan.open_items if item.decision.priority is band]
        if not items:
            continue
        numbers = {index.pr_of.get(item.finding_id) for item in items} - {None}
        prs = markdown.pr_runs(number for number in numbers if number)
        patched = sum(item.patch.answers for item in items)
        due = sprint_named(planned[band], index) if band in planned else "—"
        done = sprint_named(sure[band], index) if band in sure else "not simulated"
        likely = number(sum(item.estimate.likely for item in items))
        rows.append((band, str(len(items)), likely, prs, f"{patched} of {len(items)}", due, done))
    header = ("Priority", "Findings", "Hours", "PRs", "With a patch", "Planned by", "85 % sure by")
    return markdown.table(header, rows, right=(1, 2))


def _highlight(item: Highlight, index: Index) -> str:
    headline = text(item.headline)
    shown = markdown.link(headline, item.anchor) if item.anchor else headline
    return f"**{shown}.** {ours(prose(item.words), index, item.names)}"


def _warnings(plan: Plan) -> list[str]:
    index = Index.of(plan)
    return [ours(prose(sentence(words)), index) for words in warnings(plan)]


def _left_out(plan: Plan) -> list[str]:
    """Return a line on what was not run, which the appendix lists; none where all was."""
    skipped = not_run(plan)
    if not skipped:
        return []
    names = listed([text(words) for words in some([continued(item.what) for item in skipped], 4)])
    where = markdown.link("the appendix says why", audit_reference.APPENDIX)
    return [f"Not run: {names}; {where}."]
