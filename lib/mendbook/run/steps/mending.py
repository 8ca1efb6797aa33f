"""Hours, who is asked for patches, and the series that they make."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook import effort
from mendbook.code.references import References
from mendbook.effort.estimate import estimate as estimated
from mendbook.fixes import Source
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.fixes.sources.sources import sources_for
from mendbook.model import Estimate, Finding, FindingFacts, Patch, Proposed, PullRequest, Skipped
from mendbook.policy import EffortPriors
from mendbook.repository.snapshot import Snapshot
from mendbook.series.stack import build_series


def estimate(
    findings: Sequence[Finding],
    priors: EffortPriors,
    cases: tuple[Sequence[effort.Case], Sequence[Skipped]],
) -> tuple[Estimate, ...]:
    """Return hours for each finding, with a range and their source."""
    return estimated(findings, priors, cases[0])


def fix_sources(patches: Sequence[CuratedPatch]) -> tuple[Source, ...]:
    """Return who is asked for patches, in order."""
    return sources_for(patches)


def stack(
    planned: Sequence[PullRequest],
    findings: Sequence[Finding],
    known: Sequence[FindingFacts],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
    references: References,
    sources: Sequence[Source],
) -> tuple[Patch, ...]:
    """Return one patch for each finding, stacked in the order of the pull requests."""
    return build_series(planned, findings, known, proposed, snapshot, references.at, sources)
