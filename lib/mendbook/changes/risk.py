"""What could break when a change goes live, one sentence for each thing that the change does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from mendbook.changes.effect_words import added_statements, bound_of, doing, other_errors
from mendbook.changes.foreseen import foreseen
from mendbook.changes.notice import Witnesses, has_own_words, who_notices
from mendbook.changes.scope import Scope
from mendbook.code.test_layout import has_runner
from mendbook.model import (
    ChangeFacts,
    ChangeKind,
    Effect,
    EffectKind,
    EntryPoint,
    Finding,
    FindingFacts,
    Proposal,
    Reach,
    Reference,
    ReferenceKind,
    SymbolStatus,
)
from mendbook.text.phrasing import count, listed, some

_MOST = 4
"""Sentences on what changes; what is left is counted."""
_SHOWN = 3
"""Places and names that one sentence lists; what is left is counted."""
_NONE = {
    Reach.COMMENTS: "None: only comments change.",
    Reach.TYPES: "None at run time: only types change, and the compiler names who is concerned.",
    Reach.TESTS: "None: only tests change.",
    Reach.DOCUMENTS: "None: only documents change.",
}
_ORDER = (
    EffectKind.RENAME,
    EffectKind.FILE,
    EffectKind.EXPORT,
    EffectKind.DECLARATION,
    EffectKind.SIGNATURE,
    EffectKind.ASYNC,
    EffectKind.EXIT,
    EffectKind.CATCH,
    EffectKind.VALUE,
    EffectKind.AWAIT,
    EffectKind.CALL,
    EffectKind.OTHER,
)
_DERIVED = re.compile(
    r"(?P<indent>\s*)(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+\w+(?:<[^>]*>)?\s*"
    r"(?:\((?!object\b)(?P<python>[\w.]+)[^)]*\)?|extends\s+(?P<script>[\w.]+))"
)
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
    ReferenceKind.TYPE: ("use as a type", "uses as a type"),
    ReferenceKind.REEXPORT: ("re-export", "re-exports"),
}


def runtime_risk(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    change: ChangeFacts,
    witnesses: Witnesses,
    *,
    drafted: bool = False,
) -> str:
    """Return what could break, in sentences that each rest on a line.

    With a patch they say what it does to code that runs; without one, what a change of the sort
    that the fix asks for can break, and whom it would reach. Who would notice stands last, and what
    is not known is said. A patch that is only ``drafted`` is not a change yet.
    """
    if proposal is not None and change.reach in _NONE:
        return _NONE[change.reach]
    if proposal is None and scope.kind in {ChangeKind.TEST, ChangeKind.DOCS}:
        return _NONE[Reach.TESTS if scope.kind is ChangeKind.TEST else Reach.DOCUMENTS]
    said = [_sentence(proposal.risk)] if proposal is not None and proposal.risk else []
    said += _done(change)
    if proposal is None:
        state = "Only drafted" if drafted else "Not written yet"
        said += [*_before_it_is_written(facts, scope, state), *foreseen(finding, facts)]
    said += [*_outsiders(facts), *_callers(facts, witnesses)]
    said.append(who_notices(change, facts, witnesses))
    return " ".join(each for each in said if each)


def _done(change: ChangeFacts) -> list[str]:
    """Return one sentence for each effect, the gravest first; equal ones once."""
    ranked = sorted(change.effects, key=lambda each: _ORDER.index(each.kind))
    said = list(dict.fromkeys(words for each in ranked if (words := _WORDS[each.kind](each))))
    more = len(said) - _MOST
    tail = [f"{count(more, 'smaller change')} besides, in the diff."] if more > 0 else []
    tail += [_unread(path) for path in change.unread]
    return [*said[:_MOST], *tail]


def _unread(path: str) -> str:
    name = PurePosixPath(path).name
    if name in _INSTALLED:
        return f"{path} is read when dependencies are installed: images built before keep the old."
    if name.endswith((".example", ".sample", ".template")):
        return f"None at run time from {path}, an example that nothing loads."
    if has_runner(path):
        return f"Not known: what the patch does in {path}; code in its language is not compared."
    return f"Not known for {path}: what reads it is not looked up."


def _before_it_is_written(facts: FindingFacts, scope: Scope, state: str) -> list[str]:
    """Say which code a change would be in, where it is not written yet."""
    evidence = facts.evidence
    declared = [
        f"`{symbol.symbol}` ({each.file}:{each.line})"
        for symbol in facts.symbols
        for each in symbol.declarations[:1]
        if symbol.status is not SymbolStatus.EVENT
    ]
    if declared:
        return [f"{state}; it would change {listed(declared[:3])}."]
    if evidence.line:
        return [f"{state}; it would change {evidence.file}:{evidence.line}."]
    if scope.files:
        return [f"Not known: where in {listed(list(scope.files[:3]))} it changes is not settled."]
    return ["Not known: no file of the repository is known to change."]


def _rename(effect: Effect) -> str:
    return (
        f"None is meant: `{effect.before}` is spelled `{effect.after}` and nothing else changes;"
        " whoever uses the old name from outside of this repository breaks."
    )


def _signature(effect: Effect) -> str:
    if not effect.before or not effect.after:
        return ""
    return f"`{effect.name}` takes `{effect.after}` instead of `{effect.before}`."


def _async(effect: Effect) -> str:
    if effect.after:
        return f"`{effect.name}` is asynchronous now: who uses its result must await it."
    return f"`{effect.name}` is no longer asynchronous: it returns its value and not a promise."


def _exit(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else f"{effect.file}:{effect.line}"
    when = f" when `{effect.when}`" if effect.when else ""
    if effect.before == effect.after:
        return (
            f"The condition under which {where} ends with `{effect.after}` is `{effect.when}` now."
        )
    if effect.before and effect.after:
        return f"{where} ends with `{effect.after}` instead of `{effect.before}`{when}."
    if effect.after:
        return f"{where} now ends with `{effect.after}`{when}; before, it went on."
    return f"{where} no longer ends with `{effect.before}`{when}: it goes on."


def _catch(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else f"{effect.file}:{effect.line}"
    if effect.before and effect.after:
        if told := other_errors(effect):
            return (
                f"{where} has `{told}`: errors that are no longer caught there reach its callers."
            )
        added = added_statements(effect)
        if added:
            return f"Where {where} catches an error, it also {doing(added)}."
        return f"What {where} does with an error it catches changes: `{effect.after}`."
    if effect.after:
        thrown = "throw" in effect.after or "raise" in effect.after
        end = "handled before they leave" if thrown else "handled there and do not leave"
        return f"Errors inside {where} are {end} it."
    return f"Errors that {where} caught now reach who calls it."


def _await(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else effect.file
    if effect.before and effect.after:
        return f"{where} waits for `{effect.after.removeprefix('await ')}`."
    if effect.after:
        return f"{where} now waits for `{effect.name}`, and its errors surface there."
    return f"{where} no longer waits for `{effect.name}` by itself."


def _value(effect: Effect) -> str:
    where = f" in `{effect.inside}`" if effect.inside else ""
    if (most := bound_of(effect)) is not None:
        return f"`{effect.name}`{where} above {most} is refused from then on."
    if effect.before and effect.after:
        return f"`{effect.name}`{where} is `{effect.after}` instead of `{effect.before}`."
    if effect.after:
        return f"`{effect.name}`{where} is new: `{effect.after}`."
    return f"`{effect.name}`{where} goes."


def _call(effect: Effect) -> str:
    where = f"`{effect.inside}`" if effect.inside else effect.file
    if effect.before and effect.after:
        return f"{where} calls `{effect.after}` instead of `{effect.before}`."
    if effect.after:
        return f"{where} now calls `{effect.name}`."
    return f"{where} no longer calls `{effect.name}`."


def _declaration(effect: Effect) -> str:
    if effect.after:
        return ""
    return f"`{effect.name}` ({effect.file}:{effect.line}) goes."


def _export(effect: Effect) -> str:
    if effect.after:
        return ""
    return f"`{effect.name}` can no longer be imported from {effect.file}."


def _file(effect: Effect) -> str:
    return f"{effect.file} is new." if effect.after else f"{effect.file} goes."


def _other(effect: Effect) -> str:
    return f"Code of {effect.file} changes in a way that is not told apart: read the diff."


_WORDS: Mapping[EffectKind, Callable[[Effect], str]] = {
    EffectKind.RENAME: _rename,
    EffectKind.SIGNATURE: _signature,
    EffectKind.ASYNC: _async,
    EffectKind.EXIT: _exit,
    EffectKind.CATCH: _catch,
    EffectKind.AWAIT: _await,
    EffectKind.VALUE: _value,
    EffectKind.CALL: _call,
    EffectKind.DECLARATION: _declaration,
    EffectKind.EXPORT: _export,
    EffectKind.FILE: _file,
    EffectKind.OTHER: _other,
}


def _outsiders(facts: FindingFacts) -> list[str]:
    if not facts.exposure:
        return []
    names = list(dict.fromkeys(_entry(entry) for entry in facts.exposure))
    return [f"Reached by {listed(some(names, _SHOWN))}."]


def _entry(entry: EntryPoint) -> str:
    """Return the entry point's name, with its place where a route's path says nothing."""
    told = _ROUTE.fullmatch(entry.name) is None or has_own_words(entry.name)
    return entry.name if told else f"{entry.name} ({entry.file}:{entry.line})"


def _callers(facts: FindingFacts, witnesses: Witnesses) -> list[str]:
    sites = [site for site in facts.downstream if not site.test]
    if sites:
        return [f"{_uses(sites, _used(facts))}."]
    if any(symbol.status is SymbolStatus.EVENT for symbol in facts.symbols):
        return [] if facts.exposure else _registered(facts)
    unsure = [each.reason for each in facts.symbols if each.declarations and each.reason]
    if unsure and all(each.status is SymbolStatus.RESOLVED for each in facts.symbols):
        return [f"Callers are not known for certain: {unsure[0]}."]
    if any(symbol.status is SymbolStatus.RESOLVED for symbol in facts.symbols):
        names = listed([f"`{each.symbol}`" for each in facts.symbols[:3]])
        if facts.exposure:
            return []
        if base := _base(facts, witnesses):
            return [f"No call of {names} was found outside of tests; {base} may call it."]
        return [f"No call of {names} was found outside of tests."]
    if facts.symbols:
        reasons = [f"`{each.symbol}` ({each.reason or each.status})" for each in facts.symbols[:3]]
        return [f"Callers are not known: {listed(reasons)}."]
    if facts.fan_in:
        return [f"{count(facts.fan_in, 'file')} {'imports' if facts.fan_in == 1 else 'import'} it."]
    return []


def _base(facts: FindingFacts, witnesses: Witnesses) -> str:
    """Return what the class around a declaration is derived from; empty for none."""
    for symbol in facts.symbols:
        for declared in symbol.declarations:
            lines = witnesses.text(declared.file).splitlines()[: declared.line]
            own = len(lines[-1]) - len(lines[-1].lstrip()) if lines else 0
            for line in reversed(lines[:-1]):
                found = _DERIVED.match(line)
                if found is not None and len(found["indent"]) < own:
                    return f"`{found['python'] or found['script']}`"
                if line.strip() and not line[0].isspace() and not found:
                    break
    return ""


def _registered(facts: FindingFacts) -> list[str]:
    """Say of a route that it is requested, of an event that it is waited for."""
    events = [each for each in facts.symbols if each.status is SymbolStatus.EVENT]
    routes = [each.symbol for each in events if _ROUTE.fullmatch(each.symbol)]
    if routes:
        return [f"Reached by {listed(routes[:3])}."]
    places = [
        f"{use.file}:{use.line}"
        for symbol in events
        for use in symbol.references
        if use.kind is ReferenceKind.REGISTERED
    ]
    return [f"Runs when what {listed(places[:3])} waits for happens."] if places else []


def _used(facts: FindingFacts) -> str:
    """Return what the places use: the symbol, or where types are not known, only its name."""
    guessed = [each.symbol for each in facts.symbols if each.guessed]
    if not guessed or len(guessed) < len(facts.symbols):
        return "it"
    names = " or ".join(f"`{name.rpartition('.')[2]}`" for name in guessed[:3])
    return f"something named {names}, by name and not by type"


def _uses(sites: Sequence[Reference], what: str) -> str:
    kinds = Counter(site.kind for site in sites)
    verbs = " or ".join(
        _VERBS.get(kind, ("use", "uses"))[len(sites) == 1] for kind in (*_VERBS,) if kind in kinds
    )
    where = [f"{site.file}:{site.line} — {site.enclosing}" for site in sites]
    shown = listed(some(where, _SHOWN))
    return f"{count(len(sites), 'place')} {verbs or 'use'} {what}: {shown}"


def _sentence(text: str) -> str:
    words = text.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
