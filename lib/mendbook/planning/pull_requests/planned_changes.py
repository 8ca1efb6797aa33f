"""One finding's change as planning sees it, and which changes meet in the same lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.changes.clauses import steps
from mendbook.changes.scope import Scope, scope_of
from mendbook.code.test_layout import layout_of
from mendbook.model import Decision, Estimate, Finding, FindingFacts, Priority, Proposal, Proposed
from mendbook.repository.snapshot import Snapshot

_GROUPS = {"domains", "domain", "modules", "features", "packages", "apps", "services"}
_ROOTS = {
    *("src", "lib", "app", "internal", "pkg", "cmd"),
    *("test", "tests", "__tests__", "unit", "unit-tests", "integration", "e2e"),
}


_HALVES = {"backend", "frontend", "server", "client"}
"""Halves of an application: what is below them says what the code is about."""
_JVM = re.compile(r"(?:.*/)?src/\w+/(?:java|kotlin|scala|groovy|resources)/")
"""Where Gradle and Maven look for sources: what stands above says nothing of the code."""
_REMOVES = re.compile(r"(?i)^\W*(?:remove|delete|drop|inline|un-?export)\b")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_REMOVED = re.compile(
    rf"{_REMOVES.pattern}\s+(?:(?:the|its|all|both|unused|dead|deprecated|old|public|exported|export"
    r"|methods?|functions?|class(?:es)?|constants?|fields?|propert(?:y|ies)|helpers?|options?|aliase?s?"
    rf"|types?|interfaces?)\s+)*((?:`?{_NAME.pattern}(?:\(\))?`?(?:,\s*|\s+and\s+)?)+)"
)
"""An order to remove names themselves, and not something at them."""
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|\w_\w")
"""Names of several words: no sentence has them by chance."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One finding with all that decides which PR it goes to."""

    finding: Finding
    decision: Decision
    estimate: Estimate
    proposal: Proposal | None
    scope: Scope
    domain: str
    owner: str

    @property
    def band(self) -> Priority:
        """The finding's priority."""
        return self.decision.priority


def read_changes(
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    estimates: Sequence[Estimate],
    facts: Sequence[FindingFacts],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
) -> tuple[PlannedChange, ...]:
    """Return one change for each finding, most urgent first."""
    decision_of = {each.finding_id: each for each in decisions}
    estimate_of = {each.finding_id: each for each in estimates}
    facts_of = {each.finding_id: each for each in facts}
    proposal_of = {each.finding_id: each.proposal for each in proposed}
    layout = layout_of(snapshot)
    changes = []
    for finding in sorted(findings, key=lambda each: decision_of[each.id].rank):
        its, proposal = facts_of[finding.id], proposal_of.get(finding.id)
        scope = scope_of(finding, its, proposal, snapshot, layout)
        named = scope.units or its.files or scope.files or _places(finding)
        changes.append(
            PlannedChange(
                finding=finding,
                decision=decision_of[finding.id],
                estimate=estimate_of[finding.id],
                proposal=proposal,
                scope=scope,
                domain=_most(domain(path) for path in named),
                owner=its.owner.name,
            )
        )
    return tuple(changes)


def domain(path: str) -> str:
    """Return the part of the system that ``path`` belongs to.

    ``media`` for ``src/domains/media/x.ts``, the package ``stone`` for
    ``src/main/java/org/mill/stone/X.java``, else the folder below ``src`` or ``tests``, else the
    top folder; ``repo`` for a file at the top.
    """
    parts = [part for part in path.split("/") if part not in {"", "."}]
    folders = [part.strip("()[]@") for part in (parts if path.endswith("/") else parts[:-1])]
    if _JVM.match(path):
        return folders[-1]
    for place, folder in enumerate(folders[:-1]):
        if folder in _GROUPS:
            return folders[place + 1]
    while folders and (folders[0] in _ROOTS or (folders[0] in _HALVES and len(folders) > 1)):
        folders = folders[1:]
    if folders:
        return folders[0].lstrip(".")
    return PurePosixPath(parts[-1]).stem.split(".")[0] if len(parts) > 1 else "repo"


def alike_key(change: PlannedChange) -> str:
    """Return what findings share that ask for one fix in one folder; empty without a fix."""
    asked = " ".join(change.finding.fix.lower().split())
    if not asked:
        return ""
    rules = ",".join(sorted({origin.rule for origin in change.finding.origins if origin.rule}))
    first = next(iter(change.scope.files), "")
    return "\0".join((rules, asked, PurePosixPath(first).parent.as_posix(), change.scope.kind))


def removed_names(change: PlannedChange) -> frozenset[str]:
    """Return the names that the finding's fix asks to remove, its clauses read one by one."""
    matches = (_REMOVED.match(clause) for clause in steps(change.finding.fix))
    return frozenset(name for each in matches if each is not None for name in _names(each[1]))


def needed_names(change: PlannedChange) -> frozenset[str]:
    """Return the names that the fix works with: those of its clauses that remove nothing."""
    clauses = [each for each in steps(change.finding.fix) if not _REMOVES.match(each)]
    return frozenset(name for clause in clauses for name in _names(clause))


def _names(clause: str) -> Iterator[str]:
    """Yield the names of code in a clause, of members the last part: no plain word is one."""
    for match in _NAME.finditer(clause):
        own = match[0].rpartition(".")[2]
        if _DISTINCT.search(own):
            yield own


def same_lines(changes: Sequence[PlannedChange], adjacent: int) -> tuple[frozenset[int], ...]:
    """Return the sets of indices into ``changes`` whose lines meet, directly or through others.

    Two patches meet when at most ``adjacent`` untouched lines lie between them, two changes that
    are not written yet only where their lines are the same: the lines are a guess. A patch does not
    wait in one set with what is not written, nor do changes of two domains meet, each to be
    reviewed by its own people. Every index is in exactly one set.
    """
    parent = list(range(len(changes)))
    for left, right in _meeting(changes, adjacent):
        parent[_root(parent, left)] = _root(parent, right)
    sets: dict[int, set[int]] = {}
    for index in range(len(changes)):
        sets.setdefault(_root(parent, index), set()).add(index)
    return tuple(frozenset(each) for each in sets.values())


def lines_meet(left: Scope, right: Scope, path: str, adjacent: int) -> bool:
    """Tell whether both scopes touch the same or adjacent lines of ``path``."""
    return any(
        start <= other_end + adjacent + 1 and other_start <= end + adjacent + 1
        for start, end in left.lines.get(path, ())
        for other_start, other_end in right.lines.get(path, ())
    )


def _meeting(changes: Sequence[PlannedChange], adjacent: int) -> Iterable[tuple[int, int]]:
    """Sweep each file's ranges by their start, so that many findings on one file stay cheap."""
    spans: dict[tuple[str, str, bool], list[tuple[int, int, int]]] = {}
    for index, change in enumerate(changes):
        written = change.proposal is not None
        for path, lines in change.scope.lines.items():
            alike = spans.setdefault((change.domain, path, written), [])
            alike.extend((start, end, index) for start, end in lines)
    for (_, _, written), ranges in spans.items():
        gap = adjacent + 1 if written else 0
        reach, holder = -gap - 1, -1
        for start, end, index in sorted(ranges):
            if holder >= 0 and start <= reach + gap:
                yield holder, index
            if end >= reach:
                reach, holder = end, index


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _places(finding: Finding) -> tuple[str, ...]:
    return tuple(place.path for place in finding.places)


def _most(names: Iterable[str]) -> str:
    counted: Mapping[str, int] = Counter(names)
    return max(counted, key=lambda name: counted[name]) if counted else ""
