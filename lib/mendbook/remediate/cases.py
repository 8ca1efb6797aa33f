"""Which test cases a change calls for, each at the file that should hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from mendbook.model import Finding, FindingFacts, Proposal
from mendbook.remediate.layout import Layout
from mendbook.remediate.scope import Scope
from mendbook.repository.facts import is_test
from mendbook.repository.syntax import is_source

_ABSENCE = re.compile(r"(?i)^(?:there (?:is|are) )?(?:no|missing|lacks|lack of|zero)\s+(?=\w)")
_LISTED = re.compile(r"(?i)\b(?:covering|cover|for|cases?)\s*:\s*(.+)$", re.S)
_FIRST = re.compile(r"(?:[.;]\s|\s[—–]\s).*", re.S)


def tests_required(
    finding: Finding,
    facts: FindingFacts,
    proposal: Proposal | None,
    scope: Scope,
    layout: Layout,
) -> tuple[str, ...]:
    """Return ``test file — test case`` for what must hold after the change.

    What the patch itself asks for comes first. Else the case is made from the finding's own words,
    in the existing test file of the code or where the repository's layout puts a new one. Changes
    of documents and of configuration files call for none.
    """
    if proposal is not None and proposal.tests:
        return proposal.tests
    if scope.kind == "test":
        return _coverage(finding, scope, layout)
    unit = _unit(facts, scope)
    if not unit:
        return ()
    new = "" if layout.exists(layout.test_file(unit, facts.tests)) else " (new file)"
    return (f"{layout.test_file(unit, facts.tests)}{new} — {_case(finding, scope.kind)}",)


def _coverage(finding: Finding, scope: Scope, layout: Layout) -> tuple[str, ...]:
    """Give each listed case to the test file whose name it shares most with, else to the first."""
    listed = _LISTED.search(finding.fix)
    files = [path for path in scope.files if is_test(path)]
    cases = [case.strip(" .") for case in re.split(r"[,;]", listed[1])] if listed else []
    entries = [f"{_nearest(case, files)} — {case}" for case in cases if case and files]
    covered = {entry.partition(" — ")[0] for entry in entries}
    for path in files:
        if path not in covered:
            new = "" if layout.exists(path) else " (new file)"
            entries.append(f"{path}{new} — covers what {_tested(path, scope)} exports")
    return tuple(dict.fromkeys(entries))


def _unit(facts: FindingFacts, scope: Scope) -> str:
    """Return the file whose behaviour changes: where the evidence is, else a declaration."""
    sources = [path for path in scope.files if is_source(path) and not is_test(path)]
    declared = [each.file for symbol in facts.symbols for each in symbol.declarations]
    for path in (facts.evidence.file, *declared):
        if path in sources:
            return path
    return sources[0] if sources else ""


def _case(finding: Finding, kind: str) -> str:
    problem = _FIRST.sub("", " ".join(finding.problem.split())).rstrip(".")
    if kind != "fix":
        fix = _FIRST.sub("", " ".join(finding.fix.split())).rstrip(".")
        return f"behaves as before: {_lower(fix or problem)}"
    if _ABSENCE.match(problem):
        return f"has {_ABSENCE.sub('', problem)}"
    return f"no longer: {_lower(problem)}"


def _nearest(case: str, files: Sequence[str]) -> str:
    words = set(re.findall(r"[a-z]{4,}", case.lower()))
    return max(
        files,
        key=lambda path: len([word for word in words if word in PurePosixPath(path).name.lower()]),
    )


def _tested(test: str, scope: Scope) -> str:
    stem = PurePosixPath(test).name.partition(".test")[0].partition(".spec")[0]
    return next((unit for unit in scope.units if PurePosixPath(unit).stem == stem), "the code")


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text
