"""What was not run, and why."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook import effort, judgements
from mendbook.finding_names import FindingNames
from mendbook.fixes.sources import curated
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.judgements import Judgements
from mendbook.model import Finding, Profiles, Skipped
from mendbook.overrides import Override
from mendbook.proving.verified import Verified
from mendbook.run.steps.learning import Given

_NO_GATES = Skipped(
    "typecheck, lint, tests and build of the patches",
    "no gates were asked for; `mendbook verify` runs them on this run",
)


def gaps(
    searched: Sequence[Skipped],
    profiles: Profiles,
    cases: tuple[Sequence[effort.Case], Sequence[Skipped]],
    priorities: Given,
    expired: Sequence[Override],
    patches: Sequence[CuratedPatch],
    judged: Judgements,
    findings: Sequence[Finding],
    verified: Verified | None,
) -> tuple[Skipped, ...]:
    """Return what was not run on this machine, and why."""
    over = (
        Skipped(f"override of {each.field} of {each.finding_id}", f"it expired on {each.until}")
        for each in expired
    )
    proven = verified.not_run if verified else (_NO_GATES,)
    names = FindingNames.of(findings)
    stray = (*curated.unmatched_patches(patches, names), *judgements.unplaced(judged, names))
    return (*searched, *profiles.not_run, *cases[1], *priorities[1], *over, *stray, *proven)
