"""What is said of the plan, and what it was made from."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from mendbook import planning
from mendbook.model import (
    Audit,
    CoveredFile,
    Decision,
    Estimate,
    Finding,
    FindingFacts,
    Patch,
    Proposed,
    Provenance,
    PullRequest,
    Remediation,
    Skipped,
    SprintPlan,
)
from mendbook.overrides import Override
from mendbook.planning import Schedule
from mendbook.repository import Target
from mendbook.repository.snapshot import Snapshot

_VERSIONS = ("papermill", "nbconvert", "jupyterlab", "pandas", "plotly", "jsonschema", "ortools")


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
    covered: Sequence[CoveredFile],
) -> tuple[Remediation, ...]:
    """Return all that a team needs for each finding, in order of rank."""
    rest = (decisions, estimates, series, pull_requests, overrides)
    return planning.remediate(
        findings, known, *rest, proposed=proposed, snapshot=snapshot, covered=covered
    )


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


def but_for_its_minute(provenance: Provenance) -> str:
    """Return what tells one plan's making from another, whenever it was."""
    always = replace(provenance, stamp="", timestamp="")
    return hashlib.sha256(msgspec.json.encode(always)).hexdigest()
