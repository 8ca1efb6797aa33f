"""The three things to look at first, chosen by what the plan holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mendbook.model import (
    CheckStatus,
    Dimension,
    Estimate,
    EvidenceStatus,
    Finding,
    Heat,
    PlaceKind,
    Plan,
    Priority,
    Remediation,
)
from mendbook.report.by_hand import rotations
from mendbook.report.index import Index
from mendbook.text.escape import line, shorten
from mendbook.text.phrasing import count, hours, listed, percent, runs, sentence, some, span

HOW_MANY = 3
_URGENT = (Priority.P0, Priority.P1)


@dataclass(frozen=True, slots=True)
class Highlight:
    """One thing worth a look: a headline, and a sentence or two; plain text, not yet escaped."""

    headline: str
    words: str
    anchor: str = ""
    """Where a report says more of it; empty where that is no one place."""
    names: tuple[str, ...] = ()
    """The findings that ``words`` name."""


def highlights(plan: Plan) -> tuple[Highlight, ...]:
    """Return the three things to look at first; fewer only where a plan has less to show.

    Each leads to another place: of one finding one thing is told.
    """
    index = Index.of(plan)
    by_anchor: dict[str, Highlight] = {}
    for rule in _RULES:
        for each in rule(plan, index):
            by_anchor.setdefault(each.anchor, each)
    return tuple(by_anchor.values())[:HOW_MANY]


def _first_finding(plan: Plan, index: Index) -> Iterator[Highlight]:
    hottest = _hottest_for_its_hours(plan, index)
    for item in plan.open_items[:1]:
        first = _finding(item, index, "Start here")
        first = replace(first, words=f"{first.words} {_code(item)}".strip())
        if hottest and hottest.finding_id == item.finding_id:
            words = f"{first.words} It relieves most for its hours, too. {_relieves(hottest)}."
            first = replace(first, words=words)
        yield first


def _code(item: Remediation) -> str:
    """Return what is still to be done about an item's code; nothing where it has a patch."""
    if item.patch.answers:
        return ""
    if item.patch.is_draft:
        return "Its patch is a draft that somebody has to judge."
    return "It has no patch yet: somebody has to write the code."


def _failed_checks(plan: Plan, index: Index) -> Iterator[Highlight]:
    failed = [
        (pr.number, check.name)
        for pr in plan.pull_requests
        for check in pr.checks
        if check.status is CheckStatus.FAIL
    ]
    if failed:
        names = listed(sorted({name for _, name in failed}))
        yield Highlight(
            f"A check fails in PR {runs(number for number, _ in failed)}",
            f"What fails is {names}. Read its log before anyone starts on what depends on it.",
            f"pr-{failed[0][0]}",
        )


def _over_capacity(plan: Plan, index: Index) -> Iterator[Highlight]:
    for sprint in plan.sprint_plan.sprints:
        if sprint.over_capacity:
            load = f"{hours(sprint.hours)} of work, {hours(sprint.capacity)} of capacity."
            yield Highlight(
                f"Sprint {sprint.number} is over capacity",
                f"{load} {sentence(line(sprint.over_capacity))}",
                f"sprint-{sprint.number}",
            )
            return


def _most_relief(plan: Plan, index: Index) -> Iterator[Highlight]:
    best = _hottest_for_its_hours(plan, index)
    if best is None or best.finding_id == plan.open_items[0].finding_id:
        return
    estimate = index.remediations[best.finding_id].estimate
    yield Highlight(
        f"{best.finding_id} relieves most for its hours",
        f"{_relieves(best)}; the fix is estimated at {hours(estimate.likely)}.",
        index.anchor_of[best.finding_id],
    )


def _hottest_for_its_hours(plan: Plan, index: Index) -> Heat | None:
    """Return where the most profiled time would be relieved for an hour of work.

    Only findings about speed count: no time is won where hot code is merely made right.
    """

    def relief(heat: Heat) -> float:
        likely = index.remediations[heat.finding_id].estimate.likely
        return (heat.share or 0.0) / max(likely, 0.1)

    waiting = {item.finding_id for item in plan.open_items}
    hot = [
        heat
        for heat in plan.heat
        if heat.share
        and heat.finding_id in waiting
        and index.findings[heat.finding_id].dimension == Dimension.PERFORMANCE
    ]
    return max(hot, key=relief, default=None)


def _relieves(heat: Heat) -> str:
    where = f", most of it in {line(heat.hottest)}" if heat.hottest else ""
    return f"Its code takes {percent(heat.share or 0.0)} of the profiled CPU time{where}"


def evidence_gone(plan: Plan, index: Index) -> list[str]:
    """Return the findings that quote code of a file in which it was not found.

    Of a closed finding that is no news: its code may have gone with its fault.
    """
    waiting = {item.finding_id for item in plan.open_items}
    return [
        facts.finding_id
        for facts in plan.facts
        if facts.finding_id in waiting
        and facts.evidence.status in (EvidenceStatus.ABSENT, EvidenceStatus.NO_FILE)
        and index.findings[facts.finding_id].evidence.strip()
        and _names_a_file(index.findings[facts.finding_id])
    ]


def _evidence_gone(plan: Plan, index: Index) -> Iterator[Highlight]:
    if gone := evidence_gone(plan, index):
        yield Highlight(
            f"{count(len(gone), 'finding')} could not be checked against the code",
            f"The evidence of {_some(gone)} was not found in the file it names. "
            "Read it beside the code before working on it.",
            index.anchor_of[gone[0]],
            tuple(gone),
        )


def _names_a_file(finding: Finding) -> bool:
    """Return whether evidence could be quoted at all: what is missing has no lines to quote."""
    return any(place.kind is PlaceKind.FILE and not place.said_missing for place in finding.places)


def _secrets(plan: Plan, index: Index) -> Iterator[Highlight]:
    if secrets := rotations(plan):
        names = [each.finding_id for each in secrets]
        yield Highlight(
            f"Rotate the {'secret' if len(secrets) == 1 else 'secrets'} of {_some(names)} by hand",
            secrets[0].words,
            index.anchor_of[names[0]],
            tuple(names),
        )


def _irreversible(plan: Plan, index: Index) -> Iterator[Highlight]:
    told = {each.finding_id for each in rotations(plan)}
    lasting = [
        item for item in plan.open_items if item.patch.irreversible and item.finding_id not in told
    ]
    if lasting:
        first = lasting[0]
        yield Highlight(
            f"Reverting does not undo all of {_some([item.finding_id for item in lasting])}",
            sentence(line(first.patch.irreversible[0])),
            index.anchor_of[first.finding_id],
        )


def _urgent_outlines(plan: Plan, index: Index) -> Iterator[Highlight]:
    open_ends = [
        item.finding_id
        for item in plan.open_items
        if not item.patch.answers and item.decision.priority in _URGENT
    ]
    drafts = sum(index.remediations[name].patch.is_draft for name in open_ends)
    if open_ends and open_ends != [plan.open_items[0].finding_id]:
        verb = "has" if len(open_ends) == 1 else "have"
        yield Highlight(
            f"{count(len(open_ends), 'urgent finding')} {verb} no patch yet, {_only(drafts)}",
            f"Someone has to write the code for {_some(open_ends)}, or judge its draft."
            if drafts
            else f"Someone has to write the code for {_some(open_ends)}.",
            index.anchor_of[open_ends[0]],
            tuple(open_ends),
        )


def _only(drafts: int) -> str:
    return "only a draft or an outline" if drafts else "only an outline"


def _widest_estimate(plan: Plan, index: Index) -> Iterator[Highlight]:
    def width(estimate: Estimate) -> float:
        return estimate.high - estimate.low

    widest = max((item.estimate for item in plan.open_items[1:]), key=width, default=None)
    if widest and width(widest) > 0:
        yield Highlight(
            f"{widest.finding_id} carries the most doubt",
            f"Its estimate runs over {span(widest.low, widest.high)}.",
            index.anchor_of[widest.finding_id],
        )


def _next_urgent(plan: Plan, index: Index) -> Iterator[Highlight]:
    for item in plan.open_items[1 : 2 * HOW_MANY]:
        if item.decision.priority in _URGENT:
            yield _finding(item, index, "Then")


def _next_findings(plan: Plan, index: Index) -> Iterator[Highlight]:
    for item in plan.open_items[1 : 2 * HOW_MANY]:
        yield _finding(item, index, "Then")


def _finding(item: Remediation, index: Index, lead: str) -> Highlight:
    finding = index.findings[item.finding_id]
    number = index.pr_of.get(item.finding_id)
    place = f", PR {number}" if number else ""
    return Highlight(
        f"{lead}: {item.finding_id} ({item.decision.priority}, "
        f"{hours(item.estimate.likely)}{place})",
        " ".join(
            sentence(shorten(line(words), most), finding.names)
            for words, most in (
                (finding.problem, 200),
                (finding.impact, 200),
                (item.decision.reason, 240),
            )
            if words.strip()
        ),
        index.anchor_of[item.finding_id],
    )


def _some(ids: list[str], limit: int = 4) -> str:
    return listed(some(ids, limit))


_RULES: tuple[Callable[[Plan, Index], Iterator[Highlight]], ...] = (
    _first_finding,
    _failed_checks,
    _over_capacity,
    _secrets,
    _urgent_outlines,
    _evidence_gone,
    _irreversible,
    _most_relief,
    _next_urgent,
    _widest_estimate,
    _next_findings,
)
"""Most worth a look first; the first three that have something to say are shown."""
