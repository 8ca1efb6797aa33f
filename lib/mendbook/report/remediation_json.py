"""The plan as JSON: the seed's schema, key for key, checked before anyone can read it."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from mendbook import schemas
from mendbook.errors import ReportError
from mendbook.model import Plan, Reference, ReferenceKind, Remediation
from mendbook.text.escape import json_text, line, shorten

SEED_SCHEMA = "remediation.seed.schema.json"
STRICT_SCHEMA = "remediation.schema.json"
_SHOWN_PROBLEMS = 3


def remediation(plan: Plan) -> dict[str, Any]:
    """Return the plan under the seed's keys; hours are numbers, times are ISO 8601.

    Findings' texts are as they came, not escaped: JSON is data.
    """
    return {
        "meta": {
            "timestamp": plan.provenance.timestamp,
            "auditRef": _audit_ref(plan),
            "commit": plan.context.commit or plan.audit.commit.lower(),
        },
        "remediations": [_remediation(item) for item in plan.remediations],
        "prPlan": [
            {
                "prNumber": pr.number,
                "title": pr.title,
                "files": list(pr.files),
                "dependsOn": sorted({before.on for before in pr.depends_on}),
            }
            for pr in plan.pull_requests
        ],
        "sprintPlan": [
            {
                "sprint": sprint.number,
                "focus": sprint.focus,
                "prs": list(sprint.prs),
                "hours": _hours(sprint.hours),
            }
            for sprint in plan.sprint_plan.sprints
        ],
    }


def remediation_text(plan: Plan) -> str:
    """Return the checked JSON as text, indented by two spaces, with a newline at its end.

    Raises ``ReportError`` naming JSON path and problem when it is not valid under both schemas.
    """
    document = remediation(plan)
    check(document)
    return json_text(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def check(document: dict[str, Any]) -> None:
    """Check ``document`` under the seed's schema and ours; raise ``ReportError`` if it fails."""
    for name in (SEED_SCHEMA, STRICT_SCHEMA):
        if not schemas.is_valid(name, document):
            problems = [
                f"{error.json_path}: {shorten(line(error.message), 120)}"
                for error in schemas.errors(name, document)
            ]
            shown = "; ".join(problems[:_SHOWN_PROBLEMS])
            more = len(problems) - _SHOWN_PROBLEMS
            rest = f"; and {more} more" if more > 0 else ""
            message = f"remediation JSON is not valid under {name}: {shown}{rest}"
            raise ReportError(message)


def schema_text(name: str = STRICT_SCHEMA) -> str:
    """Return the text of a published schema, ``SEED_SCHEMA`` or ``STRICT_SCHEMA``."""
    return schemas.schema_text(name)


def _remediation(item: Remediation) -> dict[str, Any]:
    return {
        "issueId": item.finding_id,
        "severity": str(item.severity),
        "filesTouched": list(item.files_touched),
        "patchSketch": item.patch.diff or item.patch.summary,
        "downstreamCallsites": [callsite(use) for use in item.callsites],
        "runtimeRisk": item.runtime_risk,
        "rollback": item.rollback,
        "hours": _hours(item.estimate.likely),
        "owner": item.owner.name,
        "priority": str(item.decision.priority),
        "docsUpdates": [str(each) for each in item.docs_updates],
        "testsRequired": [str(each) for each in item.tests_required],
    }


_CALLED = frozenset({ReferenceKind.CALL, ReferenceKind.CONSTRUCT, ReferenceKind.REGISTERED})
_LABELS = {
    ReferenceKind.PASSED: "passed on",
    ReferenceKind.JSX: "rendered",
    ReferenceKind.REEXPORT: "re-exported",
    ReferenceKind.READ: "read",
    ReferenceKind.WRITE: "written",
    ReferenceKind.TYPE: "as a type",
}


def callsite(use: Reference) -> str:
    """Return a callsite as the seed writes it, ``file:line — function``; other uses say what."""
    return f"{use.file}:{use.line} — {use.enclosing}{label(use)}"


def label(use: Reference) -> str:
    """Return what kind of use it is, in brackets; nothing for a call."""
    return "" if use.kind in _CALLED else f" ({_LABELS.get(use.kind, use.kind)})"


def _hours(value: float) -> float:
    return round(value, 4)


def _audit_ref(plan: Plan) -> str:
    """Return the audit's path inside the repository, or its name alone: never a home folder."""
    path = PurePath(plan.audit.path)
    root = plan.context.root
    if root and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.name or plan.audit.name
