"""What the seed's JSON has no key for: each patch's proof, and what each sentence rests on."""

from __future__ import annotations

import json
from typing import Any

from mendbook import schemas
from mendbook.errors import ReportError
from mendbook.model import Followup, Patch, Plan, Remediation, Said
from mendbook.text.escape import json_text

DETAILS_SCHEMA = "remediation.details.schema.json"


def details(plan: Plan) -> dict[str, Any]:
    """Return the proof of each finding's patch and the lines of its sentences, as planned."""
    return {
        "meta": {
            "timestamp": plan.provenance.timestamp,
            "commit": plan.context.commit or plan.audit.commit.lower(),
        },
        "issues": {
            item.finding_id: {**_issue(item.patch), "rests": _rests(item)}
            for item in plan.remediations
        },
    }


def details_text(plan: Plan) -> str:
    """Return ``details`` as checked JSON text; ``ReportError`` where its schema refuses it."""
    document = details(plan)
    if not schemas.is_valid(DETAILS_SCHEMA, document):
        fault = schemas.worst(DETAILS_SCHEMA, document)
        message = f"details JSON is not valid: {fault.json_path}: {fault.message[:160]}"
        raise ReportError(message)
    return json_text(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def _issue(patch: Patch) -> dict[str, Any]:
    return {
        "standing": _standing(patch),
        "file": patch_file(patch),
        "source": patch.made_by,
        "rung": patch.rung.value,
        "asked": {
            "status": patch.asked.status.value,
            "words": patch.asked.words,
            "why": patch.asked.why,
            "unmet": list(patch.asked.unmet),
        },
        "draftBecause": patch.draft,
        "coveredBy": patch.covered_by,
        "checks": [
            {"name": check.name, "status": check.status.value, "detail": check.detail}
            for check in patch.checks
        ],
        "tried": [{"source": each.what, "reason": each.reason} for each in patch.tried],
    }


def _rests(item: Remediation) -> dict[str, Any]:
    """Return what each sentence of a finding rests on: lines, or the audit's own words."""
    order = item.work_order
    return {
        "risk": [_said(each) for each in item.risks],
        "rollback": [_said(each) for each in item.rollback_steps],
        "tests": [_followup(each) for each in item.tests_required],
        "documents": [_followup(each) for each in item.docs_updates],
        "steps": [
            {"words": step.words, "lines": [place.spot for place in step.places]}
            for step in (order.steps if order is not None else ())
        ],
        "afterwards": [_said(each) for each in (order.afterwards if order is not None else ())],
    }


def _said(said: Said) -> dict[str, Any]:
    return {"words": said.words, "lines": [str(ground) for ground in said.grounds]}


def _followup(followup: Followup) -> dict[str, Any]:
    at = (followup.place,) if followup.line is not None else ()
    return {"words": str(followup), "lines": [str(ground) for ground in followup.grounds or at]}


def _standing(patch: Patch) -> str:
    if patch.covered_by and patch.answers:
        return "covered"
    return patch.standing if patch.standing in {"draft", "outline"} else "patch"


def patch_file(patch: Patch) -> str:
    """Return where the patch lies in the run's folder; empty where it has no file of its own."""
    if not patch.name:
        return ""
    return f"PATCHES/{'drafts/' if patch.is_draft else ''}{patch.name}"
