"""Which pull requests must come after which, and why.

A pull request is looked at beside those alone that share a file or a name with it: beside all of
them, thousands of findings would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mendbook.model import Dependency
from mendbook.planning.pull_requests.planned_changes import (
    PlannedChange,
    lines_meet,
    needed_names,
    removed_names,
)


@dataclass(frozen=True, slots=True)
class _Request:
    """The changes of one PR, and all that others can meet it in."""

    changes: Sequence[PlannedChange]
    files: tuple[str, ...]
    units: tuple[str, ...]
    """The files that its tests are about."""
    gone: frozenset[str]
    """The names that its fixes ask to remove."""
    used: frozenset[str]
    """The names that its fixes work with."""


@dataclass(slots=True)
class _Earlier:
    """The PRs before one, by number from 1, and by what they can be met in."""

    requests: list[_Request] = field(default_factory=list)
    by_file: dict[str, list[int]] = field(default_factory=dict)
    by_gone: dict[str, list[int]] = field(default_factory=dict)
    by_used: dict[str, list[int]] = field(default_factory=dict)

    def add(self, request: _Request) -> None:
        """Take the next PR."""
        self.requests.append(request)
        number = len(self.requests)
        for index, keys in (
            (self.by_file, request.files),
            (self.by_gone, request.gone),
            (self.by_used, request.used),
        ):
            for key in keys:
                index.setdefault(key, []).append(number)

    def near(self, request: _Request) -> list[int]:
        """Return the numbers of the PRs that ``request`` may meet, in order."""
        numbers: set[int] = set()
        for index, keys in (
            (self.by_file, (*request.files, *request.units)),
            (self.by_gone, request.used),
            (self.by_used, request.gone),
        ):
            for key in keys:
                numbers.update(index.get(key, ()))
        return sorted(numbers)


def dependencies(
    requests: Iterable[Sequence[PlannedChange]], adjacent: int
) -> tuple[tuple[Dependency, ...], ...]:
    """Return for each PR, given as its changes and in merge order, the earlier ones it follows.

    It follows one that it meets in the same or ``adjacent`` lines or the same symbol of a file, one
    that changes what it tests, and one that removes what it works with, or works with what it
    removes.
    """
    earlier = _Earlier()
    by_request = []
    for changes in requests:
        request = _read(changes)
        reasons = (
            (number, _reason(earlier.requests[number - 1], request, number, adjacent))
            for number in earlier.near(request)
        )
        by_request.append(tuple(Dependency(number, reason) for number, reason in reasons if reason))
        earlier.add(request)
    return tuple(by_request)


def _read(changes: Sequence[PlannedChange]) -> _Request:
    return _Request(
        changes,
        files=tuple(sorted({path for change in changes for path in change.scope.files})),
        units=tuple(sorted({unit for change in changes for unit in change.scope.units})),
        gone=frozenset(name for change in changes for name in removed_names(change)),
        used=frozenset(name for change in changes for name in needed_names(change)),
    )


def _reason(earlier: _Request, request: _Request, number: int, adjacent: int) -> str:
    reasons = (_meets(earlier, request, path, adjacent) for path in request.files)
    reason = next((each for each in reasons if each), "")
    tested = next((path for path in request.units if path in earlier.files), "")
    if tested and not reason:
        reason = f"it tests {tested}, which PR #{number} changes"
    return _clash(earlier, request, number) or reason


def _clash(earlier: _Request, request: _Request, number: int) -> str:
    """Return why two PRs cannot both be done as they are: one removes what the other works with."""
    settle = "settle first which of the two holds"
    if clash := min(request.gone & earlier.used, default=""):
        return f"it removes `{clash}`, which the fix of PR #{number} works with: {settle}"
    if clash := min(earlier.gone & request.used, default=""):
        return f"PR #{number} removes `{clash}`, which this fix works with: {settle}"
    return ""


def _meets(earlier: _Request, request: _Request, path: str, adjacent: int) -> str:
    """Return why two PRs that share ``path`` are ordered; empty where either may come first."""
    if path not in earlier.files:
        return ""
    if any(path in change.scope.deletes for change in earlier.changes):
        return f"it is about {path}, which that PR deletes"
    if any(path in change.scope.deletes for change in request.changes):
        return f"it deletes {path}, which that PR changes"
    pairs = [(left, right) for left in earlier.changes for right in request.changes]
    if any(lines_meet(left.scope, right.scope, path, adjacent) for left, right in pairs):
        return f"both touch the same lines of {path}"
    for left, right in pairs:
        known = path in left.scope.lines and path in right.scope.lines
        shared = set(left.finding.symbols) & set(right.finding.symbols)
        if shared and not known:
            return f"both change `{min(shared)}` in {path}"
    return ""
