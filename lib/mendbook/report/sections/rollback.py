"""Rollback Procedures: how each PR is taken back, and what taking it back does not undo."""

from __future__ import annotations

import re

from mendbook.model import CheckStatus, Plan, PullRequest
from mendbook.proving.ladder import REVERTS
from mendbook.report import markdown
from mendbook.report.index import Index
from mendbook.report.sections.finding_link import finding_link
from mendbook.report.sections.issues import rollback
from mendbook.text.escape import prose, text
from mendbook.text.phrasing import count, listed, sentence

HEADING = "Rollback Procedures"
_SOME = 3
"""PRs with the same way back from which on it is said once for all of them."""
_ITS_NUMBER = "#…"
"""Stands for a PR's own number in a way back that several have."""


def rollback_procedures(plan: Plan) -> str:
    """Return the way back for each PR, last merged first, and what no revert undoes."""
    if not plan.pull_requests:
        return markdown.blocks(f"## {HEADING}", "There is nothing to take back.")
    index = Index.of(plan)
    alike = _alike(plan, index)
    together = {pr.number for group in alike.values() for pr in group}
    return markdown.blocks(
        f"## {HEADING}",
        "Take back the last merged PR first: a PR that others depend on goes only after them. "
        + _proven(plan),
        [_together(way, group, index) for way, group in alike.items()],
        [
            _procedure(pr, plan, index)
            for pr in reversed(plan.pull_requests)
            if pr.number not in together
        ],
        _lasting(plan, index),
    )


def _proven(plan: Plan) -> str:
    checks = [
        check.status
        for item in plan.remediations
        for check in item.patch.checks
        if check.name == REVERTS
    ]
    passed = checks.count(CheckStatus.PASS)
    real = sum(item.patch.in_series for item in plan.remediations)
    if not passed:
        return "The way back has not been tried on this machine."
    return f"The way back was tried, and holds, for {passed} of {count(real, 'patch', 'patches')}."


def _alike(plan: Plan, index: Index) -> dict[str, list[PullRequest]]:
    """Return the PRs that no other builds on by their way back, where some have the same one."""
    needed = {before.on for pr in plan.pull_requests for before in pr.depends_on}
    by_way: dict[str, list[PullRequest]] = {}
    for pr in plan.pull_requests:
        ways = {
            re.sub(rf"#{pr.number}\b", _ITS_NUMBER, index.remediations[name].rollback.strip())
            for name in pr.finding_ids
        }
        if len(ways) == 1 and pr.number not in needed:
            by_way.setdefault(ways.pop(), []).append(pr)
    return {way: prs for way, prs in by_way.items() if way and len(prs) >= _SOME}


def _together(way: str, prs: list[PullRequest], index: Index) -> str:
    """Return the way back that several PRs have, said once."""
    numbers = markdown.pr_runs(pr.number for pr in prs)
    return markdown.blocks(
        f"### {count(len(prs), 'PR')} with the same way back",
        f"PR {numbers}: no other builds on them, so each can be taken back at any time.",
        rollback(way, index, "Each"),
    )


def _procedure(pr: PullRequest, plan: Plan, index: Index) -> str:
    items = [index.remediations[name] for name in reversed(pr.finding_ids)]
    after = [
        markdown.pr_link(other.number)
        for other in plan.pull_requests
        if any(before.on == pr.number for before in other.depends_on)
        and not all(_names(each.rollback, other.number) for each in items)
    ]
    return markdown.blocks(
        f"### {markdown.pr_link(pr.number)} — {text(pr.title)}",
        f"Only after {listed(after)} {'is' if len(after) == 1 else 'are'} taken back."
        if after
        else "",
        [rollback(each.rollback, index, finding_link(each.finding_id, index)) for each in items],
    )


def _names(way: str, number: int) -> bool:
    """Return whether a finding's own way back says that a PR goes before it."""
    return re.search(rf"\bPR #{number}\b", way) is not None


def _lasting(plan: Plan, index: Index) -> str:
    lines = [
        f"**{finding_link(item.finding_id, index)}:** {prose(sentence(words))}"
        for item in plan.remediations
        for words in item.patch.irreversible
    ]
    if not lines:
        return ""
    return markdown.blocks("### What a revert does not undo", markdown.bullets(lines))
