"""What the drafters of a plan cost, and how good they were, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mendbook.model import DraftTally, Plan
from mendbook.report import markdown
from mendbook.text.escape import prose, shorten, text
from mendbook.text.phrasing import count, number, sentence

_HEADER = (
    *("Drafter", "Findings", "Asked", "Drafted", "Repaired", "Shown", "Refused", "Minutes"),
    "Dollars",
)
_SHOWN = 3
_WIDTH = 120


def drafters(plan: Plan) -> Iterator[str]:
    """Yield the part about drafters; nothing where none were asked."""
    said = plan.drafts
    if not said.tallies:
        return
    yield "### Drafters"
    yield markdown.table(_HEADER, [_row(each) for each in said.tallies], right=range(1, 9))
    why = (*_refused(said.tallies), *_silent(said.tallies), said.gates, said.stopped, said.budget)
    yield markdown.bullets(prose(sentence(words)) for words in why if words)


def _row(tally: DraftTally) -> tuple[str, ...]:
    return (
        text(tally.adapter),
        str(tally.findings),
        str(tally.asked),
        str(tally.answered),
        str(tally.repaired),
        str(tally.shown),
        str(sum(amount for _, amount in tally.refused)),
        number(tally.seconds / 60),
        "not told" if tally.cost is None else f"{tally.cost:.2f}",
    )


def _refused(tallies: Sequence[DraftTally]) -> Iterator[str]:
    for tally in tallies:
        if tally.refused:
            named = ", ".join(f"{name} ({amount})" for name, amount in tally.refused)
            yield f"answers of {tally.adapter} were refused for {named}"


def _silent(tallies: Sequence[DraftTally]) -> Iterator[str]:
    for tally in tallies:
        reasons = [f"{shorten(why, _WIDTH)} ({amount})" for why, amount in tally.silent[:_SHOWN]]
        rest = len(tally.silent) - len(reasons)
        more = f"; and {count(rest, 'other reason')}" if rest else ""
        if reasons:
            yield f"no draft of {tally.adapter}: {'; '.join(reasons)}{more}"
