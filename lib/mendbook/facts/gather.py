"""Gather what the repository says about each finding of an audit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Protocol

from mendbook.code.switches import case_of
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.facts.evidence import find_evidence
from mendbook.facts.receivers import without_other_types
from mendbook.model import (
    Audit,
    EntryPoint,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Owner,
    Place,
    PlaceKind,
    SymbolReferences,
)
from mendbook.repository.codeowners import Rule, read_rules
from mendbook.repository.history import History, read_history
from mendbook.repository.owners import owner_of
from mendbook.repository.past import what_became_of_file, what_became_of_line
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import Target
from mendbook.text.globs import matches
from mendbook.text.plain import without_ticks

MAX_FILES = 40
"""Files that one directory or pattern stands for; more would say nothing about the finding."""


class KnownReferences(Protocol):
    """What facts need of ``references.References``."""

    @property
    def by_finding(self) -> Mapping[str, tuple[SymbolReferences, ...]]:
        """Uses of each symbol that a finding names, by finding id."""
        ...

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import or re-export ``file``, sorted."""
        ...

    def entry_points(self, finding_id: str) -> tuple[EntryPoint, ...]:
        """Return the events and routes that reach the finding's code."""
        ...


def gather_facts(
    audit: Audit, target: Target, references: KnownReferences
) -> tuple[FindingFacts, ...]:
    """Return what ``target`` says about each finding of ``audit``, in the audit's order.

    The places of the findings are those of the tree, as ``intake.resolve_places`` finds them.
    """
    rules = read_rules(target.snapshot)
    history = read_history(target)
    return tuple(_facts(finding, target, references, rules, history) for finding in audit.findings)


def blank_facts(audit: Audit) -> tuple[FindingFacts, ...]:
    """Return facts for a plan without a repository: each one says that nothing was looked at."""
    unread = "no repository was given, so nothing was looked up"
    return tuple(
        FindingFacts(
            finding_id=finding.id,
            files=(),
            evidence=Evidence(EvidenceStatus.UNCHECKED, how=unread),
            owner=_owner_without(finding),
            notes=(unread,),
        )
        for finding in audit.findings
    )


def _owner_without(finding: Finding) -> Owner:
    return owner_of([place.path for place in finding.places], (), History())


def _facts(
    finding: Finding,
    target: Target,
    references: KnownReferences,
    rules: tuple[Rule, ...],
    history: History,
) -> FindingFacts:
    snapshot = target.snapshot
    files, missing, notes = _resolve(finding, snapshot)
    named_uses = references.by_finding.get(finding.id, ())
    symbols = tuple(without_other_types(each, snapshot) for each in named_uses)
    importers = sorted({path for file in files for path in references.importers(file)} - set(files))
    named = files or tuple(place.path for place in finding.places)
    evidence = find_evidence(finding, files, symbols, snapshot)
    case, case_line = _case(evidence, snapshot)
    return FindingFacts(
        finding_id=finding.id,
        files=files,
        missing=missing,
        symbols=symbols,
        evidence=_with_past(evidence, finding, missing, target),
        owner=owner_of(named, rules, history),
        exposure=tuple(
            each for each in references.entry_points(finding.id) if not is_test(each.file)
        ),
        commits=history.commits(files),
        fan_in=sum(not is_test(path) for path in importers),
        tests=tuple(path for path in importers if is_test(path)),
        notes=notes,
        case=case,
        case_line=case_line,
    )


def _case(evidence: Evidence, snapshot: Snapshot) -> tuple[str, int]:
    """Return the case of a switch that the evidence stands in, and its line."""
    text = snapshot.get(evidence.file) if evidence.line else None
    case = case_of(evidence.file, text, evidence.line) if text and evidence.line else None
    return case or ("", 0)


def _with_past(
    evidence: Evidence, finding: Finding, missing: tuple[str, ...], target: Target
) -> Evidence:
    """Say what became of the file, or of the quoted line, that this commit does not have."""
    if evidence.status is EvidenceStatus.NO_FILE and missing:
        return replace(evidence, past=what_became_of_file(target, missing[0]))
    if evidence.status is EvidenceStatus.ABSENT and evidence.file:
        quoted = without_ticks(finding.evidence)
        return replace(evidence, past=what_became_of_line(target, evidence.file, quoted))
    return evidence


# --- places ------------------------------------------------------------------------------------


def _resolve(
    finding: Finding, snapshot: Snapshot
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return existing files, missing places, and notes on what was left out or not read."""
    files: dict[str, None] = {}
    missing: list[str] = []
    notes: list[str] = []
    for place in finding.places:
        paths, note = _files(place, finding, snapshot)
        files.update(dict.fromkeys(paths))
        if note:
            notes.append(note)
        if not paths and not snapshot.why_unread(place.path):
            missing.append(place.path)
    return tuple(files), tuple(dict.fromkeys(missing)), tuple(notes)


def _files(place: Place, finding: Finding, snapshot: Snapshot) -> tuple[list[str], str]:
    path = place.path
    if place.kind is PlaceKind.OUTSIDE:
        return [], f"{path} is outside the repository and was not looked at"
    if path in snapshot:
        return [path], ""
    if why := snapshot.why_unread(path):
        return [], why
    if place.kind is PlaceKind.PATTERN:
        return _capped(path, [file for file in snapshot.files if matches(file, path)])
    if below := _sources(snapshot.under(path)):
        return _narrowed(path, below, finding)
    return [], ""


def _sources(paths: Iterable[str]) -> list[str]:
    """Return the source files of ``paths``, or all when none is source."""
    every = list(paths)
    return [path for path in every if is_source(path)] or every


def _narrowed(folder: str, below: list[str], finding: Finding) -> tuple[list[str], str]:
    """Keep the files of ``folder`` that the finding's text names, if it names any."""
    said = " ".join((finding.problem, finding.evidence, finding.fix, finding.function))
    named = [path for path in below if _mentions(said, PurePosixPath(path).name)]
    if named:
        return named, f"{folder} was narrowed to the files that the finding names"
    return _capped(folder, below)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?!\w)", text) is not None


def _capped(what: str, files: list[str]) -> tuple[list[str], str]:
    if len(files) <= MAX_FILES:
        return files, ""
    return files[:MAX_FILES], f"{what} holds {len(files)} files; the first {MAX_FILES} are listed"
