"""Move what is known about a finding to the lines of a tree that earlier patches have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from mendbook.code.line_runs import LineRun, line_runs
from mendbook.model import Contract, Finding, FindingFacts, SymbolReferences
from mendbook.repository.snapshot import Snapshot

_Lines = Callable[[str, int], int]


def shifted(
    finding: Finding, facts: FindingFacts, base: Snapshot, tree: Snapshot
) -> tuple[Finding, FindingFacts]:
    """Return ``finding`` and ``facts``, known of ``base``, with the lines they have in ``tree``.

    A line that an earlier patch replaced becomes the first line of what stands there now.
    """
    to_tree = _mapping(base, tree)
    evidence = facts.evidence
    if evidence.line is not None:
        evidence = replace(
            evidence,
            line=to_tree(evidence.file, evidence.line),
            end_line=to_tree(evidence.file, evidence.end_line or evidence.line),
        )
    places = tuple(
        replace(
            place,
            line=to_tree(place.path, place.line),
            end_line=to_tree(place.path, place.end_line) if place.end_line else None,
        )
        if place.line
        else place
        for place in finding.places
    )
    symbols = tuple(_shifted_symbol(symbol, to_tree) for symbol in facts.symbols)
    return replace(finding, places=places), replace(facts, evidence=evidence, symbols=symbols)


def shifted_contracts(
    contracts: Sequence[Contract], base: Snapshot, tree: Snapshot
) -> tuple[Contract, ...]:
    """Return ``contracts``, whose lines are those of ``base``, with their lines in ``tree``."""
    to_tree = _mapping(base, tree)
    return tuple(
        replace(
            each,
            start_line=to_tree(each.file, each.start_line),
            end_line=to_tree(each.file, each.end_line),
        )
        if each.start_line
        else each
        for each in contracts
    )


def _shifted_symbol(symbol: SymbolReferences, to_tree: _Lines) -> SymbolReferences:
    return replace(
        symbol,
        declarations=tuple(
            replace(
                each, line=to_tree(each.file, each.line), end_line=to_tree(each.file, each.end_line)
            )
            for each in symbol.declarations
        ),
        references=tuple(
            replace(each, line=to_tree(each.file, each.line)) for each in symbol.references
        ),
    )


def _mapping(base: Snapshot, tree: Snapshot) -> _Lines:
    @cache
    def changed(path: str) -> tuple[LineRun, ...]:
        old, new = base.get(path), tree.get(path)
        if old is None or new is None or old == new:
            return ()
        return line_runs(old, new)

    def to_tree(path: str, line: int) -> int:
        moved = line
        for run in changed(path):
            if run.old_start >= line:
                break
            if line <= run.old_end:
                return min(run.new_start + 1, max(1, run.new_end))
            moved = line + run.new_end - run.old_end
        return moved

    return to_tree
