"""Join profiles to findings: how much CPU time is spent in and below a finding's code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mendbook.model import (
    Declaration,
    FindingFacts,
    FunctionHeat,
    Heat,
    Profiles,
    SymbolReferences,
)


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
        why = f"no profile has seen {_listed(facts.files)}: not loaded, or never sampled"
        return Heat(facts.finding_id, None, why=why)
    found = [_in_profile(facts, profiles, source) for source in sources]
    return max(found, key=lambda heat: heat.share or 0.0)


def _in_profile(facts: FindingFacts, profiles: Profiles, source: str) -> Heat:
    functions = [
        one for one in profiles.functions if one.source == source and one.file in facts.files
    ]
    named = [symbol.symbol for symbol in facts.symbols]
    matched = [one for one in functions if any(_is(one, symbol) for symbol in facts.symbols)]
    if matched:
        return _hot(facts.finding_id, matched, source, "in and below")
    files = [one for one in profiles.files if one.source == source and one.file in facts.files]
    untold = [one for one in functions if one.line is None and _class_named(facts.symbols)]
    if not named or untold:
        note = "its functions could not be told apart" if named else "the finding names no function"
        hot = _hot(facts.finding_id, files, source, f"{note}; in and below the whole file")
        hottest = max(functions, key=lambda one: one.total_share, default=None)
        return Heat(
            hot.finding_id, hot.share, _label(hottest) if hottest else hot.hottest, source, hot.why
        )
    why = f"{_listed(one.file for one in files)} was profiled, {_listed(named)} never sampled"
    return Heat(facts.finding_id, 0.0, source=source, why=why)


def _hot(finding_id: str, matched: Sequence[FunctionHeat], source: str, where: str) -> Heat:
    hottest = max(matched, key=lambda one: (one.total_share, one.self_share))
    share = min(max(hottest.total_share, sum(one.self_share for one in matched)), 1.0)
    least = "at least " if len(matched) > 1 else ""
    why = f"{least}{share:.1%} of busy CPU time {where} {_label(hottest)}"
    if len(matched) > 1:
        why += f" and {len(matched) - 1} more"
    return Heat(finding_id, share, _label(hottest), source, why)


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


def _class_named(symbols: Iterable[SymbolReferences]) -> bool:
    return any(symbol.symbol[:1].isupper() and "." not in symbol.symbol for symbol in symbols)


def _label(one: FunctionHeat) -> str:
    return f"{one.file} — {one.function}" if one.function else one.file


def _listed(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - 2} more" if len(listed) > 2 else ""
    return ", ".join(listed[:2]) + more
