"""What could break when a change goes live, one sentence for each thing that the change does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from mendbook.changes.callers_unseen import base_of, decorator_of, made_at
from mendbook.changes.effect_sentences import done
from mendbook.changes.foreseen import by_sort, foreseen, purpose
from mendbook.changes.near_routes import has_own_words
from mendbook.changes.notice import Witnesses, who_notices
from mendbook.changes.options import options
from mendbook.changes.scope import Scope
from mendbook.changes.shared_state import shared_state
from mendbook.changes.spoken import spoken
from mendbook.changes.syntax_kinds import calls_at, kinds_of
from mendbook.changes.today import Today
from mendbook.changes.unknown_calls import calls_of_unknown
from mendbook.code.test_layout import has_runner
from mendbook.model import (
    ChangeFacts,
    ChangeKind,
    Citation,
    EntryPoint,
    Finding,
    FindingFacts,
    Proposal,
    Reach,
    Reference,
    ReferenceKind,
    Said,
    SymbolStatus,
)
from mendbook.text.phrasing import count, listed, some

_SHOWN = 3
"""Places and names that one sentence lists; what is left is counted."""
_NONE = {
    Reach.COMMENTS: "None: only comments change.",
    Reach.TYPES: "None at run time: only types change, and the compiler names who is concerned.",
    Reach.TESTS: "None: only tests change.",
    Reach.DOCUMENTS: "None: only documents change.",
}
_HOW = re.compile(r" (?:now calls|no longer calls|calls) `[^`]*`(?: instead of `[^`]*`)?\.$")
"""Sentences that say how code does it, and not what it means to those who use it."""
_SAID_AGAIN = re.compile(
    r" runs in place of .+: callers get its results and its errors\.$"
    r"|^What .+ did until now is not done any more\.$"
)
"""Says of a call that is exchanged or goes what the patch says already."""
_BY_CODE = re.compile(
    rf"{_HOW.pattern}| is (?:made of )?`[^`]*` instead of `[^`]*`\.$|^It is what `"
)
"""Sentences that only tell code from code: what it is for must be said besides."""
_SHOWCASE = re.compile(r"(?:^|/)(?:playgrounds?|examples?|demos?|samples?|sandbox)/")
"""Code that only shows how other code is used."""
_CODE_NAME = re.compile(r"[\w$.#:]+")
_ROUTE = re.compile(r"[A-Z]+ /\S*")
_INSTALLED = {
    "package.json",
    "package-lock.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "pyproject.toml",
    "requirements.txt",
    "poetry.lock",
    "uv.lock",
    "go.mod",
    "go.sum",
    "Cargo.toml",
    "Cargo.lock",
}
_VERBS = {
    ReferenceKind.CALL: ("call", "calls"),
    ReferenceKind.CONSTRUCT: ("construct", "constructs"),
    ReferenceKind.PASSED: ("pass on", "passes on"),
    ReferenceKind.JSX: ("render", "renders"),
    ReferenceKind.READ: ("read", "reads"),
    ReferenceKind.WRITE: ("write", "writes"),
    ReferenceKind.TYPE: ("rely for their types on", "relies for its types on"),
    ReferenceKind.REEXPORT: ("re-export", "re-exports"),
}


def risks(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    change: ChangeFacts,
    witnesses: Witnesses,
    *,
    drafted: bool = False,
) -> tuple[Said, ...]:
    """Return what could break, in sentences that each rest on lines.

    With a patch they say what it does to code that runs; without one, what a change of the sort
    that the fix asks for can break, and whom it would reach. Who would notice stands last, and what
    is not known is said. A patch that is only ``drafted`` is not a change yet.
    """
    if proposal is not None and change.reach in _NONE:
        return (Said(_NONE[change.reach], tuple(map(Citation, sorted(proposal.edits)))),)
    if proposal is None and scope.kind in {ChangeKind.TEST, ChangeKind.DOCS}:
        return (Said(_NONE[Reach.TESTS if scope.kind is ChangeKind.TEST else Reach.DOCUMENTS]),)
    said = [Said(_sentence(proposal.risk))] if proposal is not None and proposal.risk else []
    none = any(each.words.startswith("None") for each in said)
    told = [each for each in done(change) if not (none and each.words.startswith("None"))]
    if told and all(_HOW.search(each.words) for each in told):
        sorts = by_sort(finding, Today(facts, witnesses.snapshot))
        told += [each for each in sorts if not _SAID_AGAIN.search(each.words)]
    told += options(change, witnesses.snapshot)
    if told and all(_BY_CODE.search(each.words) for each in told):
        told += purpose(finding)
    if proposal is not None and not (said or told or change.unread):
        told = list(by_sort(finding, Today(facts, witnesses.snapshot)) or purpose(finding))
    said += [*told, *(Said(_unread(path), (Citation(path),)) for path in change.unread)]
    shared = shared_state(finding, facts, Today(facts, witnesses.snapshot))
    if proposal is None:
        state = "Only drafted" if drafted else "Not written yet"
        said.append(_before_it_is_written(facts, scope, state))
        said += foreseen(finding, facts, witnesses.snapshot, told=shared is not None)
    elif facts.case:
        place = Citation(facts.evidence.file, facts.case_line)
        said.append(Said(f"It runs in the case {facts.case} ({place}).", (place,)))
    if shared is not None:
        said.append(shared)
    before = " ".join(each.words for each in said)
    said += [*_outsiders(facts, said, witnesses), *_callers(facts, change, witnesses, before)]
    said.append(who_notices(change, facts, witnesses))
    return tuple(each for each in said if each.words)


def _unread(path: str) -> str:
    name = PurePosixPath(path).name
    if name in _INSTALLED:
        return f"{path} is read when dependencies are installed: images built before keep the old."
    if name.endswith((".example", ".sample", ".template")):
        return f"None at run time from {path}, an example that nothing loads."
    if has_runner(path):
        return f"Not known: what the patch does in {path}; code in its language is not compared."
    return f"Not known for {path}: what reads it is not looked up."


def _before_it_is_written(facts: FindingFacts, scope: Scope, state: str) -> Said:
    """Say which code a change would be in, where it is not written yet."""
    evidence = facts.evidence
    declared = [
        (spoken(symbol.symbol, each.file), Citation(each.file, each.line))
        for symbol in facts.symbols
        for each in symbol.declarations[:1]
        if symbol.status is not SymbolStatus.EVENT
        and (each.file in facts.files or not (facts.files or facts.missing))
    ][:_SHOWN]
    if evidence.line and len(declared) == 1 and _only_hands_on(facts):
        declared = [(declared[0][0], Citation(evidence.file, evidence.line))]
    if declared:
        names = listed([f"`{name}` ({place})" for name, place in declared])
        case, places = _in_case(facts)
        grounds = (*(place for _, place in declared), *places)
        return Said(f"{state}; it would change {names}{case}.", grounds)
    if evidence.line:
        place = Citation(evidence.file, evidence.line)
        case, places = _in_case(facts)
        return Said(f"{state}; it would change {place}{case}.", (place, *places))
    if scope.files:
        shown = scope.files[:_SHOWN]
        words = f"Not known: where in {listed(list(shown))} it changes is not settled."
        return Said(words, tuple(map(Citation, shown)))
    return Said("Not known: no file of the repository is known to change.")


def _only_hands_on(facts: FindingFacts) -> bool:
    """Tell whether the one declaration is a line of the evidence's file apart from the evidence."""
    several = [each for symbol in facts.symbols for each in symbol.declarations]
    line = facts.evidence.line or 0
    return all(
        each.file == facts.evidence.file and not each.line <= line <= (each.end_line or each.line)
        for each in several
    )


def _in_case(facts: FindingFacts) -> tuple[str, tuple[Citation, ...]]:
    """Return which case of a switch the place stands in, as the end of a sentence."""
    if not facts.case:
        return "", ()
    place = Citation(facts.evidence.file, facts.case_line)
    return f", in its case {facts.case} ({place})", (place,)


def _beside(entry: EntryPoint, facts: FindingFacts, witnesses: Witnesses) -> bool:
    """Tell whether a handler is only registered in the function of the place, and does not hold it.

    What a constructor registers does not come to the other lines of that constructor.
    """
    line, kinds = facts.evidence.line, kinds_of(entry.file)
    if entry.via or not line or entry.file != facts.evidence.file or kinds is None:
        return False
    calls = [
        each.range()
        for each in calls_at(kinds.parse(witnesses.text(entry.file)), entry.line, kinds)
    ]
    return bool(calls) and not any(
        each.start.line + 1 <= line <= each.end.line + 1 for each in calls
    )


def _outsiders(facts: FindingFacts, before: Sequence[Said], witnesses: Witnesses) -> list[Said]:
    """Say which entry points reach the code, the nearest first, unless that was said."""
    own = any(map(_SHOWCASE.search, facts.files))
    met = [
        entry
        for entry in facts.exposure
        if (own or not _SHOWCASE.search(entry.file)) and not _beside(entry, facts, witnesses)
    ]
    near = sorted(met, key=lambda entry: len(entry.via))
    names = list(dict.fromkeys(_entry(entry) for entry in near))
    told = " ".join(each.words for each in before)
    if all(name in told for name in names):
        return []
    places = tuple(Citation(entry.file, entry.line) for entry in near)
    return [Said(f"Reached by {listed(some(names, _SHOWN))}.", places)]


def _entry(entry: EntryPoint) -> str:
    """Return the entry point's name, with its place where a route's path says nothing."""
    told = _ROUTE.fullmatch(entry.name) is None or has_own_words(entry.name)
    return entry.name if told else f"{entry.name} ({entry.file}:{entry.line})"


def _callers(
    facts: FindingFacts, change: ChangeFacts, witnesses: Witnesses, told: str
) -> list[Said]:
    """Say who uses the code, unless what was ``told`` before names each of these lines."""
    sites = [site for site in facts.downstream if not site.test]
    if sites and all(f"({each.file}:{each.line})" in told for each in sites):
        return []
    if sites:
        places = tuple(Citation(site.file, site.line) for site in sites)
        return [Said(f"{_uses(sites, _used(facts, change))}.", places)]
    if any(symbol.status is SymbolStatus.EVENT for symbol in facts.symbols):
        return [] if facts.exposure else _registered(facts)
    words = _no_callers(facts, witnesses)
    declared = (each for symbol in facts.symbols for each in symbol.declarations)
    return (
        [Said(words, tuple(Citation(each.file, each.line) for each in declared))] if words else []
    )


def _no_callers(facts: FindingFacts, witnesses: Witnesses) -> str:
    unsure = [each.reason for each in facts.symbols if each.declarations and each.reason]
    if unsure and all(each.status is SymbolStatus.RESOLVED for each in facts.symbols):
        return f"Callers are not known for certain: {unsure[0]}."
    if any(symbol.status is SymbolStatus.RESOLVED for symbol in facts.symbols):
        names = listed([f"`{each.symbol}`" for each in facts.symbols[:_SHOWN]])
        if facts.exposure:
            return ""
        if maybe := calls_of_unknown(facts, witnesses):
            return f"No call of {names} is certain outside of tests; {maybe}."
        if base := base_of(facts, witnesses):
            return f"No call of {names} was found outside of tests; {base} may call it."
        if decorator := decorator_of(facts, witnesses):
            return f"{decorator} hands {names} on: when it is called is not looked up."
        none = f"No call of {names} was found outside of tests"
        if made := made_at(facts, witnesses):
            return f"{none}; what gets the object that {made} makes may call it."
        return f"{none}."
    if facts.symbols:
        reasons = [
            f"`{each.symbol}` ({each.reason or each.status})"
            for each in facts.symbols[:_SHOWN]
            if " " not in each.symbol
        ]
        return f"Callers are not known: {listed(reasons)}." if reasons else ""
    if facts.fan_in:
        return f"{count(facts.fan_in, 'file')} {'imports' if facts.fan_in == 1 else 'import'} it."
    return ""


def _registered(facts: FindingFacts) -> list[Said]:
    """Say of a route that it is requested, of an event that it is waited for."""
    events = [each for each in facts.symbols if each.status is SymbolStatus.EVENT]
    places = [
        Citation(use.file, use.line)
        for symbol in events
        for use in symbol.references
        if use.kind is ReferenceKind.REGISTERED
    ]
    routes = [each.symbol for each in events if _ROUTE.fullmatch(each.symbol)]
    if routes:
        return [Said(f"Reached by {listed(routes[:_SHOWN])}.", tuple(places))]
    words = f"Runs when what {listed([str(each) for each in places[:_SHOWN]])} waits for happens."
    return [Said(words, tuple(places))] if places else []


def _used(facts: FindingFacts, change: ChangeFacts) -> str:
    """Return what the places use: the symbol, or where types are not known, only its name.

    It is named where the sentences before are about other code.
    """
    guessed = [each.symbol for each in facts.symbols if each.guessed]
    if not guessed or len(guessed) < len(facts.symbols):
        told = {name for each in change.effects for name in (each.inside, each.name)}
        about = {name.rpartition(".")[2] for name in told if name}
        own = [each.symbol for each in facts.symbols]
        if about and not about & {each.rpartition(".")[2] for each in own}:
            return listed([f"`{each}`" for each in own[:_SHOWN]])
        inside = {each.inside.rpartition(".")[2] for each in change.effects if each.inside}
        if len(own) == 1 and inside and own[0].rpartition(".")[2] not in inside:
            return f"`{own[0]}`"
        return "it"
    names = " or ".join(f"`{name.rpartition('.')[2]}`" for name in guessed[:3])
    return f"something named {names}, by name and not by type"


def _uses(sites: Sequence[Reference], what: str) -> str:
    kinds = Counter(site.kind for site in sites)
    places = {(site.file, site.line) for site in sites}
    verbs = " or ".join(
        _VERBS.get(kind, ("use", "uses"))[len(places) == 1] for kind in (*_VERBS,) if kind in kinds
    )
    where = dict.fromkeys((site.file, site.line, site.enclosing) for site in sites)
    shown = listed(some(list(dict.fromkeys(map(_inside, sites))), _SHOWN))
    return f"{count(len(where), 'place')} {verbs or 'use'} {what}, in {shown}"


def _inside(site: Reference) -> str:
    """Return the function that a use stands in, else its file; its line is told as a callsite."""
    if site.enclosing == "module":
        return site.file
    return f"`{site.enclosing}`" if _CODE_NAME.fullmatch(site.enclosing) else site.enclosing


def _sentence(text: str) -> str:
    words = text.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
