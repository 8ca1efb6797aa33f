"""What stages call that is not yet in the shape of a stage: plain functions of what they read."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from mendbook import effort, facts, intake, judgements, overrides, planning, project, repository
from mendbook.code import references as reference_search
from mendbook.code.references import References
from mendbook.code.references.compiler import find_compiler
from mendbook.drafting.draft_gates import NO_CONFINEMENT
from mendbook.drafting.loop import DRAFTER
from mendbook.errors import RepositoryError
from mendbook.finding_names import FindingNames
from mendbook.fixes import Proposed, Source
from mendbook.fixes.chosen import with_choices
from mendbook.fixes.sources import curated
from mendbook.fixes.sources.curated import CuratedPatch
from mendbook.fixes.sources.sources import sources_for
from mendbook.judgements import Choice, Judgements
from mendbook.model import (
    Audit,
    Check,
    Context,
    Decision,
    Estimate,
    Finding,
    FindingFacts,
    Patch,
    Profiles,
    Provenance,
    PullRequest,
    Remediation,
    Skipped,
    SprintPlan,
)
from mendbook.overrides import Override, Overrides
from mendbook.planning import Schedule
from mendbook.policy import EffortPriors
from mendbook.proving import verify as proof
from mendbook.proving.confinement import find_confinement
from mendbook.proving.gates import Gate
from mendbook.proving.verify import Verified
from mendbook.repository import Target
from mendbook.repository.snapshot import Snapshot
from mendbook.run.stage_cache import keep_newest
from mendbook.series.stack import build_series

NO_REPOSITORY = "No repository was given: nothing could be looked up in code; pass --repo."
_NO_GATES = Skipped(
    "typecheck, lint, tests and build of the patches",
    "no gates were asked for; `mendbook verify` runs them on this run",
)
_VERSIONS = ("papermill", "nbconvert", "jupyterlab", "pandas", "plotly", "jsonschema", "ortools")
RUN_GATES = "run the gates"
_INDEXES = 12
"""Repositories whose index of names is kept."""
_NOWHERE = Snapshot.of({})

# --- what is read ------------------------------------------------------------------------------


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


def open_target(repo: Path | None, asked: str, named: str) -> Target | None:
    """Return the repository at the commit ``asked`` for, else at the one that the audit names."""
    return repository.open_target(repo, asked or named) if repo else None


def target_state(target: Target | None) -> str:
    """Return what tells one state of a repository from another."""
    if target is None:
        return ""
    return "\n".join(
        [
            str(target.root),
            target.commit,
            target.head,
            target.branch,
            target.remote,
            *target.warnings,
        ]
    )


def snapshot_of(target: Target | None) -> Snapshot:
    """Return the target's text files; none without a repository."""
    return target.snapshot if target else _NOWHERE


def commit_of(snapshot: Snapshot) -> str:
    """Return the commit that the snapshot was read from; empty without a repository."""
    return snapshot.commit


def root_of(target: Target | None) -> Path | None:
    """Return the target's folder; None without a repository."""
    return target.root if target else None


def placed_audit(audit: Audit, snapshot: Snapshot) -> Audit:
    """Return the audit with its places and the fixes that tools offer found in the tree."""
    if snapshot is _NOWHERE:
        return audit
    refuse_absent(audit.findings, snapshot)
    found = intake.resolve_places(audit.findings, snapshot.files, snapshot.get, snapshot.links)
    return intake.place_fixes(replace(audit, findings=found), snapshot.get)


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


def findings_of(audit: Audit, chosen: Sequence[Choice]) -> tuple[Finding, ...]:
    """Return the audit's findings, each with the way that a person chose of those it offers."""
    return with_choices(audit.findings, chosen)


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
    cases = (case for found, _ in read for case in found)
    return (*cases, *spent), tuple(each for _, left in read for each in left)


# --- what the repository and the measurements say ------------------------------------------------


def detect_context(target: Target | None) -> Context:
    """Return what the target is: stack, versions, warnings."""
    if target is None:
        empty = ("", "", "", "")
        return Context(*empty, facts=(), warnings=(NO_REPOSITORY,))
    return repository.detect_context(target)


def compiler_for(root: Path | None, provider: str) -> Path | None:
    """Return the native compiler that answers for references exactly, where it may be asked."""
    return None if provider == "syntax" else find_compiler(root)


def file_state(path: Path | None) -> str:
    """Return what tells one state of a file from another, without reading all of it."""
    if path is None:
        return ""
    found = path.stat()
    return f"{path} {found.st_size} {found.st_mtime_ns}"


def find_references(
    findings: Sequence[Finding],
    snapshot: Snapshot,
    root: Path | None,
    provider: str,
    cache: Path,
) -> References:
    """Return where every symbol that a finding names is used."""
    known = hashlib.sha256(f"{project.code_sha256()} {root}".encode()).hexdigest()[:20]
    keep_newest(cache / "index", _INDEXES)
    return reference_search.find_references(
        findings, snapshot, root, provider, cache / "index" / known
    )


def not_searched(references: References) -> tuple[Skipped, ...]:
    """Return what the search for references could not do."""
    return tuple(references.not_run)


def gather_facts(
    audit: Audit, target: Target | None, references: References
) -> tuple[FindingFacts, ...]:
    """Return what the repository says about each finding."""
    if target is None:
        return facts.blank_facts(audit)
    return facts.gather_facts(audit, target, references)


# --- what is urgent, and what changes it ---------------------------------------------------------


def estimate(
    findings: Sequence[Finding],
    priors: EffortPriors,
    cases: tuple[Sequence[effort.Case], Sequence[Skipped]],
) -> tuple[Estimate, ...]:
    """Return hours for each finding, with a range and their source."""
    return effort.estimate(findings, priors, cases[0])


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


# --- when it is done, and what is said of it -----------------------------------------------------


def noted(
    sprints: SprintPlan, schedule: Schedule, pull_requests: Sequence[PullRequest]
) -> SprintPlan:
    """Return the sprints with what the schedule has to say about them."""
    return replace(sprints, notes=(*sprints.notes, *schedule.notes(pull_requests)))


def remediate(
    findings: Sequence[Finding],
    known: Sequence[FindingFacts],
    decisions: Sequence[Decision],
    estimates: Sequence[Estimate],
    series: Sequence[Patch],
    pull_requests: Sequence[PullRequest],
    overrides: Sequence[Override],
    proposed: Sequence[Proposed],
    snapshot: Snapshot,
) -> tuple[Remediation, ...]:
    """Return all that a team needs for each finding, in order of rank."""
    rest = (decisions, estimates, series, pull_requests, overrides)
    return planning.remediate(findings, known, *rest, proposed=proposed, snapshot=snapshot)


def gaps(
    searched: Sequence[Skipped],
    profiles: Profiles,
    cases: tuple[Sequence[effort.Case], Sequence[Skipped]],
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
    return (*searched, *profiles.not_run, *cases[1], *over, *stray, *proven)


def sign(
    stamp: str,
    audit: Audit,
    hashes: Mapping[str, str],
    parameters: Mapping[str, str],
    target: Target | None,
    not_run: tuple[Skipped, ...],
) -> Provenance:
    """Return what a reader needs to make the same plan again."""
    minute = dt.datetime.strptime(stamp[:15], "%Y-%m-%d-%H%M").replace(tzinfo=dt.UTC)
    at = {"commit": target.commit, "head": target.head} if target else {"commit": "", "head": ""}
    return Provenance(
        timestamp=minute.isoformat(),
        stamp=stamp,
        mendbook=importlib.metadata.version("mendbook"),
        python=platform.python_version(),
        inputs={f"audit {audit.name}": audit.sha256, **hashes},
        parameters={**at, **parameters},
        versions={name: importlib.metadata.version(name) for name in _VERSIONS},
        not_run=not_run,
    )


def but_for_its_minute(made: Provenance) -> str:
    """Return what tells one plan's making from another, whenever it was."""
    always = replace(made, stamp="", timestamp="")
    return hashlib.sha256(msgspec.json.encode(always)).hexdigest()


def baseline(verified: Verified | None) -> tuple[Check, ...]:
    """Return the gates on the untouched tree, and whether the whole series reverts."""
    return (*verified.baseline, verified.series) if verified else ()
