"""Compare two audits of one repository: what is new, fixed, still there, or moved."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mendbook.intake.fingerprint import fingerprint
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


def compare(before: Audit, after: Audit) -> Comparison:
    """Return what became of the findings of ``before`` in ``after``.

    They are the same when their fingerprints are; what is left is the same when all but the file
    is: code that moved to another file.
    """
    pairs, earlier, later = _match(before.findings, after.findings, lambda item: item.fingerprint)
    moved_pairs, fixed, new = _match(earlier, later, _without_file)
    order = {item.id: index for index, item in enumerate(after.findings)}
    still = [pair for pair in pairs if _stands(pair)]
    moved = [*(pair for pair in pairs if not _stands(pair)), *moved_pairs]
    return Comparison(
        new=tuple(new),
        fixed=tuple(fixed),
        still=tuple(still),
        moved=tuple(sorted(moved, key=lambda pair: order[pair.after.id])),
    )


def _match(
    before: Iterable[Finding], after: Iterable[Finding], key: Callable[[Finding], str]
) -> tuple[list[Pair], list[Finding], list[Finding]]:
    waiting: defaultdict[str, deque[Finding]] = defaultdict(deque)
    earlier = list(before)
    for finding in earlier:
        waiting[key(finding)].append(finding)
    pairs: list[Pair] = []
    new: list[Finding] = []
    for finding in after:
        found = waiting[key(finding)]
        if found:
            pairs.append(Pair(found.popleft(), finding))
        else:
            new.append(finding)
    left = {id(finding) for queue in waiting.values() for finding in queue}
    return pairs, [finding for finding in earlier if id(finding) in left], new


def _without_file(finding: Finding) -> str:
    rule = finding.origins[0].rule if finding.origins else ""
    symbol = (*finding.symbols, *finding.events, "")[0]
    return fingerprint("", symbol, rule, finding.evidence or finding.problem)


def _stands(pair: Pair) -> bool:
    places = [
        [(place.path, place.line) for place in finding.places if place.line]
        for finding in (pair.before, pair.after)
    ]
    # an audit that gives no lines does not say that anything moved
    return not all(places) or places[0] == places[1]
