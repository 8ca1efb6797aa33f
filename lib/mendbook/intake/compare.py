"""Compare two audits of one repository: what is new, fixed, still there, or moved."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.intake.identity import identity_of, match
from mendbook.intake.rewording import reworded, said_of, told_apart
from mendbook.model import Audit, Finding


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding as the earlier and as the later audit has it."""

    before: Finding
    after: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every finding of two audits, each in one of four lists, in the order of its audit."""

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    """Of the earlier audit only; whether it was fixed or overlooked, an audit cannot tell."""
    still: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    """The same code under the same name, on other lines or in another file."""
    reworded: tuple[Pair, ...] = ()
    """One fault at one place, said in other words by the later audit."""


def compare(before: Audit, after: Audit) -> Comparison:
    """Return what became of the findings of ``before`` in ``after``.

    They are the same when their fingerprints are; what is left is the same when all but the file
    is: code that moved to another file, unless they tell of two faults of that code; and then
    where it says the same of one place in other words.
    """
    matched = match(
        before.findings,
        after.findings,
        identity_of,
        lambda one, other: told_apart(said_of(one), said_of(other)),
    )
    pairs = [Pair(*each) for each in matched.same]
    order = {item.id: index for index, item in enumerate(after.findings)}
    moved = [pair for pair in pairs if not _stands(pair)]
    moved += [Pair(*each) for each in matched.moved]
    said = reworded(matched.gone, matched.new, said_of)
    earlier = {id(one) for one, _ in said}
    later = {id(other) for _, other in said}
    return Comparison(
        new=tuple(each for each in matched.new if id(each) not in later),
        fixed=tuple(each for each in matched.gone if id(each) not in earlier),
        still=tuple(pair for pair in pairs if _stands(pair)),
        moved=tuple(sorted(moved, key=lambda pair: order[pair.after.id])),
        reworded=tuple(Pair(*each) for each in said),
    )


def _stands(pair: Pair) -> bool:
    places = [
        [(place.path, place.line) for place in finding.places if place.line]
        for finding in (pair.before, pair.after)
    ]
    # an audit that gives no lines does not say that anything moved
    return not all(places) or places[0] == places[1]
