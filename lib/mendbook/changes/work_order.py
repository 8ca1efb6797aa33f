"""What to do where there is no patch: the decision, the steps with their places, what must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.changes.clauses import alternatives, steps
from mendbook.changes.held import fault_gone, held
from mendbook.changes.imperatives import says_what_it_does
from mendbook.changes.phrases import one_sentence
from mendbook.changes.symptoms import without_fault
from mendbook.changes.syntax_kinds import Kinds, kinds_of
from mendbook.facts.parted import has_parted
from mendbook.model import (
    AuditField,
    Citation,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Ground,
    Said,
    SymbolStatus,
    WorkOrder,
    WorkPlace,
    WorkStep,
)
from mendbook.repository.snapshot import Snapshot
from mendbook.text.phrasing import sentence

_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_PATH = re.compile(r"[\w@./-]+\.[A-Za-z]\w*")
_PLAIN_WORD = re.compile(r"[a-z]+|[A-Z]?[a-z]+")
_FIRST = re.compile(r"(?<=[.!?])\s")
_WRAPPERS = {"decorated_definition", "export_statement"}
"""What stands around a definition and begins before it."""
_MOST = 4


def work_order(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> WorkOrder:
    """Return the work order of a finding that has no patch."""
    declared = dict(_declared(facts, snapshot))
    around = _around(finding, facts, snapshot)
    choices = alternatives(finding.fix)
    clauses = () if choices else steps(finding.fix)
    made = tuple(WorkStep(words, _places(words, declared, snapshot)) for words in clauses)
    if choices and around:
        made = (WorkStep("Carry out what is decided", around),)
    if made and not any(step.places for step in made):
        made = (WorkStep(made[0].words, around), *made[1:])
    elif around and made and not set(around) & {place for step in made for place in step.places}:
        made = (WorkStep(made[0].words, (*around, *made[0].places)[:_MOST]), *made[1:])
    return WorkOrder(
        choices, made, _afterwards(finding, facts, declared, around), _unknown(finding, facts)
    )


def _declared(facts: FindingFacts, snapshot: Snapshot) -> Iterator[tuple[str, WorkPlace]]:
    """Yield names that the finding's files and symbols declare, each with its place."""
    for path in facts.files:
        for each in _functions(path, snapshot.get(path) or ""):
            place = WorkPlace(path, each.line, each.name)
            yield each.name, place
            yield each.name.rpartition(".")[2], place
    for symbol in facts.symbols:
        for declared in symbol.declarations[:1]:
            place = WorkPlace(declared.file, declared.line, symbol.symbol)
            yield symbol.symbol, place
            yield symbol.symbol.rpartition(".")[2], place


@dataclass(frozen=True, slots=True)
class _Named:
    """A function or class and its 1-based lines, decorators included."""

    name: str
    line: int
    first: int
    last: int


@lru_cache(maxsize=1024)
def _functions(path: str, text: str) -> tuple[_Named, ...]:
    """Return the functions and classes of a file, in the order of the text."""
    kinds = kinds_of(path)
    if kinds is None:
        return ()
    return tuple(_named(kinds.parse(text), kinds))


def _named(root: SgNode, kinds: Kinds) -> Iterator[_Named]:
    """Yield what has a name; a language need not have every kind."""
    for node in kinds.named_in(root):
        if name := kinds.name_of(node):
            outer = node.parent()
            whole = outer if outer is not None and outer.kind() in _WRAPPERS else node
            span = whole.range()
            yield _Named(name, node.range().start.line + 1, span.start.line + 1, span.end.line + 1)


def _around(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> tuple[WorkPlace, ...]:
    """Return each line that the finding names, with the function around it.

    Where the code that it quotes has moved, or no line is named, that is the quote's.
    """
    quoted = facts.evidence.file if has_parted(finding, facts.evidence) else ""
    spots = [(place.path, place.line) for place in finding.places if place.line]
    spots = [spot for spot in spots if spot[0] != quoted]
    if facts.evidence.line and (quoted or not spots):
        spots.insert(0, (facts.evidence.file, facts.evidence.line))
    shown = []
    for path, line in spots:
        known = _functions(path, snapshot.get(path) or "")
        inside = [each for each in known if each.first <= line <= each.last]
        shown.append(WorkPlace(path, line, inside[-1].name if inside else ""))
    return tuple(dict.fromkeys(shown))[:_MOST]


def _places(
    words: str, declared: Mapping[str, WorkPlace], snapshot: Snapshot
) -> tuple[WorkPlace, ...]:
    """Return the places that a clause names: declared names, and files that are there."""
    names = [name for name in _NAME.findall(words) if name in declared]
    distinct = [name for name in names if not _PLAIN_WORD.fullmatch(name) or f"`{name}" in words]
    places = [declared[name] for name in distinct]
    for path in _PATH.findall(words):
        called = _by_name(snapshot).get(path.rpartition("/")[2], ())
        endings = [file for file in called if file == path or file.endswith(f"/{path}")]
        places += [WorkPlace(endings[0])] if len(endings) == 1 else []
    return tuple(dict.fromkeys(places))[:_MOST]


@lru_cache(maxsize=2)
def _by_name(snapshot: Snapshot) -> Mapping[str, list[str]]:
    """Map the names of files to the files, without their folders."""
    by_name: dict[str, list[str]] = {}
    for path in snapshot.files:
        by_name.setdefault(path.rpartition("/")[2], []).append(path)
    return by_name


def _afterwards(
    finding: Finding,
    facts: FindingFacts,
    declared: Mapping[str, WorkPlace],
    around: tuple[WorkPlace, ...],
) -> tuple[Said, ...]:
    """Return what holds once it is done; each rests on words of the audit and on the code's line.

    That line is where the sentence's subject is declared, else the one that the finding names.
    """
    told, gone = held(finding, facts), fault_gone(finding)
    seen = AuditField.IMPACT if without_fault(finding.impact) else AuditField.PROBLEM
    spots = tuple(Citation(place.file, place.line) for place in around)

    def grounds(said: str, field: AuditField) -> tuple[Ground, ...]:
        subject = said.partition(": ")[0] if ": " in said else ""
        names = (name for name in _NAME.findall(said) if not _PLAIN_WORD.fullmatch(name))
        places = [declared[name] for name in (subject, *names) if name in declared]
        own = tuple(Citation(place.file, place.line) for place in places)
        return (field, *(own or spots)[:1])

    sentences = [
        Said(_whole(said), grounds(said, seen if gone and gone in said else AuditField.FIX))
        for said in told
    ]
    if finding.repro.strip():
        steps_said = one_sentence(finding.repro)
        words = f"Following the audit's steps no longer shows it: “{steps_said}”."
        sentences.append(Said(words, (AuditField.REPRO, *spots[:1])))
    elif finding.impact.strip() and not (gone and any(gone in said for said in told)):
        first = _FIRST.split(one_sentence(finding.impact))[0].rstrip(".")
        words = f"What the audit saw is gone: {first}."
        sentences.append(Said(words, (AuditField.IMPACT, *spots[:1])))
    return tuple(sentences)


def _whole(said: str) -> str:
    """Return what holds as a sentence; a title leaves out who does it where the code says it."""
    subject, colon, rest = said.partition(": ")
    if colon and not re.search(r"\s", subject):
        return f"`{subject}` {rest}." if says_what_it_does(rest) else sentence(rest)
    return f"The code {said}." if says_what_it_does(said) else sentence(said)


def _unknown(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    unknowns = []
    if finding.evidence.strip() and facts.evidence.status is EvidenceStatus.ABSENT:
        unknowns.append(f"The code that the audit quotes is not in this commit{_past(facts)}.")
    for number, path in enumerate(facts.missing):
        past = "" if number or facts.evidence.status is EvidenceStatus.ABSENT else _past(facts)
        unknowns.append(f"{path} is not in this commit{past}.")
    unknowns += [
        f"Where `{symbol.symbol}` is used: {symbol.reason}."
        for symbol in facts.symbols
        if symbol.status is SymbolStatus.MISSING and symbol.reason
    ]
    if not finding.fix.strip():
        unknowns.append("What to do: the audit asks for nothing.")
    return tuple(unknowns)


def _past(facts: FindingFacts) -> str:
    return f": {facts.evidence.past}" if facts.evidence.past else ""
