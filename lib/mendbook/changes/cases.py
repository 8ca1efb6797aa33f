"""Which test cases a change calls for, each at the file that should hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from mendbook.changes.scope import Scope
from mendbook.changes.wording import intention, lowered, one_sentence
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout
from mendbook.code.trees import is_source
from mendbook.model import Finding, FindingFacts, Proposal

_ABSENCE = re.compile(r"(?i)^(?:there (?:is|are) )?(?:no|missing|lacks|lack of|zero)\s+(?=\w)")
_LISTED = re.compile(r"(?i)\b(?:covering|cover|for|cases?|(?:test|spec)\.\w+)\s*:\s*(.+)$", re.S)
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
    of documents, configuration files and barrels call for none: nothing of theirs runs.
    """
    if proposal is not None and proposal.tests:
        return proposal.tests
    if scope.kind == "test":
        return _coverage(finding, scope, layout)
    unit = _unit(facts, scope) if scope.kind not in {"docs", "chore"} else ""
    if not unit or layout.is_barrel(unit):
        return ()
    return (_entry(layout.test_file(unit, facts.tests), _case(finding, scope.kind), layout),)


def _coverage(finding: Finding, scope: Scope, layout: Layout) -> tuple[str, ...]:
    """Give each listed case to the tests of the unit that speaks most of it, else to the first."""
    listed = _LISTED.search(finding.fix)
    files = [path for path in scope.files if is_test(path)]
    cases = [case.strip(" .") for case in re.split(r"[,;]", listed[1])] if listed else []
    texts = {path: layout.text(_tested(path, scope)) for path in files}
    wanted = [(_nearest(case, texts), case) for case in cases if case and files]
    covered = {path for path, _ in wanted}
    wanted += [
        (path, f"covers what {_tested(path, scope)} exports")
        for path in files
        if path not in covered
    ]
    return tuple(dict.fromkeys(_entry(path, case, layout) for path, case in wanted))


def _entry(test: str, case: str, layout: Layout) -> str:
    return f"{test} — {case}" if layout.exists(test) else f"{test} — {case} (new file)"


def _unit(facts: FindingFacts, scope: Scope) -> str:
    """Return the file whose behaviour changes: where the evidence is, else a declaration."""
    sources = [path for path in scope.files if is_source(path) and not is_test(path)]
    declared = [each.file for symbol in facts.symbols for each in symbol.declarations]
    for path in (facts.evidence.file, *declared):
        if path in sources:
            return path
    return sources[0] if sources else ""


def _case(finding: Finding, kind: str) -> str:
    problem = _FIRST.sub("", one_sentence(finding.problem))
    if kind != "fix":
        return f"covers “{intention(finding)}”"
    if _ABSENCE.match(problem):
        return f"has {_ABSENCE.sub('', problem)}"
    return f"no longer: {lowered(problem)}"


def _nearest(case: str, texts: Mapping[str, str]) -> str:
    words = re.findall(r"[a-z]{4,}", case.lower())
    return max(texts, key=lambda path: sum(word in texts[path].lower() for word in words))


def _tested(test: str, scope: Scope) -> str:
    stem = PurePosixPath(test).name.partition(".test")[0].partition(".spec")[0]
    return next((unit for unit in scope.units if PurePosixPath(unit).stem == stem), "the code")
