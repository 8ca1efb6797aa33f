"""Join profiles to findings: how much CPU time is spent in and below a finding's code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mendbook.code.tokens import grammar_of
from mendbook.model import (
    Declaration,
    FindingFacts,
    FunctionHeat,
    Heat,
    Profiles,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.profiling.frame import ANONYMOUS


def join_heat(facts: Sequence[FindingFacts], profiles: Profiles) -> tuple[Heat, ...]:
    """Return the heat of each finding, in the order of ``facts``.

    The share is None where no profile has seen the finding's files: nothing is known then. It is
    0 where a file was profiled and the finding's functions were never on the stack. Functions
    that call each other share time, so several together are at least as hot as what is said: the
    larger of the hottest one's total and the sum of their own times. Of several profiles the one
    in which the finding is hottest counts.
    """
    return tuple(_heat(one, profiles) for one in facts)


def _heat(facts: FindingFacts, profiles: Profiles) -> Heat:
    if not profiles.files:
        why = "no CPU profile was given" if not profiles.functions else "no file was profiled"
        return Heat(facts.finding_id, None, why=why)
    if not facts.files:
        return Heat(facts.finding_id, None, why="the finding names no file that exists")
    sources = dict.fromkeys(one.source for one in profiles.files if one.file in facts.files)
    if not sources:
        code = [path for path in facts.files if _runs(path)]
        seen = f"no profile has seen {_listed(code)}: not loaded, or never sampled"
        why = seen if code else f"{_listed(facts.files)} is not code that runs"
        return Heat(facts.finding_id, None, why=why)
    heats = [_in_profile(facts, profiles, source) for source in sources]
    return max(heats, key=lambda heat: heat.share or 0.0)


def _runs(path: str) -> bool:
    return grammar_of(path) not in {None, "css", "html"}


def _in_profile(facts: FindingFacts, profiles: Profiles, source: str) -> Heat:
    ours = [one for one in profiles.functions if one.source == source and one.file in facts.files]
    files = [one for one in profiles.files if one.source == source and one.file in facts.files]
    if not facts.symbols:
        return _whole_file(facts, files, ours, "the finding names no function, so")
    matched = [one for one in ours if any(_is(one, symbol) for symbol in facts.symbols)]
    if matched:
        share = max(_hottest(matched).total_share, sum(one.self_share for one in matched))
        least = "at least " if len(matched) > 1 else ""
        more = f" and {len(matched) - 1} more" if len(matched) > 1 else ""
        label = _label(_hottest(matched))
        why = f"{least}{share:.1%} of busy CPU time in and below {label}{more}"
        return Heat(facts.finding_id, min(share, 1.0), label, source, why)
    events = {one.symbol for one in facts.symbols if one.status is SymbolStatus.EVENT}
    names = [symbol.symbol for symbol in facts.symbols]
    named = _listed([name for name in names if name not in events] or names)
    if any(_may_be(one, symbol) for one in ours for symbol in facts.symbols):
        note = f"the profile has no lines to tell {named} from the rest, so at most"
        return _whole_file(facts, files, ours, note)
    why = f"{_listed(one.file for one in files)} was profiled, {named} was never on the stack"
    return Heat(facts.finding_id, 0.0, source=source, why=why)


def _whole_file(
    facts: FindingFacts, files: Sequence[FunctionHeat], ours: Sequence[FunctionHeat], note: str
) -> Heat:
    share = min(max(_hottest(files).total_share, sum(one.self_share for one in files)), 1.0)
    hottest = _hottest(ours)
    why = f"{note} {share:.1%} of busy CPU time in and below {_listed(one.file for one in files)}"
    return Heat(facts.finding_id, share, _label(hottest), hottest.source, why)


def _hottest(functions: Sequence[FunctionHeat]) -> FunctionHeat:
    return max(functions, key=lambda one: (one.total_share, one.self_share))


def _is(one: FunctionHeat, symbol: SymbolReferences) -> bool:
    """Tell whether a profiled function is ``symbol``, or stands inside its declaration."""
    declared = [place for place in symbol.declarations if place.file == one.file]
    if one.line is not None and declared:
        return any(_holds(place, one.line) for place in declared)
    wanted = symbol.symbol.rpartition(".")[2]
    if symbol.symbol.endswith(".constructor"):
        wanted = symbol.symbol.split(".")[-2]
    return one.function.rpartition(".")[2] == wanted


def _holds(place: Declaration, line: int) -> bool:
    return place.line <= line <= place.end_line


def _may_be(one: FunctionHeat, symbol: SymbolReferences) -> bool:
    """Tell whether a function without a line could be part of ``symbol``.

    That is so for a class, whose methods are named without it, and for a function that may be an
    argument of a call and so have no name of its own. Methods keep theirs.
    """
    if one.line is not None or "." in symbol.symbol:
        return False
    return one.function == ANONYMOUS or symbol.symbol[:1].isupper()


def _label(one: FunctionHeat) -> str:
    return f"{one.file} — {one.function}"


def _listed(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - 2} more" if len(listed) > 2 else ""
    return ", ".join(listed[:2]) + more
