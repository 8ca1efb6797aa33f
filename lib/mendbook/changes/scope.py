"""What a finding's change is: its kind, the files it touches, and the lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code.diff import touched_lines
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout
from mendbook.model import (
    ChangeKind,
    Dimension,
    EvidenceStatus,
    Finding,
    FindingFacts,
    PlaceKind,
    Proposal,
)
from mendbook.repository.snapshot import Snapshot

Lines = tuple[tuple[int, int], ...]
"""1-based ranges, both ends inclusive."""

_BROAD = 40
"""Lines from which a range says where to look, and not which lines will change."""

_UNTESTED = re.compile(
    r"(?i)\b(?:(?:no|zero|missing|lacks?|without|insufficient|low)\s+(?:\w+\s+){0,2}?tests?\b"
    r"|(?:no|zero|missing|low)\s+(?:\w+\s+){0,2}?(?:test\s+)?coverage\b|untested\b)"
)
_FAULT = re.compile(
    r"(?i)\b(?:leaks?|leaked|crash(?:es)?|throws?|unhandled|race|collision|corrupt\w*|deadlock|"
    r"hangs?|unbounded|error handling|try/catch|double-close|poisons?)\b"
)
_DOCUMENT = re.compile(r"(?i)^\s*(?:document|describe|add (?:a )?(?:jsdoc|comments?|docs))\b")
_PATH = re.compile(r"[\w@.-]+(?:/[\w@.-]+)*\.[A-Za-z]\w*")
_CHORES = {".json", ".lock", ".yml", ".yaml", ".toml", ".example", ".env", ".ini", ".conf"}
_BY_DIMENSION = {
    Dimension.PERFORMANCE: ChangeKind.PERF,
    Dimension.REALTIME: ChangeKind.FIX,
    Dimension.SECURITY: ChangeKind.FIX,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What one finding's change is and touches."""

    kind: ChangeKind
    files: tuple[str, ...]
    """From the patch; without one, the files that the finding means."""
    lines: Mapping[str, Lines]
    """Lines of the audited tree that the change touches; a file that is not here is not known."""
    deletes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Source files that a change of kind ``test`` is to test."""


def scope_of(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    snapshot: Snapshot,
    layout: Layout,
) -> Scope:
    """Return the scope of ``finding``: by its proposal, else by what the repository says."""
    meant = _meant(finding, facts)
    wants_tests = bool(_UNTESTED.search(finding.problem)) and not _only_tests(meant)
    units = _units(facts, layout) if wants_tests else ()
    if proposal is not None and proposal.edits:
        files = tuple(sorted(proposal.edits))
        return Scope(
            kind=_kind(finding, files),
            files=files,
            lines=touched_lines(proposal, snapshot),
            deletes=tuple(path for path, text in proposal.edits.items() if text is None),
            units=units,
        )
    if wants_tests:
        return Scope(ChangeKind.TEST, _wanted_tests(finding, facts, layout), {}, units=units)
    kind, named = _kind(finding, meant), _named_by_fix(finding, snapshot)
    documents = tuple(path for path in named if _is_document(path))
    if kind is ChangeKind.DOCS and documents:
        return Scope(kind, documents, {})
    return Scope(kind, tuple(dict.fromkeys((*meant, *named))), _meant_lines(finding, facts))


def _named_by_fix(finding: Finding, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the tests and documents of the repository that the fix names by their whole path."""
    named = dict.fromkeys(path.removeprefix("./") for path in _PATH.findall(finding.fix))
    return tuple(
        path for path in named if path in snapshot and (is_test(path) or _is_document(path))
    )


def _is_document(path: str) -> bool:
    return path.endswith((".md", ".mdx", ".txt", ".rst"))


def _kind(finding: Finding, files: tuple[str, ...]) -> ChangeKind:
    if _only_tests(files) or (not files and _UNTESTED.search(finding.problem)):
        return ChangeKind.TEST
    if files and all(_is_document(path) for path in files):
        return ChangeKind.DOCS
    if files and all(_is_chore(path) for path in files):
        return ChangeKind.CHORE
    if _DOCUMENT.match(finding.fix):
        return ChangeKind.DOCS
    by_dimension = _BY_DIMENSION.get(finding.dimension, ChangeKind.REFACTOR)
    if by_dimension is not ChangeKind.FIX and _FAULT.search(f"{finding.problem} {finding.impact}"):
        return ChangeKind.FIX
    return by_dimension


def _only_tests(files: tuple[str, ...]) -> bool:
    return bool(files) and all(is_test(path) for path in files)


def _is_chore(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix in _CHORES or pure.name.startswith((".env", "Dockerfile", "Makefile"))


def _units(facts: FindingFacts, layout: Layout) -> tuple[str, ...]:
    """Return the source files to test: those that declare what it names, else all but barrels."""
    found = {declared.file for symbol in facts.symbols for declared in symbol.declarations}
    sources = [path for path in facts.files if not is_test(path) and not layout.is_barrel(path)]
    if not sources:
        return tuple(sorted(path for path in found if not is_test(path)))
    return tuple(path for path in sources if path in found) or tuple(sources)


def _wanted_tests(finding: Finding, facts: FindingFacts, layout: Layout) -> tuple[str, ...]:
    """Return the test files to write: those that the audit names, else where tests are kept."""
    named = [place.path for place in finding.places if place.kind is PlaceKind.FILE]
    tests = [path for path in named if is_test(path)]
    units = _units(facts, layout)
    return tuple(dict.fromkeys(tests or (layout.test_file(unit, facts.tests) for unit in units)))


def _meant(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    """Narrow a folder to the files where its symbols or its evidence were found, if any were."""
    if all(place.kind is PlaceKind.FILE for place in finding.places):
        return facts.files
    found = {declared.file for symbol in facts.symbols for declared in symbol.declarations}
    if facts.evidence.status in {EvidenceStatus.VERBATIM, EvidenceStatus.PARAPHRASE}:
        found.add(facts.evidence.file)
    return tuple(path for path in facts.files if path in found) or facts.files


def _meant_lines(finding: Finding, facts: FindingFacts) -> dict[str, Lines]:
    """Return where a change without a patch will be: its evidence, its symbols, or its lines."""
    evidence = facts.evidence
    spans: list[tuple[str, int, int | None]] = []
    if evidence.line:
        spans = [(evidence.file, evidence.line, evidence.end_line)]
    if not spans:
        declared = (each for symbol in facts.symbols for each in symbol.declarations)
        spans = [(each.file, each.line, each.end_line) for each in declared]
    if not spans:
        spans = [(each.path, each.line, each.end_line) for each in finding.places if each.line]
    found: dict[str, set[tuple[int, int]]] = {}
    for path, start, end in spans:
        if path in facts.files and (end or start) - start < _BROAD:
            found.setdefault(path, set()).add((start, end or start))
    return {path: tuple(sorted(each)) for path, each in found.items()}
