"""What a change that is not written yet can break, by the sort of thing that its fix asks for.

Each sort has words of its own; what the fix names goes into them as it was written. Whom it
reaches and who would notice is said elsewhere.
"""

from __future__ import annotations

from mendbook.changes.clauses import alternatives, steps
from mendbook.changes.held import held
from mendbook.changes.imperatives import plain_order, says_what_it_does
from mendbook.changes.sorts import SORTS, Sort
from mendbook.changes.wording import lowered, one_sentence
from mendbook.model import Finding, FindingFacts

_MOST = 2


def foreseen(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    """Return what the change can break, one sentence for each sort of thing it does.

    What is of no sort is said by what must hold afterwards: whoever relies on the code of today
    notices that. Empty where the fix says nothing of it; of alternatives nothing is foreseen.
    """
    choices = alternatives(finding.fix)
    if choices:
        offered = " or ".join(lowered(one_sentence(choice)) for choice in choices)
        return (f"Not known until it is decided whether to {offered}.",)
    found: dict[str, None] = {}
    for clause in steps(finding.fix):
        order = plain_order(one_sentence(clause))
        said = next((words for sort in SORTS if (words := _said(sort, order, finding))), "")
        found.update({said: None} if said else {})
    return tuple(found)[:_MOST] or _held_only(finding, facts)


def _said(sort: Sort, order: str, finding: Finding) -> str:
    match = sort.asked.search(order)
    return sort.words(match, finding.evidence) if match else ""


def _held_only(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    said = next(iter(held(finding, facts)), "")
    if not said:
        return ()
    _, colon, rest = said.partition(": ")
    what = f"it {rest}" if colon and says_what_it_does(rest) else said
    what = f"it {said}" if says_what_it_does(said) else what
    return (f"What others may rely on changes: {what}.",)
