"""Run the target's gates over one draft at a time: confined, or because the user trusts it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.model import Check, CheckStatus
from mendbook.proving.confinement import Confinement
from mendbook.proving.gates import Gate, GateKeeper, judge
from mendbook.proving.installation import Packages
from mendbook.proving.scratch import Scratch, scratch_copy
from mendbook.proving.toolchains import Toolchains

NOT_ASKED = "No gates were asked for over drafts."
UNCONFINED = (
    "Gates over drafts were run without confinement, as --trust-drafts says; what an agent wrote "
    "could reach the network and the user's files."
)
NO_CONFINEMENT = (
    "Gates over drafts were not run: neither bubblewrap (bwrap) nor podman or docker works here to "
    "confine what an agent wrote; install one, or run them unconfined with --trust-drafts."
)


def how_gates_run(
    gates: Sequence[Gate], confinement: Confinement | None, trusted: bool
) -> tuple[bool, str]:
    """Return whether gates run over drafts, and how, in one sentence for the report."""
    if not gates:
        return False, NOT_ASKED
    if confinement is not None:
        return True, f"Gates over drafts were run {confinement.words}."
    return (True, UNCONFINED) if trusted else (False, NO_CONFINEMENT)


@dataclass(slots=True)
class DraftGates:
    """The gates of one target, on the audited tree with one draft."""

    scratch: Scratch
    base: str
    keeper: GateKeeper
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, diff: str) -> tuple[Check, ...]:
        """Return what each gate says of the audited tree with ``diff``; safe in threads."""
        with self._lock:
            tree = self.scratch.applied(self.base, diff)
        if tree is None:
            return (Check("applies", CheckStatus.FAIL, "git apply refuses it"),)
        untouched, runs = self.keeper.untouched(self.base), self.keeper.runs(tree)
        return tuple(judge(runs[gate.rung], untouched[gate.rung]) for gate in self.keeper.gates)


@contextmanager
def draft_gates(
    root: Path,
    commit: str,
    gates: Sequence[Gate],
    cache: Path,
    confinement: Confinement | None,
) -> Iterator[DraftGates]:
    """Yield the gates over drafts of ``commit``, in scratch copies that are removed afterwards."""
    with scratch_copy(root, commit) as (scratch, base):
        toolchains = Toolchains(Packages(cache), cache)
        keeper = GateKeeper(scratch, toolchains, cache, tuple(gates), confinement=confinement)
        yield DraftGates(scratch, base, keeper)
