"""What can be done with a published run: read its plan, commit it, prove it, brief about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from mendbook import repository
from mendbook.drafting.briefs import write_briefs
from mendbook.drafting.record import NAME as DRAFTS
from mendbook.errors import InputError
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import Plan
from mendbook.run.attempt import Orders, Outcome, attempt
from mendbook.run.given import Progress
from mendbook.run.produce import DECISIONS, RUN_FILE
from mendbook.run.run import open_run

_SERIES = "PATCHES/series"


def commit_run(folder: Path, repo: Path | None = None) -> repository.BranchCommit:
    """Commit the artefacts of the run in ``folder`` on a new branch of its target, locally.

    Raises ``InputError`` where neither the run nor ``repo`` names a repository.
    """
    plan = read_plan(folder)
    target = open_planned(folder, plan, repo)
    artefacts = with_kept_series(artefacts_of(folder), target.snapshot)
    provenance = plan.provenance
    return repository.commit_artefacts(
        target.root, target.commit, artefacts, provenance.stamp, provenance.timestamp[:10]
    )


def open_planned(folder: Path, plan: Plan, repo: Path | None) -> repository.Target:
    """Open the repository of the run in ``folder``, or ``repo``, at the commit it planned on."""
    if not plan.context.root and repo is None:
        message = f"{folder}: the run had no repository; name one with --repo"
        raise InputError(message)
    return repository.open_target(repo or Path(plan.context.root), plan.context.commit)


def artefacts_of(folder: Path) -> dict[str, bytes]:
    """Return what a commit takes of the run in ``folder``, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for top in ("docs", "reports", "PATCHES")
        for path in sorted((folder / top).rglob("*"))
        if path.is_file()
    }


def with_kept_series(
    artefacts: Mapping[str, bytes], snapshot: repository.Snapshot
) -> dict[str, bytes]:
    """Return ``artefacts`` with the series that ``snapshot`` keeps before the new one."""
    before = snapshot.get(_SERIES)
    if not before:
        return dict(artefacts)
    kept = before if before.endswith("\n") else f"{before}\n"
    return {**artefacts, _SERIES: kept.encode() + artefacts.get(_SERIES, b"")}


def verify_run(
    folder: Path,
    gates: str,
    jobs: int = 1,
    progress: Progress = lambda _: None,
    orders: Orders | None = None,
    trust_drafts: bool = False,
) -> Outcome:
    """Publish the run in ``folder`` again with its patches proven by ``gates``; it stays itself.

    ``gates`` is ``all`` or names as ``typecheck,test``; with ``trust_drafts`` they run unconfined
    over what an agent wrote. Raises ``InputError`` where the folder is
    no run, or its audit or repository changed since.
    """
    given, _ = recorded(folder)
    before = read_plan(folder)
    chosen = {"gates": gates, "stamp": "", "trust_drafts": trust_drafts}
    run = open_run(**{**given, **chosen}, jobs=jobs, progress=progress)
    if run.target is None:
        message = f"{folder}: the run had no repository; plan again with --repo"
        raise InputError(message)
    if (run.audit.sha256, run.target.commit) != (before.audit.sha256, before.context.commit):
        message = f"{folder}: its audit or commit changed since; plan again"
        raise InputError(message)
    return attempt(run.given, orders)


def brief_run(folder: Path) -> tuple[Path, ...]:
    """Write a brief for each finding of the run in ``folder`` that has no patch; return them."""
    run = open_run(**recorded(folder)[0])
    waiting = {patch.finding_id for patch in run.series if not patch.answers}
    findings = [finding for finding in run.audit.findings if finding.id in waiting]
    return write_briefs(findings, run.facts, run.snapshot, run.references, folder / "briefs")


def recorded(folder: Path) -> tuple[dict[str, Any], Path | None]:
    """Return the parameters of the run in ``folder``, and where its people's decisions are kept.

    The folder of decisions need not be there yet; it is None for a run of an older version.
    Raises ``InputError`` where the folder holds no published run.
    """
    path = folder / RUN_FILE
    try:
        given: dict[str, Any] = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{path}: cannot be read; name the folder of a published run"
        raise InputError(message) from error
    given.pop("drafter", None)  # of an older version, which asked it while it planned
    drafts = folder / DRAFTS
    if given.get("drafts") and drafts.is_file():
        given["drafts"] = str(drafts)
    kept = given.pop(DECISIONS, "")
    if kept and Path(kept).exists():  # it may have come to be since the run
        given["overrides"] = kept
    return given, Path(kept) if kept else None
