"""What a finding's change is: its kind, the files it touches, and the lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.changes.clauses import steps
from mendbook.changes.named_code import declaring_files
from mendbook.changes.phrases import asserted, is_bare_code, keeps_behaviour
from mendbook.changes.symptoms import without_fault
from mendbook.code.diff import touched_lines
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout, has_runner
from mendbook.model import (
    ChangeKind,
    Dimension,
    EvidenceStatus,
    Finding,
    FindingFacts,
    PlaceKind,
    Proposal,
    Severity,
)
from mendbook.repository.snapshot import Snapshot

Lines = tuple[tuple[int, int], ...]
"""1-based ranges, both ends inclusive."""

_BROAD = 40
"""Lines from which a range says where to look, and not which lines will change."""

_UNTESTED = re.compile(
    r"(?i)\b(?:(?:no|zero|missing|lacks?|without|insufficient|low)\s+(?:\w+\s+){0,2}?tests?\b"
    r"|(?:no|zero|missing|low)\s+(?:\w+\s+){0,2}?(?:test\s+)?coverage\b|untested\b"
    r"|(?:no|nothing|nobody|not a|no single)\s(?:\w+\s){0,2}?(?:tests?|specs?|covers?)\b"
    r"|never tested)"
)
_ADDS_TESTS = re.compile(
    r"(?i)^\W*(?:(?:add|write|create|extend)\s+(?:an?\s|the\s|more\s"
    r"|some\s)?(?:\w+\s){0,3}?(?:tests?|specs?"
    r"|coverage)|test|cover)\b(?!.*[.;]\s+\w)"
)
"""Fixes that only bring tests."""
_FAULT = re.compile(
    r"(?i)\b(?:leaks?|leaked|crash(?:es)?|throws?|unhandled|race|collision|corrupt\w*|deadlock|"
    r"hangs?|unbounded|without bound|error handling|try/catch|double-close|poisons?|swallow\w*"
    r"|silently|ignored?|dereferenc\w*|raises?|answers? 5\d\d"
    r"|never (?:checked|closed|cleared|deleted|released|removed|awaited)"
    r"|wrong(?:ly)?"
    r"|lost|gone|vanish(?:es)?|stale|off by one|null pointer|panics?)\b"
)
_BEHAVING = {Dimension.CODE_QUALITY, Dimension.OTHER, Dimension.ARCHITECTURE}
"""Dimensions that say nothing of whether users see a change: its fix does."""
_GRAVE = {Severity.CRITICAL, Severity.HIGH}
_STRUCTURE = re.compile(
    r"(?i)\b(?:parameters?|constructor|modules?|singleton|class(?:es)?|interfaces?|inject\w*"
    r"|layers?"
    r"|shared|reuse\w*|single place|helper|utility|constants?|typings?|dependenc\w+|barrel"
    r"|consolidate)\b"
)
"""Words of fixes that are about how code is made, and not about what it does."""
_CALLERS = re.compile(
    r"(?i)\b(?:callers?|call ?sites?|usages|everywhere|all uses|every use|each use)\b"
    r"|^\W*(?:make|turn|convert)\b.*\basync\b|\b(?:new|another|additional|extra) (?:parameter"
    r"|argument)\b"
    r"|^\W*rename\b"
)
"""Fixes that reach the code which uses what they change."""
_RETURNS_ERROR = re.compile(
    r"(?i)^\W*return (?:the|its|an?) err(?:or)?\b|\breturn (?:the )?err(?:or)? to\b"
)
_AS_EXAMPLE = re.compile(
    r"(?i)\b(?:as(?: done| is)? in|like(?: in)?|see|cf\.?|such as|following|from|instead of"
    r"|as)\s+[`'\"]?$"
)
"""What stands before a path that is only looked at."""
_ERASES = re.compile(r"(?i)^\W*(?:remove|delete|drop)\b(?!.*\b(?:unused|dead|never used)\b)")
"""Fixes that take away what brings the fault."""
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
    untested = _UNTESTED.search(finding.problem) or (
        _ADDS_TESTS.match(finding.fix) and re.search(r"(?i)\b(?:test|spec|cover)", finding.problem)
    )
    wants_tests = bool(untested) and not _only_tests(meant)
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
        tests = _wanted_tests(finding, facts, layout)
        return Scope(ChangeKind.TEST, tests or meant, {}, units=units)
    kind, named = _kind(finding, meant), _named_by_fix(finding, snapshot)
    documents = tuple(path for path in named if _is_document(path))
    if kind is ChangeKind.DOCS and documents:
        return Scope(kind, documents, {})
    reached = (*declaring_files(finding, facts, snapshot), *_callers(finding, facts, snapshot))
    touched = tuple(dict.fromkeys((*meant, *named, *reached)))
    return Scope(kind, touched, _meant_lines(finding, facts))


def _named_by_fix(finding: Finding, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the files of the repository that the fix wants changed, by their paths."""
    paths: dict[str, None] = {}
    for match in _PATH.finditer(finding.fix):
        path = match[0].removeprefix("./")
        if path in snapshot and not _AS_EXAMPLE.search(finding.fix[: match.start()]):
            paths[path] = None
    return tuple(paths)


def _callers(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the files that use what changes, where the fix reaches them."""
    reached = _CALLERS.search(finding.fix) or (
        _RETURNS_ERROR.search(finding.fix) and _takes_no_error(facts, snapshot)
    )
    return tuple(dict.fromkeys(use.file for use in facts.uses)) if reached else ()


def _takes_no_error(facts: FindingFacts, snapshot: Snapshot) -> bool:
    """Tell whether a Go function that is to return an error has none among its results."""
    heads = [
        snapshot.text(each.file).splitlines()[each.line - 1]
        for symbol in facts.symbols
        for each in symbol.declarations
        if each.file.endswith(".go")
    ]
    return bool(heads) and not any("error" in head for head in heads)


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
    ends_fault = _ERASES.match(finding.fix) is not None and (
        finding.severity in _GRAVE or bool(without_fault(finding.impact))
    )
    if by_dimension is ChangeKind.FIX or (keeps_behaviour(finding.fix) and not ends_fault):
        return by_dimension
    if ends_fault or _FAULT.search(f"{finding.problem} {finding.impact}"):
        return ChangeKind.FIX
    behaves = is_bare_code(finding.fix) or any(
        (asserted(step) or without_fault(finding.impact)) and not _STRUCTURE.search(step)
        for step in steps(finding.fix)
    )
    told = finding.dimension in _BEHAVING
    if finding.dimension is Dimension.OTHER and finding.severity in _GRAVE:
        return ChangeKind.FIX  # nobody calls what only reads badly critical
    return ChangeKind.FIX if told and behaves else by_dimension


def _only_tests(files: tuple[str, ...]) -> bool:
    return bool(files) and all(is_test(path) for path in files)


def _is_chore(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix in _CHORES or pure.name.startswith((".env", "Dockerfile", "Makefile"))


def _units(facts: FindingFacts, layout: Layout) -> tuple[str, ...]:
    """Return the source files to test: those that declare what it names, else all but barrels."""
    files = {declared.file for symbol in facts.symbols for declared in symbol.declarations}
    code = [path for path in facts.files if has_runner(path) and not is_test(path)]
    sources = [path for path in code if not layout.is_barrel(path)]
    if not sources:
        return tuple(sorted(path for path in files if not is_test(path)))
    return tuple(path for path in sources if path in files) or tuple(sources)


def _wanted_tests(finding: Finding, facts: FindingFacts, layout: Layout) -> tuple[str, ...]:
    """Return the test files to write: those that the audit names, else where tests are kept."""
    named = [place.path for place in finding.places if place.kind is PlaceKind.FILE]
    tests = [path for path in named if is_test(path)]
    asked = (path.removeprefix("./") for path in _PATH.findall(finding.fix))
    tests = tests or [path for path in asked if has_runner(path) and is_test(path)]
    units = _units(facts, layout)
    return tuple(dict.fromkeys(tests or (layout.test_file(unit, facts.tests) for unit in units)))


def _meant(finding: Finding, facts: FindingFacts) -> tuple[str, ...]:
    """Narrow a folder to the files where its symbols or its evidence were found, if any were."""
    if all(place.kind is PlaceKind.FILE for place in finding.places):
        return facts.files
    files = {declared.file for symbol in facts.symbols for declared in symbol.declarations}
    if facts.evidence.status in {EvidenceStatus.VERBATIM, EvidenceStatus.PARAPHRASE}:
        files.add(facts.evidence.file)
    return tuple(path for path in facts.files if path in files) or facts.files


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
    by_path: dict[str, set[tuple[int, int]]] = {}
    for path, start, end in spans:
        if path in facts.files and (end or start) - start < _BROAD:
            by_path.setdefault(path, set()).add((start, end or start))
    return {path: tuple(sorted(each)) for path, each in by_path.items()}
