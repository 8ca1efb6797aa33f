"""Read earlier plans beside their audits, and ask git whether the work was really done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from mendbook.effort.calibration import Case
from mendbook.errors import InputError, RepositoryError
from mendbook.intake import load_audit, read_json
from mendbook.model import Finding, Skipped
from mendbook.repository import git


def audit_of(remediation: Path) -> Path:
    """Return the audit that the earlier plan at ``remediation`` names, in the same folder.

    Raises ``InputError`` where it names none, or the file is not there.
    """
    plan = read_json(remediation).data
    meta = plan.get("meta") if isinstance(plan, dict) else None
    named = meta.get("auditRef") if isinstance(meta, dict) else None
    if not isinstance(named, str) or not PurePosixPath(named).name:
        raise InputError(f"{remediation}: $.meta.auditRef: names no audit; add its file name")
    audit = remediation.parent / PurePosixPath(named).name
    if not audit.is_file():
        raise InputError(f"{audit}: not there; put the audit beside {remediation.name}")
    return audit


def read_cases(
    remediation: Path, audit: Path, root: Path | None = None
) -> tuple[tuple[Case, ...], tuple[Skipped, ...]]:
    """Return what an earlier plan says each finding took, and what could not be used of it.

    With the repository at ``root`` a case counts only where a commit after the audit's changed one
    of its files: hours of work that was never done teach nothing. Raises ``InputError`` where a
    file cannot be read.
    """
    earlier = load_audit(audit)
    findings = {finding.id: finding for finding in earlier.findings}
    plan = read_json(remediation).data
    entries = plan.get("remediations") if isinstance(plan, dict) else None
    if not isinstance(entries, list):
        raise InputError(f"{remediation}: $.remediations: not a list; give a remediation JSON")
    done = _changed_since(root, earlier.commit) if root else None
    cases: list[Case] = []
    skipped: list[Skipped] = []
    for entry in entries:
        read = _case(entry, findings, done, remediation.name)
        if isinstance(read, Case):
            cases.append(read)
        else:
            skipped.append(read)
    return tuple(cases), tuple(skipped)


def _case(
    entry: object,
    findings: Mapping[str, Finding],
    done: Mapping[str, str] | None,
    name: str,
) -> Case | Skipped:
    said: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
    finding_id, hours = str(said.get("issueId", "")), said.get("hours")
    finding = findings.get(finding_id)
    if finding is None:
        return Skipped(finding_id or "an entry", "the audit has no such finding")
    if not isinstance(hours, int | float) or hours <= 0:
        return Skipped(finding_id, "it says no hours")
    source = f"{name}, not checked with git"
    if done is not None:
        commit = _first(said.get("filesTouched"), done)
        if not commit:
            return Skipped(finding_id, "git shows no change of its files after the audit")
        source = f"{name}, files changed in {commit}"
    return Case(
        finding_id=finding_id,
        complexity=finding.complexity,
        severity=finding.severity,
        dimension=finding.dimension,
        hours=float(hours),
        source=source,
    )


def _first(files: object, done: Mapping[str, str]) -> str:
    paths: Sequence[object] = files if isinstance(files, list) else ()
    return next((done[path] for path in paths if isinstance(path, str) and path in done), "")


def _changed_since(root: Path, commit: str) -> dict[str, str]:
    """Return each file that changed after ``commit``, with the first commit that changed it."""
    resolved = git.run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit)
    if resolved.returncode or not commit:
        message = f"{root}: the audit's commit {commit[:40]!r} is unknown; fetch it and try again"
        raise RepositoryError(message)
    span = f"{resolved.stdout.decode().strip()}..HEAD"
    log = git.output(
        root, "log", "--reverse", "--format=%x00%h", "--name-only", "--end-of-options", span
    )
    changed: dict[str, str] = {}
    for entry in log.decode("utf-8", "replace").split("\0")[1:]:
        short, *paths = entry.split("\n")
        for path in filter(None, paths):
            changed.setdefault(path, short)
    return changed
