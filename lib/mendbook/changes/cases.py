"""Which test cases a change calls for: titles a person would write, in the file that runs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.changes.asked_titles import asked_titles, told_by
from mendbook.changes.effect_words import (
    added_statements,
    bound_of,
    doing,
    guarded_statement,
    is_maximum,
    keeps_empty,
    least_of,
    other_errors,
    other_operator,
    other_order,
    other_status,
    timeout_of,
)
from mendbook.changes.exchanges import exchanged
from mendbook.changes.held import fault_gone, held, regression, subject_of, under
from mendbook.changes.notice import Witnesses
from mendbook.changes.phrases import keeps_behaviour, one_sentence
from mendbook.changes.scope import Scope
from mendbook.changes.test_places import asked_file, measured_tests, near_test, test_of
from mendbook.changes.today import Today
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout, has_runner
from mendbook.model import (
    AuditField,
    ChangeFacts,
    ChangeKind,
    Effect,
    EffectKind,
    Finding,
    FindingFacts,
    Followup,
    Ground,
    Proposal,
    Reach,
)

_MOST = 3
_LISTED = re.compile(
    r"(?i)\b(?:cover(?:ing)?\b[^:;]{0,40}?|for|with|cases?|(?:tests?|specs?)\b[^:;]*?|(?:test"
    r"|spec)\.\w+)\s*:\s*(.+)$",
    re.S,
)
_COVERED = re.compile(
    r"(?i)\b(?:tests?|specs?|cover(?:age|ing)?|cases)\b[^.;:]*?"
    r"\b(?:for|of|with|that cover|covering)\s+(?P<cases>.+?)(?:[.;]\s|[.;]?$)",
    re.S,
)
_COVER = re.compile(r"(?is)^\W*cover\s+(?P<cases>.+?)[.;]?$")
_PARTS = re.compile(r"[,;]\s*(?:and\s+|or\s+)?|\s+and\s+")
_HOW = re.compile(
    r"(?:^|: )(?:calls|waits for|accepts) |^[\w$.: ]+ is [\w$.]+\(.*\)$"
    r"|^[\w$.: ]+ is .*(?: \? |\|\||&&|=>|\?\?)"
)
_NEW_CODE = re.compile(r"(?:^|: )(?:returns\s\S*[(\[{`]|[\w$.]+ is\s)")
"""A title that only writes the new code again: what the audit saw says more of what a test sees."""
_LOGS = re.compile(r"(?i)(?:^|\.)(?:console|log\w*|print\w*|debug|warn|info|trace)(?:\.|$)")
_DEFAULT = re.compile(r"\s*=\s*[^,)]+")
_PLAIN = re.compile(r"[\w$.?]+")
"""A callee that is a name and not an expression."""
_TOLD = (
    EffectKind.EXIT,
    EffectKind.VALUE,
    EffectKind.SIGNATURE,
    EffectKind.CATCH,
    EffectKind.AWAIT,
    EffectKind.CALL,
    EffectKind.OTHER,
)
"""Kinds that a test can see, the most telling first."""


@dataclass(frozen=True, slots=True)
class _Title:
    """A test's title, the file that it is about, and what it rests on."""

    unit: str
    words: str
    grounds: tuple[Ground, ...]


def tests_required(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    change: ChangeFacts,
    layout: Layout,
    witnesses: Witnesses,
) -> tuple[Followup, ...]:
    """Return a test case for each behaviour that changes.

    What the patch itself asks for comes first; else one title for each thing that it does, with
    the code's own names and values; without a patch, one title made of what the fix asks. A change
    that reaches nothing that runs calls for none.
    """
    if proposal is not None and proposal.tests:
        return proposal.tests
    if scope.kind is ChangeKind.TEST:
        return _coverage(finding, facts, scope, layout)
    if proposal is not None and change.reach in {Reach.COMMENTS, Reach.TYPES, Reach.DOCUMENTS}:
        return ()
    if any(each.kind is EffectKind.NAMING for each in change.effects):
        return ()
    unit = _unit(facts, scope) if scope.kind not in {ChangeKind.DOCS, ChangeKind.CHORE} else ""
    if not unit or layout.is_barrel(unit):
        return ()
    if proposal is None:
        today = Today(facts, witnesses.snapshot)
        titles = [_Title(unit, *each) for each in asked_titles(finding, facts, today)]
    else:
        titles = _told(finding, facts, unit, change.effects)
    asked = asked_file(finding)
    near = near_test(unit, change, facts, layout, witnesses) if titles else ""
    ran = measured_tests(facts, layout, witnesses)

    def file(of: str) -> str:
        return asked or test_of(of, near, ran, facts, layout)

    return tuple(
        dict.fromkeys(_entry(file(each.unit), each.words, layout, each.grounds) for each in titles)
    )


def _told(
    finding: Finding, facts: FindingFacts, unit: str, effects: Sequence[Effect]
) -> list[_Title]:
    """Return the titles of a patch: what it does, and what the audit saw that holds no more.

    Calls and awaits tell how the code does it; where the fault can be turned round, that stands
    in their place, and beside titles that only write the new code again.
    """
    titles = _titles(effects)
    comes = any(each.after for each in effects) and not keeps_behaviour(finding.fix)
    comes = comes or any(map(_is_done_no_more, effects))
    gone = fault_gone(finding) if comes else ""
    if not gone and comes and not titles:
        again = regression(finding, facts)
        return [_Title(unit, again, (AuditField.PROBLEM,))] if again else []
    if not gone and comes and titles and all(_HOW.search(each.words) for each in titles):
        asked = [_Title(unit, each, (AuditField.FIX,)) for each in held(finding, facts)]
        return asked or titles
    if not gone:
        return titles
    seen = [each for each in titles if not _HOW.search(each.words)]
    named = any(map(_is_new_constant, effects))
    if any(_NEW_CODE.search(each.words) is None for each in seen) and not named:
        return seen[:_MOST]
    return [*seen[: _MOST - 1], _Title(unit, under(finding, gone), (told_by(finding),))]


def _is_done_no_more(effect: Effect) -> bool:
    """Tell whether something that code did goes, and not only code that nothing ran."""
    gone = bool(effect.before) and not effect.after
    does = effect.kind in {EffectKind.CALL, EffectKind.AWAIT, EffectKind.EXIT, EffectKind.CATCH}
    return gone and does and _LOGS.search(effect.name) is None


def _titles(effects: Sequence[Effect]) -> list[_Title]:
    """Return file and title of what changes and can be tested, the most telling first.

    What only goes needs no test of its own, and calls are told only where nothing else is.
    """
    seen = [effect for effect in effects if effect.after and effect.kind in _TOLD]
    ranked = sorted(seen, key=lambda each: _TOLD.index(each.kind))
    titled = [(each, title) for each in ranked if (title := _title(each))]
    told = [pair for pair in titled if pair[0].kind is not EffectKind.CALL] or titled
    told = [pair for pair in told if not _is_told_beside(pair[0], told)]
    told = [pair for pair in told if not _is_new_constant(pair[0])] or told
    titles: dict[tuple[str, str], _Title] = {}
    for each, words in told:
        titles.setdefault((each.file, words), _Title(each.file, words, (each.place,)))
    return list(titles.values())[:_MOST]


def _is_new_constant(effect: Effect) -> bool:
    """Tell whether a module only gives a value a name, of which no test sees more than that."""
    new = effect.kind is EffectKind.VALUE and not effect.before and not effect.inside
    return new and re.fullmatch(r"[A-Z][A-Z\d_]+", effect.name) is not None


def _is_told_beside(effect: Effect, told: Sequence[tuple[Effect, str]]) -> bool:
    """Tell whether another title says the same and more: how a catch ends, what a default is."""
    if effect.kind is EffectKind.EXIT and not effect.when:
        ends = effect.after.rstrip(";")
        return any(each.kind is EffectKind.CATCH and ends in each.after for each, _ in told)
    inside = {each.inside for each, _ in told if each.kind is EffectKind.VALUE}
    bare = [_DEFAULT.sub("", each) for each in (effect.before, effect.after)]
    same = bare[0].count(",") == bare[1].count(",")
    return effect.kind is EffectKind.SIGNATURE and effect.name in inside and same


def _title(effect: Effect) -> str:
    subject = f"{effect.inside}: " if effect.inside else ""
    if effect.kind is EffectKind.OTHER and effect.after == "?.":
        return f"{subject}goes on where {effect.name} is missing"
    if effect.kind in {EffectKind.OTHER, EffectKind.VALUE} and keeps_empty(effect):
        return f"{subject}keeps {f'a {effect.name}' if effect.name else 'a value'} of 0"
    if effect.kind is EffectKind.OTHER and effect.after == "if":
        return f"{subject}{effect.name} does not run unless {effect.when}"
    if effect.kind is EffectKind.EXIT and other_order(effect.was, effect.when):
        return ""
    if effect.kind is EffectKind.EXIT and effect.when.endswith("…"):
        return ""  # half a condition is none
    if effect.kind is EffectKind.EXIT and effect.before == effect.after and not effect.when:
        return ""  # what differs stands behind what is shown of it
    if effect.kind is EffectKind.EXIT and effect.after:
        when = f" when {effect.when}" if effect.when else ""
        return f"{subject}{_ending(effect.after)}{when}"
    if effect.kind is EffectKind.VALUE and effect.inside and timeout_of(effect) is not None:
        return f"{subject}gives up when no answer comes in time"
    if effect.kind is EffectKind.VALUE and (most := bound_of(effect)) is not None:
        return f"{subject}{effect.name} {most} is accepted and {most + 1} is refused"
    if effect.kind is EffectKind.VALUE and is_maximum(effect):
        return f"{subject}what is above {effect.name}, {effect.after}, is refused"
    if effect.kind is EffectKind.VALUE and effect.after:
        return f"{subject}{effect.name} is {effect.after}"
    if effect.kind is EffectKind.CALL and (least := least_of(effect)) is not None:
        return f"{subject}{least[1]} above {least[0]} is taken as {least[0]}"
    if effect.kind is EffectKind.CALL and (statuses := other_status(effect)) is not None:
        return f"{subject}answers {statuses[1]} instead of {statuses[0]}"
    known = exchanged(effect.before, effect.after) if effect.kind is EffectKind.CALL else None
    if known is not None and known.differs.lower().startswith("none"):
        return ""
    if known is not None and known.proof:
        return f"{subject}{known.proof}"
    if effect.kind is EffectKind.CALL and (limit := timeout_of(effect)) is not None:
        return f"{subject}gives up when {limit[0]} does not answer in time"
    reordered = other_order(effect.before, effect.after)
    if effect.kind is EffectKind.CALL and (reordered or other_operator(effect)):
        return ""
    if effect.kind is EffectKind.SIGNATURE and effect.before and effect.after:
        return f"{effect.name}: accepts {effect.after}"
    if effect.kind is EffectKind.CATCH and (guarded := guarded_statement(effect)):
        return f"{subject}{guarded[0]} does not run on an error unless {guarded[1]}"
    if effect.kind is EffectKind.CATCH and (added := added_statements(effect)):
        return f"{subject}{doing(added).replace('`', '')} when an error is caught"
    if effect.kind is EffectKind.CATCH and (told := other_errors(effect)):
        return f"{subject}{told[2]}" if told[2] else ""
    if effect.kind is EffectKind.CATCH and effect.after:
        ends = "passed on" if re.search(r"\b(?:throw|raise)\b", effect.after) else "not passed on"
        return f"{subject}an error inside is handled and {ends}"
    if effect.kind is EffectKind.AWAIT and not effect.before and _PLAIN.fullmatch(effect.name):
        ends = "" if effect.caught else " and passes on its error"
        return f"{subject}waits for {effect.name}{ends}"
    if effect.kind is EffectKind.CALL and effect.after and _PLAIN.fullmatch(effect.name):
        other = effect.before and not effect.after.startswith(f"{effect.name}(")
        old = f" instead of {effect.before}" if other else ""
        return f"{subject}calls {effect.after if effect.before else effect.name}{old}"
    return ""


def _ending(statement: str) -> str:
    verb, _, rest = statement.rstrip(";").partition(" ")
    said = {"return": "returns", "throw": "throws", "raise": "raises"}.get(verb, verb)
    rest = rest.removeprefix("new ")
    return f"{said} {rest}".strip() if rest else f"{said} early"


def _coverage(
    finding: Finding, facts: FindingFacts, scope: Scope, layout: Layout
) -> tuple[Followup, ...]:
    """Give each listed case to the tests of the unit that speaks most of it, else to the first."""
    files = [path for path in scope.files if layout.holds_tests(path)]
    cases = _cases(finding.fix)
    texts = {path: layout.text(_tested(path, scope)) for path in files}
    subject = finding.symbols[0] if finding.symbols else subject_of(finding, facts)
    about = f"{subject}: " if subject else ""
    wanted = [
        (_nearest(case, texts), f"{about}{one_sentence(case)}") for case in cases if case and files
    ]
    covered = {path for path, _ in wanted}
    wanted += [
        (path, f"{name}: its results and its errors")
        for path in files
        if path not in covered
        for name in _exported(layout.text(_tested(path, scope)))
    ]
    return tuple(dict.fromkeys(_entry(path, case, layout) for path, case in wanted))


def _cases(fix: str) -> list[str]:
    """Return the cases that a fix lists, behind a colon or behind *for*, each without its joint."""
    listed = _LISTED.search(fix)
    if listed is not None:
        return [_bare(each) for each in re.split(r"[,;]", listed[1])]
    covered = _COVER.match(fix) or _COVERED.search(fix)
    parts = [_bare(each) for each in _PARTS.split(covered["cases"])] if covered else []
    return [each for each in parts if each] if len(parts) > 1 else []


def _bare(case: str) -> str:
    return re.sub(r"^(?:and|or)\s+", "", case.strip(" .\n"))


def _exported(text: str) -> Iterable[str]:
    """Return the functions and classes that a unit hands out, the first ones."""
    script = re.findall(
        r"^export\s+(?:default\s+)?(?:async\s+)?(?:function\*?|class|const)\s+(\w+)", text, re.M
    )
    python = re.findall(r"^(?:async\s+)?(?:def|class)\s+([A-Za-z]\w*)", text, re.M)
    return (script or python)[:_MOST]


def _entry(
    test: str, case: str, layout: Layout, grounds: tuple[Ground, ...] = (AuditField.FIX,)
) -> Followup:
    return Followup(test, case, new=not layout.exists(test), grounds=grounds)


def _unit(facts: FindingFacts, scope: Scope) -> str:
    """Return the file whose behaviour changes: where the evidence is, else a declaration."""
    sources = [path for path in scope.files if has_runner(path) and not is_test(path)]
    declared = [each.file for symbol in facts.symbols for each in symbol.declarations]
    for path in (facts.evidence.file, *declared):
        if path in sources:
            return path
    return sources[0] if sources else ""


def _nearest(case: str, texts: Mapping[str, str]) -> str:
    words = re.findall(r"[a-z]{4,}", case.lower())
    return max(texts, key=lambda path: sum(word in texts[path].lower() for word in words))


def _tested(test: str, scope: Scope) -> str:
    stem = PurePosixPath(test).name.partition(".test")[0].partition(".spec")[0]
    return next((unit for unit in scope.units if PurePosixPath(unit).stem == stem), "the code")
