"""Read what ``checkov -o json`` writes: failed checks of one framework, or a list of several."""

from __future__ import annotations

from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity

_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "INFO": Severity.INFO,
}
_MOST_LINES = 20


class _Check(msgspec.Struct):
    check_id: str
    check_name: str = ""
    file_path: str = ""
    repo_file_path: str = ""
    file_line_range: list[int] = []
    code_block: list[tuple[int, str]] | None = None
    resource: str = ""
    severity: str | None = None
    guideline: str | None = None


def checkov_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Checkov's JSON, of one framework, of several, or of none."""
    needed = ("check_type", "results")
    nothing = by_keys(data, ("checkov_version", "failed", "passed"))
    one = by_keys(data, needed, ("summary",))
    return best((one, by_items(data, needed, ("summary",)), nothing))


def read_checkov(document: Document) -> Audit:
    """Return the failed checks as an audit; what was skipped in the code is noted."""
    notes: list[Note] = []
    reports = document.data if isinstance(document.data, list) else [document.data]
    checks = []
    for index, report in enumerate(reports):
        place = f"[{index}].results" if len(reports) > 1 else "results"
        failed = at(report, "results", "failed_checks")
        checks += entries(failed, _Check, f"{place}.failed_checks", notes)
        skipped = at(report, "results", "skipped_checks")
        if isinstance(skipped, list) and skipped:
            why = "left out: a comment in the code skips them"
            notes.append(Note(f"{place}.skipped_checks", f"{len(skipped)} checks", "", why))
    source = Source(
        document.path, document.sha256, "checkov", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(item) for item in checks])


def _observation(check: _Check) -> Observation:
    about = f" ({check.resource})" if check.resource else ""
    lines = [number for number in check.file_line_range if number > 0]
    return Observation(
        tool="Checkov",
        rule=check.check_id,
        # a slash at its beginning means the folder that was looked at
        path=(check.repo_file_path or check.file_path).replace("\\", "/").lstrip("/"),
        message=f"{check.check_name.strip() or check.check_id}{about}",
        severity=_SEVERITIES.get((check.severity or "").upper(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        line=min(lines, default=None),
        end_line=max(lines, default=None),
        code="".join(text for _, text in (check.code_block or [])[:_MOST_LINES]).strip(),
        package=check.resource,
        extra=_extra(check),
    )


def _extra(check: _Check) -> dict[str, Any]:
    known = {"helpUri": check.guideline, "resource": check.resource}
    return {key: value for key, value in known.items() if value}
