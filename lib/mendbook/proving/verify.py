"""Prove a plan's patches: gates on every tree that a merge can pass through, order, rollback."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from mendbook.model import (
    Check,
    CheckStatus,
    Patch,
    PullRequest,
    Rung,
    Skipped,
)
from mendbook.proving.confinement import Confinement
from mendbook.proving.gates import GATES, Gate, GateKeeper, GateRun, judge, passed
from mendbook.proving.installation import Packages
from mendbook.proving.ladder import REVERTS, like, reached
from mendbook.proving.merge_order import MergeOrder
from mendbook.proving.scratch import scratch_copy
from mendbook.proving.toolchains import Toolchains
from mendbook.proving.verified import ProvenDependency, Verified

_STATIC = {Rung.APPLIES, Rung.PARSES, Rung.BINDS, REVERTS}
_MOST_TRIED = 4
"""Earlier PRs that are tried singly as the missing dependency before all of them are taken."""


def verify(
    patches: Sequence[Patch],
    pull_requests: Sequence[PullRequest],
    root: Path,
    commit: str,
    cache: Path,
    *,
    gates: Sequence[Gate] = GATES,
    jobs: int = 1,
    seconds: float = 600.0,
    progress: Callable[[str], None] = lambda _: None,
    confinement: Confinement | None = None,
) -> Verified:
    """Return ``patches`` and ``pull_requests`` as far as they can be proven on this machine.

    Works in scratch folders on ``commit`` (a full hash) of the repository at ``root``, which is
    only read. ``cache`` keeps packages and the gates' results by tree. ``jobs`` trees are
    tried at once, each gate for at most ``seconds`` and, where one is given, in ``confinement``.

    A PR is tried alone on what it depends on, in the planned order, and in both orders with each
    PR that it has no path to. A gate passes when nothing fails that did not fail before; what
    could not be run is ``not run``, never a pass.
    """
    with scratch_copy(root, commit) as (scratch, base):
        by_id = {patch.finding_id: patch for patch in patches}
        order = MergeOrder(scratch, base, tuple(pull_requests), by_id)
        toolchains = Toolchains(Packages(cache), cache)
        keeper = GateKeeper(scratch, toolchains, cache, tuple(gates), seconds, confinement)
        return _Verification(order, keeper, jobs, progress).verified(patches)


def unverified(
    patches: Sequence[Patch],
    pull_requests: Sequence[PullRequest],
    gates: Sequence[Gate],
    reason: str,
) -> Verified:
    """Return ``patches`` and ``pull_requests`` as they are, each gate *not run* for ``reason``."""
    idle = [Check(gate.rung.value, CheckStatus.NOT_RUN, reason) for gate in gates]
    return Verified(
        patches=tuple(patches),
        pull_requests=tuple(pull_requests),
        dependencies=(),
        baseline=tuple(idle),
        series=Check(REVERTS, CheckStatus.NOT_RUN, reason),
        not_run=tuple(Skipped(f"gate {check.name}", reason) for check in idle),
    )


class _Verification:
    """One verification as it goes on."""

    def __init__(
        self,
        order: MergeOrder,
        keeper: GateKeeper,
        jobs: int,
        progress: Callable[[str], None],
    ) -> None:
        self.order = order
        self.keeper = keeper
        self.jobs = jobs
        self.progress = progress
        self.known: dict[str, dict[Rung, GateRun]] = {}

    def verified(self, patches: Sequence[Patch]) -> Verified:
        """Run everything, and return what came of it."""
        order = self.order
        active = [each.number for each in order.requests if order.series(each.number)]
        commuting = {number: order.settle(number) for number in active}
        after = order.in_order()
        self.known[order.base] = self.keeper.untouched(order.base)
        self._run_ahead(
            [order.base, *(order.alone(each) for each in active), *(after[each] for each in active)]
        )
        checks: dict[str, tuple[Check, ...]] = {}
        requests: list[PullRequest] = []
        for request in order.requests:
            if request.number not in active:
                requests.append(order.checked(request, self._idle()))
                continue
            gates = self._gates(request, after)
            self._patches(request, gates, checks)
            rows = [*gates, commuting[request.number], self._reverts(request, after)]
            requests.append(order.checked(request, rows))
        runs = self._runs(order.base)
        return Verified(
            patches=_with_checks(patches, checks),
            pull_requests=tuple(requests),
            dependencies=tuple(
                ProvenDependency(number, each)
                for number, dependencies in sorted(order.added.items())
                for each in dependencies
            ),
            baseline=tuple(_untouched(run) for run in runs.values()),
            series=self._series(after),
            not_run=tuple(
                Skipped(f"gate {run.gate}", run.reason) for run in runs.values() if run.code is None
            ),
        )

    def _idle(self) -> list[Check]:
        reason = "no finding of it has a patch in the series"
        return [Check(gate.rung.value, CheckStatus.NOT_RUN, reason) for gate in self.keeper.gates]

    def _gates(self, request: PullRequest, after: dict[int, str | None]) -> list[Check]:
        """Return the gates' verdicts on a request, alone and in the planned order."""
        number = request.number
        alone = self._judged(self.order.alone(number), self.order.before(number))
        earlier = self.order.numbers_before(number)
        previous = after[earlier[-1]] if earlier else self.order.base
        ordered = self._judged(after[number], previous)
        if _failed(alone) and not _failed(ordered):
            alone = self._with_missing(number, _failed(alone), alone)
        return [_both(*pair) for pair in zip(alone, ordered, strict=True)]

    def _with_missing(self, number: int, failed: str, alone: list[Check]) -> list[Check]:
        """Look for the earlier request that ``number`` needs; return the verdicts with it."""
        order = self.order
        closure = order.closure(number)
        others = [each for each in reversed(order.numbers_before(number)) if each not in closure]
        for other in others[:_MOST_TRIED]:
            trial = replace(order, added={key: [*rows] for key, rows in order.added.items()})
            trial.add(number, other, "")
            verdicts = self._judged(trial.alone(number), trial.before(number))
            if not _failed(verdicts):
                order.add(number, other, f"proven: {failed} fails without PR {other}")
                return verdicts
        for other in others:
            order.add(number, other, f"proven: {failed} fails without what comes before it")
        return self._judged(order.alone(number), order.before(number)) if others else alone

    def _patches(
        self, request: PullRequest, gates: Sequence[Check], checks: dict[str, tuple[Check, ...]]
    ) -> None:
        """Give each patch the request's verdicts, or its own where one must be blamed."""
        series = self.order.series(request.number)
        if len(series) == 1 or not _failed(gates):
            checks.update({patch.finding_id: tuple(gates) for patch in series})
            return
        tree = self.order.before(request.number)
        for patch in series:
            before, tree = tree, self.order.patched(tree, patch)
            checks[patch.finding_id] = tuple(self._judged(tree, before))

    def _judged(self, tree: str | None, before: str | None) -> list[Check]:
        if tree is None:
            said = "its patches do not apply there"
            return [Check(gate.rung.value, CheckStatus.FAIL, said) for gate in self.keeper.gates]
        untouched, runs = self._runs(self.order.base), self._runs(tree)
        verdicts = [judge(runs[gate.rung], untouched[gate.rung]) for gate in self.keeper.gates]
        if not _failed(verdicts) or before is None or before == self.order.base:
            return verdicts
        former = self._runs(before)
        return [
            judge(runs[gate.rung], untouched[gate.rung], former[gate.rung])
            for gate in self.keeper.gates
        ]

    def _reverts(self, request: PullRequest, after: dict[int, str | None]) -> Check:
        earlier = self.order.numbers_before(request.number)
        previous = after[earlier[-1]] if earlier else self.order.base
        back = self.order.reverted(after[request.number], (request.number,))
        passed = back is not None and back == previous
        said = "gives back the tree before it" if passed else "does not give back the tree before"
        return Check(REVERTS, CheckStatus.PASS if passed else CheckStatus.FAIL, said)

    def _series(self, after: dict[int, str | None]) -> Check:
        numbers = [request.number for request in self.order.requests]
        last = after[numbers[-1]] if numbers else self.order.base
        back = self.order.reverted(last, numbers)
        passed = back == self.order.base
        said = "the reverse series gives back the audited tree, byte for byte"
        said = said if passed else "the reverse series does not give back the audited tree"
        return Check(REVERTS, CheckStatus.PASS if passed else CheckStatus.FAIL, said)

    def _runs(self, tree: str) -> dict[Rung, GateRun]:
        if tree not in self.known:
            self.known[tree] = self.keeper.runs(tree)
        return self.known[tree]

    def _run_ahead(self, trees: Iterable[str | None]) -> None:
        """Run the gates on all trees that are known to be needed, ``jobs`` at a time."""
        wanted = [tree for tree in dict.fromkeys(trees) if tree is not None]
        with ThreadPoolExecutor(max(1, self.jobs)) as pool:
            for done, runs in enumerate(pool.map(self._runs, wanted), 1):
                spent = sum(run.seconds for run in runs.values())
                self.progress(f"gates: {done} of {len(wanted)} trees ({spent:.0f} s)")


def _failed(checks: Iterable[Check]) -> str:
    """Return the names of the checks that failed."""
    return ", ".join(check.name for check in checks if check.status is CheckStatus.FAIL)


def _both(alone: Check, ordered: Check) -> Check:
    """Return the worse of two verdicts on the same gate; a pass needs both."""
    if alone.status is CheckStatus.PASS and ordered.status is not CheckStatus.PASS:
        return replace(ordered, detail=f"in the planned order: {ordered.detail}")
    return alone


def _untouched(run: GateRun) -> Check:
    if run.code is None:
        return Check(run.gate.value, CheckStatus.NOT_RUN, run.reason)
    if run.code == 0:
        return Check(run.gate.value, CheckStatus.PASS, passed(run), run.seconds)
    return Check(run.gate.value, CheckStatus.FAIL, f"fails untouched\n{run.log}", run.seconds)


def _with_checks(
    patches: Sequence[Patch], checks: dict[str, tuple[Check, ...]]
) -> tuple[Patch, ...]:
    """Return the patches with the gates' verdicts, and the rung that these let them reach."""
    proven: dict[str, Patch] = {}
    for patch in patches:
        rows = [check for check in patch.checks if check.name in _STATIC]
        rows += checks.get(patch.finding_id, ())
        done = replace(patch, checks=tuple(rows)) if patch.in_series else patch
        proven[patch.finding_id] = (
            replace(done, rung=reached(done.checks)) if patch.in_series else done
        )
    return tuple(like(proven.get(patch.covered_by), patch) for patch in proven.values())
