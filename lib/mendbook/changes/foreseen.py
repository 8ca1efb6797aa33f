"""What a change that is not written yet can break, by the sort of thing that its fix asks for.

Each sort has words of its own; what the fix names goes into them as it was written. Whom it
reaches and who would notice is said elsewhere.
"""

from __future__ import annotations

import re

from mendbook.changes.answer_words import called_anew
from mendbook.changes.clauses import alternatives, steps
from mendbook.changes.held import condition, held, visible_part
from mendbook.changes.imperatives import plain_order, says_what_it_does
from mendbook.changes.phrases import asserted, lowered, one_sentence
from mendbook.changes.sort_rows import Sort
from mendbook.changes.sorts import SORTS
from mendbook.changes.today import Clause, Today, named
from mendbook.model import Finding, FindingFacts, Said
from mendbook.repository.snapshot import Snapshot

_MOST = 2
_QUOTING = 2
"""Lines that quote the same text; more say no more."""
_LITERAL = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
_TEXT = re.compile(r"\w.*\s.*\w")
_ABOUT_TEXT = re.compile(r"(?i)\b(?:messages?|texts?|labels?|titles?|wording|strings?)\b")


def foreseen(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> tuple[Said, ...]:
    """Return what the change can break, one sentence for each sort of thing it does.

    What is of no sort is said by what must hold afterwards: whoever relies on the code of today
    notices that. Empty where the fix says nothing of it; of alternatives nothing is foreseen.
    """
    choices = alternatives(finding.fix)
    if choices:
        offered = " or ".join(lowered(one_sentence(choice)) for choice in choices)
        return (Said(f"Not known until it is decided whether to {offered}."),)
    today = Today(facts, snapshot)
    found: dict[Said, None] = {}
    given = ""
    for each in steps(finding.fix):
        clause = _clause(each, finding, today, given)
        given = clause.when
        said = next((words for sort in SORTS if (words := _said(sort, clause))), None)
        found.update({said: None} if said else {})
    known = tuple(found)[:_MOST] or _anew(finding, today) or _on_purpose(finding, facts)
    return (*known, *_quoted(finding, today))


def _clause(text: str, finding: Finding, today: Today, given: str) -> Clause:
    order = plain_order(one_sentence(text))
    shown = visible_part(asserted(text, whole=True))
    told = f"{finding.problem} {finding.impact}"
    given = condition(shown or order) or given
    return Clause(order, finding.evidence, told, today, given, plain_order(text))


def _said(sort: Sort, clause: Clause) -> Said | None:
    match = sort.asked.search(clause.raw if sort.raw else clause.order)
    words = sort.words(match, clause) if match else ""
    return Said(words) if words and isinstance(words, str) else words or None


def _anew(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Say what the fix calls that the place does not call today, where no sort fits."""
    for each in steps(finding.fix):
        clause = _clause(each, finding, today, "")
        if words := called_anew(each, clause):
            return (Said(words),)
    return ()


def _on_purpose(finding: Finding, facts: FindingFacts) -> tuple[Said, ...]:
    """Say what the fix asks for; what the audit saw go wrong is no risk of mending it."""
    told = (asserted(each, whole=True) for each in steps(finding.fix))
    said = next((each for each in told if each), "") or next(iter(held(finding, facts)), "")
    if not said:
        return ()
    _, colon, rest = said.partition(": ")
    what = rest if colon and not re.search(r"\s", _) else said
    what = f"it {what}" if says_what_it_does(what) else what
    return (Said(f"Changes on purpose: {what}."),)


def _quoted(finding: Finding, today: Today) -> tuple[Said, ...]:
    """Say where else the text stands that the quoted line has, where its text is at issue."""
    words = f"{finding.problem} {finding.impact} {finding.fix}"
    for match in _LITERAL.finditer(finding.evidence):
        text = match[1] or match[2]
        if _TEXT.search(text) and (text in words or _ABOUT_TEXT.search(finding.fix)):
            places = today.quoting(text, _QUOTING)
            if places:
                at = named(places)
                words = f"“{text}” stands in {at} too: what changes here must agree with it."
                return (Said(words, tuple(each.place for each in places)),)
    return ()
