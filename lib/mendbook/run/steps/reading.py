"""What is read of the audit, and of what people decided about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mendbook import effort, intake, judgements, overrides, planning
from mendbook.errors import RepositoryError
from mendbook.finding_names import FindingNames
from mendbook.fixes.chosen import with_choices
from mendbook.fixes.sources import curated
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.judgements import Choice, Judgements
from mendbook.model import Audit, Finding, Skipped
from mendbook.overrides import Overrides
from mendbook.planning import Schedule
from mendbook.policy import Alternatives
from mendbook.repository import Target
from mendbook.repository.snapshot import Snapshot
from mendbook.run.steps.target import NOWHERE


def read_audit(
    path: Path,
    tools: Sequence[Path],
    field_map: Path | None,
    only: Sequence[str],
    include_closed: bool,
) -> Audit:
    """Return the audit at ``path`` as understood, enriched by the reports of ``tools``.

    ``field_map`` says how to read it; ``only`` and ``include_closed`` choose what is planned.
    """
    loaded = intake.load_audit(path, field_map)
    others = [intake.load_audit(each) for each in tools]
    whole = intake.enrich(loaded, others) if others else loaded
    return intake.choose_findings(whole, only, include_closed)


def placed_audit(audit: Audit, snapshot: Snapshot) -> Audit:
    """Return the audit with its places and the fixes that tools offer found in the tree."""
    if snapshot is NOWHERE:
        return audit
    refuse_absent(audit.findings, snapshot)
    placed = intake.resolve_places(audit.findings, snapshot.files, snapshot.get, snapshot.links)
    return intake.place_fixes(replace(audit, findings=placed), snapshot.get)


def refuse_absent(findings: Sequence[Finding], snapshot: Snapshot) -> None:
    """Raise ``RepositoryError`` where an open finding names a file that a partial clone lacks."""
    for finding in findings:
        for place in finding.places:
            if finding.status.closed or place.path in snapshot:
                continue
            named = (path for path in snapshot.absent if f"/{path}".endswith(f"/{place.path}"))
            if path := next(named, ""):
                message = (
                    f"{path}: finding {finding.id} names it, and its object is not in this clone; "
                    "clone the repository whole, without --filter"
                )
                raise RepositoryError(message)


def findings_of(
    audit: Audit, chosen: Sequence[Choice], alternatives: Alternatives
) -> tuple[Finding, ...]:
    """Return the audit's findings, each with the way that was chosen of those it offers."""
    return with_choices(audit.findings, chosen, first=alternatives is Alternatives.FIRST)


def read_overrides(path: Path | None, audit: Audit, today: dt.date) -> Overrides:
    """Return the fields that a person decided for this audit, in force or expired."""
    if path is None:
        return Overrides()
    return overrides.read_overrides(path, FindingNames.of(audit.findings), today)


def read_schedule(folder: Path, audit: Audit) -> Schedule:
    """Return what a person decided about sprints for this audit."""
    return planning.read_schedule(folder, FindingNames.of(audit.findings))


def read_judgements(folder: Path, audit: Audit) -> Judgements:
    """Return what people said of patches and fixes, by the ids that findings have today."""
    return judgements.named_now(judgements.read_judgements(folder), FindingNames.of(audit.findings))


def curated_patches(patches: Sequence[CuratedPatch], audit: Audit) -> tuple[CuratedPatch, ...]:
    """Return the patches that people wrote, by the ids that findings have today."""
    return curated.named_now(patches, FindingNames.of(audit.findings))


def read_history(
    history: Sequence[tuple[Path, Path]], target: Target | None, spent: Sequence[effort.Case]
) -> tuple[tuple[effort.Case, ...], tuple[Skipped, ...]]:
    """Return what earlier work took, and what is not used of earlier plans.

    That is what plans in ``history`` say, each with its audit, and the hours people ``spent``.
    """
    read = [effort.read_cases(*pair, target.root if target else None) for pair in history]
    cases = (case for plan_cases, _ in read for case in plan_cases)
    return (*cases, *spent), tuple(each for _, left in read for each in left)
