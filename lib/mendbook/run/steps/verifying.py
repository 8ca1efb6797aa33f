"""What the gates say, and what that proves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mendbook.drafting.draft_gates import NO_CONFINEMENT
from mendbook.drafting.loop import DRAFTER
from mendbook.model import Check, Patch, PullRequest
from mendbook.proving import verify as proof
from mendbook.proving.confinement import find_confinement
from mendbook.proving.gates import Gate
from mendbook.proving.verified import Verified
from mendbook.repository import Target
from mendbook.run.stage import RUN_GATES


def verify(
    stacked: Sequence[Patch],
    planned: Sequence[PullRequest],
    target: Target | None,
    gates: Sequence[Gate],
    trusts_drafts: bool,
    cache: Path,
    jobs: int,
    progress: Callable[[str], None],
) -> Verified | None:
    """Return what the gates say of every tree that a merge passes; None if none were asked.

    A series that holds what an agent wrote is confined; where that cannot be, and the user does not
    trust it, no gate runs.
    """
    if not gates or target is None:
        return None
    foreign = any(each.in_series and each.source == DRAFTER for each in stacked)
    confinement = find_confinement() if foreign else None
    if foreign and confinement is None and not trusts_drafts:
        return proof.unverified(stacked, planned, gates, NO_CONFINEMENT)
    progress(RUN_GATES)
    return proof.verify(
        stacked,
        planned,
        target.root,
        target.commit,
        cache / "gates",
        gates=gates,
        jobs=jobs,
        progress=progress,
        confinement=confinement,
    )


def proven_requests(
    verified: Verified | None, planned: tuple[PullRequest, ...]
) -> tuple[PullRequest, ...]:
    """Return the pull requests in merge order, with what was proven of them."""
    return verified.pull_requests if verified else planned


def proven_series(verified: Verified | None, stacked: tuple[Patch, ...]) -> tuple[Patch, ...]:
    """Return the patches, as far as they are proven."""
    return verified.patches if verified else stacked


def baseline(verified: Verified | None) -> tuple[Check, ...]:
    """Return the gates on the untouched tree, and whether the whole series reverts."""
    return (*verified.baseline, verified.series) if verified else ()
