"""The plan as SARIF 2.1.0: each finding with its place, fingerprint and, where it is safe, fix."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from mendbook.intake.fingerprint import FINGERPRINT
from mendbook.intake.redact import redact
from mendbook.model import (
    Finding,
    FindingFacts,
    Patch,
    Place,
    PlaceKind,
    Plan,
    Remediation,
    Severity,
)
from mendbook.text.escape import json_text, slug
from mendbook.text.hunks import ReplacedLines, replaced_lines

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_HELP = "The report of the plan says for each finding what to change, its risk and how to go back."
_FILE = re.compile(r"[\w./@+-]*\w\.\w+")
_NEW_NAME = re.compile(r"^\+\+\+ b/([^\n]*)$", re.MULTILINE)
_UNFIXABLE = re.compile(
    r"^(?:new file mode|deleted file mode|rename from|\\ No newline at end of file|\+\+\+ \"b/)",
    re.MULTILINE,
)


def to_sarif(plan: Plan) -> str:
    """Return ``plan`` as SARIF text with a newline at its end, one result for each finding.

    Lines are those of the plan's commit, so a fix is given only for a patch that changes files
    which no earlier patch of the series has changed, and that creates and removes none. The other
    patches are named in the result's properties.
    """
    findings = {finding.id: finding for finding in plan.audit.findings}
    facts = {fact.finding_id: fact for fact in plan.facts}
    rules = {rule["id"]: rule for rule in map(_rule, plan.audit.findings)}
    indices = {name: index for index, name in enumerate(rules)}
    touched = _touched_before(plan.remediations)
    whole = _whole(plan)
    results = [
        {
            "ruleIndex": indices[_rule(findings[item.finding_id])["id"]],
            **_result(findings[item.finding_id], facts.get(item.finding_id), item, whole),
            "fixes": _fixes(item.patch, touched.get(item.finding_id, frozenset())),
            "suppressions": _suppressions(findings[item.finding_id]),
        }
        for item in plan.remediations
    ]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(plan, rules, results)]}
    return json_text(json.dumps(log, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def _run(
    plan: Plan, rules: Mapping[str, Mapping[str, Any]], results: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    driver = {
        "name": "Mendbook",
        "version": plan.provenance.mendbook,
        "rules": list(rules.values()),
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"mendbook/{slug(plan.audit.name)}/"},
        "columnKind": "unicodeCodePoints",
        "properties": {"commit": plan.context.commit or plan.audit.commit},
        "results": list(results),
    }


def _result(
    finding: Finding, facts: FindingFacts | None, item: Remediation, whole: Place
) -> dict[str, Any]:
    return {
        "ruleId": _rule(finding)["id"],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.problem},
        "locations": [_location(place) for place in _places(finding, facts) or [whole]],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "issueId": finding.id,
            "severity": finding.severity.value,
            "status": finding.status.value,
            "dimension": finding.dimension.value,
            "priority": item.decision.priority.value,
            "hours": round(item.estimate.likely, 4),
            "owner": item.owner.name,
            "patch": item.patch.name,
            "rung": item.patch.rung.value,
            "asked": item.patch.asked.status.value,
            "draft": item.patch.draft,
        },
    }


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    """Return why a closed finding is no alert: a reader shows it as what was dealt with.

    The format asks for the list in every result where one has it (3.27.23).
    """
    if not finding.status.closed:
        return []
    said = f"The audit gives it as {finding.status.value}."
    return [{"kind": "external", "status": "accepted", "justification": said}]


def _rule(finding: Finding) -> dict[str, Any]:
    """Return a tool's rule by its name, and for an auditor's finding its dimension.

    The whole description and the help are what a code host asks of every rule.
    """
    origin = next((origin for origin in finding.origins if origin.rule), None)
    if origin is None:
        name = finding.dimension.value
        title, described = f"audit/{slug(name).lower()}", name
        whole = f"What the audit found in the dimension {name}."
    else:
        title, described = origin.rule, f"{origin.rule} ({origin.tool})"
        whole = f"What {origin.tool} reports by its rule {origin.rule}."
    return {
        "id": title,
        "shortDescription": {"text": described},
        "fullDescription": {"text": whole},
        "help": {"text": _HELP},
    }


def _whole(plan: Plan) -> Place:
    """Return the file that stands for the project: code hosts refuse a result without a place.

    It is one that the context was read from, the nearest to the top: a manifest, not some module.
    """
    cites = (cite for fact in plan.context.facts for cite in fact.cites)
    named = (cite.path for cite in cites if _FILE.fullmatch(cite.path))
    return Place(min(named, key=lambda path: path.count("/"), default="README.md"))


def _places(finding: Finding, facts: FindingFacts | None) -> list[Place]:
    """Return the places inside the repository, with the line where the evidence was found.

    Where the finding names none, the files that were found for it are its places.
    """
    evidence = facts.evidence if facts else None
    outside = {PlaceKind.OUTSIDE, PlaceKind.PATTERN}
    inside = [place for place in finding.places if place.kind not in outside and place.path]
    inside = inside or [Place(path) for path in (facts.files if facts else ())]
    return [
        Place(place.path, place.kind, evidence.line, evidence.end_line)
        if evidence and place.line is None and evidence.file == place.path and evidence.line
        else place
        for place in inside
    ]


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.path)}
    if place.line is not None and place.line > 0:
        last = max(place.line, place.end_line or 0)  # an audit may have them backwards
        physical["region"] = {"startLine": place.line, "endLine": last}
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _touched_before(remediations: Sequence[Remediation]) -> dict[str, frozenset[str]]:
    """Return, for each finding in the series, the files that earlier patches change."""
    series = sorted(
        (item for item in remediations if item.patch.in_series), key=lambda item: item.patch.name
    )
    touched: dict[str, frozenset[str]] = {}
    so_far: frozenset[str] = frozenset()
    for item in series:
        touched[item.finding_id] = so_far
        so_far |= frozenset(item.patch.files)
    return touched


def _fixes(patch: Patch, touched: frozenset[str]) -> list[dict[str, Any]]:
    """Return the patch as a fix; none where SARIF's lines, those of the commit, would not do."""
    builds_on_others = bool(touched.intersection(patch.files))
    cannot = builds_on_others or _UNFIXABLE.search(patch.diff) or redact(patch.diff)[1]
    if not patch.in_series or cannot:
        return []
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [_replacement(run) for run in runs],
        }
        for path, runs in _runs(patch.diff).items()
    ]
    return [{"description": {"text": patch.summary}, "artifactChanges": changes}] if changes else []


def _replacement(run: ReplacedLines) -> dict[str, Any]:
    """Return a run in SARIF's terms: whole lines, the end being the start of the next line."""
    region = {
        "startLine": run.line,
        "startColumn": 1,
        "endLine": run.line + run.count,
        "endColumn": 1,
    }
    return {"deletedRegion": region, "insertedContent": {"text": run.added}}


def _runs(diff: str) -> dict[str, list[ReplacedLines]]:
    """Return each file's runs of changed lines in a unified diff, by lines of the old file."""
    files = re.split(r"^(?=diff --git )", diff, flags=re.MULTILINE)
    named = ((_NEW_NAME.search(part), part) for part in files)
    return {name[1].rstrip("\t"): list(replaced_lines(part)) for name, part in named if name}
