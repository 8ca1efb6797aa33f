"""Titles of tests for a fix that is not written yet: what it asks for, and in which case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.changes.branches import branch_of, failing_calls
from mendbook.changes.held import fault_gone, held, regression, says_when
from mendbook.changes.imperatives import says_what_it_does
from mendbook.changes.symptoms import without_fault
from mendbook.changes.today import Today
from mendbook.model import AuditField, Finding, FindingFacts, Ground
from mendbook.text.phrasing import listed

_CONDITION = re.compile(
    r"\b(?:when|whenever|if|unless|once|until|where|during|for every|for each"
    r"|on an|on any|regardless|whatever|otherwise|errors? that)\b"
    r"|\b(?:after|before|while)\s(?!\w+ing\b)"
)
"""Tells when something holds: no other case is to be told beside it."""
_EACH_ERROR = re.compile(
    r"\s(?:in|on|for|from)\s(?:both|all|every|each|either|the)\s(?:of\sthe\s)?(?:error|failure|failing)\s"
    r"(?:branch(?:es)?|paths?|cases?|handlers?|exits?|callbacks?)\b.*$"
)


_ANSWERS = re.compile(r"(?:returns|answers|responds|throws|raises|gives|ends with)\s")


def asked_titles(
    finding: Finding, facts: FindingFacts, today: Today
) -> Iterator[tuple[str, tuple[Ground, ...]]]:
    """Yield one title for each thing that the fix asks for and a test can see, and its source.

    Where the quoted line only runs once a call has failed, the title says so.
    """
    gone = fault_gone(finding)
    titles = held(finding, facts) or (regression(finding, facts),)
    sure = any(map(says_when, titles))
    for title in titles:
        if not title or (sure and gone and gone in title and not says_when(title)):
            continue  # beside a case that is certain, what the audit saw adds nothing
        if gone and gone in title:
            yield title, (told_by(finding),)
        else:
            yield _when_it_fails(title, today), (AuditField.FIX,)


def told_by(finding: Finding) -> AuditField:
    """Return which of the audit's words tells of the fault."""
    return AuditField.IMPACT if without_fault(finding.impact) else AuditField.PROBLEM


def _when_it_fails(title: str, today: Today) -> str:
    """Put the calls behind a title whose failing is the case that it is about."""
    each = _EACH_ERROR.search(title)
    if each is not None and (failing := failing_calls(today)):
        calls = listed(list(failing)).replace(" and ", " or ")
        return f"{title[: each.start()]} when {calls} fails"
    head, colon, said = title.partition(": ")
    said = said if colon else head
    branch = branch_of(today)
    if branch is None or _CONDITION.search(said):
        return title
    if not branch.failing:
        answers = _ANSWERS.match(said) and _ends_there(today) and branch.when.startswith("`")
        return f"{title} when {branch.when.replace('`', '')}" if answers else title
    return f"{title} when {branch.failing} fails" if says_what_it_does(said) else title


def _ends_there(today: Today) -> bool:
    """Tell whether the quoted line is how its function ends in that case."""
    node, kinds = today.node, today.kinds
    return node is not None and kinds is not None and node.kind() in kinds.exits
