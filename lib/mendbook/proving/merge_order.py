"""Try pull requests in their order, alone on what they depend on, and pairwise in both orders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mendbook.model import Check, CheckStatus, Dependency, Patch, PullRequest
from mendbook.proving.scratch import Scratch

COMMUTES = "commutes"


@dataclass(slots=True)
class MergeOrder:
    """The trees that pull requests make of the audited one, and the dependencies that they need.

    ``requests`` are in merge order; ``patches`` maps a finding to its patch. Dependencies that are
    found are added to the later request, with the reason, and counted from then on.
    """

    scratch: Scratch
    base: str
    """The audited tree."""
    requests: Sequence[PullRequest]
    patches: Mapping[str, Patch]
    added: dict[int, list[Dependency]] = field(default_factory=dict)

    def series(self, number: int) -> tuple[Patch, ...]:
        """Return the patches of a request that are in series, in their order."""
        names = self._request(number).finding_ids
        mine = (self.patches[name] for name in names if name in self.patches)
        return tuple(patch for patch in mine if patch.in_series)

    def dependencies(self, number: int) -> tuple[Dependency, ...]:
        """Return what a request comes after: as planned, then as added."""
        return (*self._request(number).depends_on, *self.added.get(number, ()))

    def closure(self, number: int) -> tuple[int, ...]:
        """Return every request that ``number`` comes after, directly or not, in merge order."""
        seen: set[int] = set()
        waiting = [each.on for each in self.dependencies(number)]
        while waiting:
            other = waiting.pop()
            if other not in seen and other != number:
                seen.add(other)
                waiting += [each.on for each in self.dependencies(other)]
        return self._sorted(seen)

    def in_order(self) -> dict[int, str | None]:
        """Return, for each request, the tree after it and all before it; None where one fails."""
        trees: dict[int, str | None] = {}
        tree: str | None = self.base
        for request in self.requests:
            tree = self.on(tree, (request.number,))
            trees[request.number] = tree
        return trees

    def before(self, number: int) -> str | None:
        """Return the audited tree with all that ``number`` depends on."""
        return self.on(self.base, self.closure(number))

    def alone(self, number: int) -> str | None:
        """Return ``before`` with the request itself."""
        return self.on(self.before(number), (number,))

    def on(self, tree: str | None, numbers: Iterable[int]) -> str | None:
        """Return ``tree`` with the patches of the requests, or None where one does not apply."""
        for number in numbers:
            for patch in self.series(number):
                tree = self.patched(tree, patch)
        return tree

    def patched(self, tree: str | None, patch: Patch) -> str | None:
        """Return ``tree`` with ``patch``, merged as git merges branches where lines moved."""
        if tree is None:
            return None
        strictly = self.scratch.applied(tree, patch.diff)
        return strictly or self.scratch.applied(tree, patch.diff, "--3way")

    def reverted(self, tree: str | None, numbers: Sequence[int]) -> str | None:
        """Return ``tree`` with the requests' patches taken back, the last one first."""
        for number in reversed(numbers):
            for patch in reversed(self.series(number)):
                if tree is None:
                    return None
                tree = self.scratch.applied(tree, patch.diff, "--reverse")
        return tree

    def add(self, number: int, on: int, reason: str) -> None:
        """Record that ``number`` comes after ``on``."""
        self.added.setdefault(number, []).append(Dependency(on, reason))

    def settle(self, number: int) -> Check:
        """Return whether a request commutes with each earlier one that it does not depend on.

        Where it does not, and where it does not apply without an earlier one, the dependency is
        added. Requests without a common file commute: no line of one stands in the other's files.
        """
        earlier = self.numbers_before(number)
        needed = self._make_applicable(number, earlier) if self.alone(number) is None else []
        tried: list[int] = []
        for other in reversed(earlier):
            if other in self.closure(number):
                continue
            tried.append(other)
            if not self._commutes(other, number):
                needed.append(other)
                self.add(number, other, f"proven: does not commute with PR {other}")
        if needed:
            listed = ", ".join(f"PR {each}" for each in sorted(needed))
            said = f"it must come after {listed}; made a dependency"
            return Check(COMMUTES, CheckStatus.FAIL, said)
        said = f"in both orders with {len(tried)} earlier PRs" if tried else "no PR to swap with"
        return Check(COMMUTES, CheckStatus.PASS, said)

    def numbers_before(self, number: int) -> tuple[int, ...]:
        """Return the requests that are merged before ``number``."""
        numbers = [request.number for request in self.requests]
        return tuple(numbers[: numbers.index(number)])

    def checked(self, request: PullRequest, checks: Sequence[Check]) -> PullRequest:
        """Return ``request`` with ``checks`` and the dependencies that were added."""
        return replace(request, depends_on=self.dependencies(request.number), checks=tuple(checks))

    def _make_applicable(self, number: int, earlier: Sequence[int]) -> list[int]:
        """Add the nearest earlier request that makes ``number`` apply, or else all of them."""
        candidates = [other for other in reversed(earlier) if other not in self.closure(number)]
        before = self.closure(number)
        for other in candidates:
            chain = self._sorted({*before, other, *self.closure(other)})
            if self.on(self.on(self.base, chain), (number,)) is not None:
                self.add(number, other, f"proven: does not apply without PR {other}")
                return [other]
        for other in candidates:
            self.add(number, other, "proven: does not apply without what comes before it")
        return candidates

    def _commutes(self, first: int, second: int) -> bool:
        if not self._files(first) & self._files(second):
            return True
        common = {*self.closure(first), *self.closure(second)} - {first, second}
        ground = self.on(self.base, self._sorted(common))
        one = self.on(ground, (first, second))
        return one is not None and one == self.on(ground, (second, first))

    def _files(self, number: int) -> set[str]:
        return {path for patch in self.series(number) for path in patch.files}

    def _sorted(self, numbers: Collection[int]) -> tuple[int, ...]:
        return tuple(each.number for each in self.requests if each.number in numbers)

    def _request(self, number: int) -> PullRequest:
        return next(request for request in self.requests if request.number == number)
