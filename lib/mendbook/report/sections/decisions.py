"""What only a person can do: rotate secrets, choose, judge drafts, approve libraries."""

from __future__ import annotations

from mendbook.model import Plan
from mendbook.policy.libraries import unapproved
from mendbook.report import markdown
from mendbook.report.by_hand import rotations
from mendbook.report.highlights import highlights
from mendbook.report.index import Index
from mendbook.report.sections.finding_link import finding_link
from mendbook.text.escape import code, prose
from mendbook.text.phrasing import count, listed, some

_SHOWN = 12


def decisions(plan: Plan) -> tuple[str, ...]:
    """Return what only a person can do under its heading; nothing where nothing is.

    What the lines above it, on what to look at first, have said already is not said again.
    """
    index = Index.of(plan)
    told = {each.words for each in highlights(plan)}
    open_ends = [
        item.finding_id
        for item in plan.remediations
        if item.work_order and item.work_order.choices and not item.patch.answers
    ]
    drafts = [item.finding_id for item in plan.remediations if item.patch.is_draft]
    added = [name for item in plan.remediations for name in item.patch.packages]
    foreign = unapproved(dict.fromkeys(added))
    lines = [
        *(
            f"{finding_link(each.finding_id, index)}: {prose(each.words)}"
            for each in rotations(plan)
            if each.words not in told
        ),
        f"{count(len(open_ends), 'fix', 'fixes')} {_leaves(open_ends)} a choice open: "
        f"{_links(open_ends, index)}."
        if open_ends
        else "",
        f"{count(len(drafts), 'draft')} {_waits(drafts)} for a judgement, to be accepted or "
        f"rejected: {_links(drafts, index)}."
        if drafts
        else "",
        f"No list of approved libraries holds {listed([code(name) for name in foreign])}."
        if foreign
        else "",
    ]
    shown = markdown.bullets(line for line in lines if line)
    return ("### What only people can do", shown) if shown else ()


def _links(ids: list[str], index: Index) -> str:
    return listed(some([finding_link(name, index) for name in ids], _SHOWN))


def _leaves(items: list[str]) -> str:
    return "leaves" if len(items) == 1 else "leave"


def _waits(items: list[str]) -> str:
    return "waits" if len(items) == 1 else "wait"
