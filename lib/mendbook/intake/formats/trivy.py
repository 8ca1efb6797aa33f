"""Read what ``trivy -f json`` writes: vulnerabilities, misconfigurations, secrets and licenses.

The reports of an image, a folder and a cluster hold the same results, a cluster's by resource.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    "UNKNOWN": Severity.INFO,
}
_KINDS = ("Vulnerabilities", "Misconfigurations", "Secrets", "Licenses")
_BY_RESOURCE = ("Resources", "Vulnerabilities", "Misconfigurations")


class _Line(msgspec.Struct, rename="pascal"):
    content: str = ""
    is_cause: bool = False


class _Code(msgspec.Struct, rename="pascal"):
    lines: list[_Line] | None = None


class _Cause(msgspec.Struct, rename="pascal"):
    resource: str = ""
    start_line: int | None = None
    end_line: int | None = None
    code: _Code | None = None


class _Entry(msgspec.Struct, rename="pascal"):
    """Any of the four kinds; they share most keys."""

    severity: str = ""
    title: str = ""
    description: str = ""
    status: str = ""
    message: str = ""
    resolution: str = ""
    name: str = ""
    category: str = ""
    match: str = ""
    file_path: str = ""
    pkg_name: str = ""
    pkg_path: str = ""
    installed_version: str = ""
    fixed_version: str = ""
    start_line: int | None = None
    end_line: int | None = None
    cause_metadata: _Cause | None = None
    vulnerability: str = msgspec.field(name="VulnerabilityID", default="")
    id: str = msgspec.field(name="ID", default="")
    rule: str = msgspec.field(name="RuleID", default="")
    url: str = msgspec.field(name="PrimaryURL", default="")
    weaknesses: list[str] | None = msgspec.field(name="CweIDs", default=None)


def trivy_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Trivy's JSON: of today, before 2021 (a list), or a cluster's."""
    old = by_items(data, ("Target", "Vulnerabilities"), ("Type",))
    cluster = best(by_items(at(data, key), ("Kind", "Name")) for key in _BY_RESOURCE)
    here = by_keys(data, ("ClusterName",))
    now = by_keys(data, ("SchemaVersion", "ArtifactName"), ("ArtifactType", "Results"))
    results = by_items(at(data, "Results"), ("Target",), ("Class", "Type"))
    return best((old, now, results, here if cluster.score or here.score else cluster))


def read_trivy(document: Document) -> Audit:
    """Return everything that Trivy found as an audit, one finding for each entry."""
    notes: list[Note] = []
    observations = [
        item for result in _results(document.data) for item in _observations(result, notes)
    ]
    source = Source(
        document.path,
        document.sha256,
        "trivy",
        document.redactions,
        timestamp=str(at(document.data, "CreatedAt") or ""),
        notes=tuple(notes),
    )
    return audit_of(source, observations)


def _results(data: object) -> Iterator[dict[str, Any]]:
    """Yield the results of a report, wherever it holds them."""
    listed = data if isinstance(data, list) else at(data, "Results")
    for result in listed if isinstance(listed, list) else ():
        if isinstance(result, dict):
            yield result
    for key in _BY_RESOURCE if at(data, "ClusterName") is not None else ():
        resources = at(data, key)
        for resource in resources if isinstance(resources, list) else ():
            yield from _results({"Results": at(resource, "Results")})


def _observations(result: dict[str, Any], notes: list[Note]) -> Iterator[Observation]:
    target = str(result.get("Target") or "")
    for kind in _KINDS:
        listed = entries(result.get(kind), _Entry, f"Results.{kind}", notes)
        for entry in listed:
            if entry.status not in {"PASS", "EXCEPTION"}:
                yield _observation(kind, entry, target, result)


def _observation(kind: str, entry: _Entry, target: str, result: dict[str, Any]) -> Observation:
    cause = entry.cause_metadata
    return Observation(
        tool="Trivy",
        rule=_rule(kind, entry),
        path=_path(entry, target, result),
        message=_message(kind, entry, target),
        severity=_SEVERITIES.get(entry.severity.upper(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        line=cause.start_line if cause else entry.start_line,
        end_line=cause.end_line if cause else entry.end_line,
        code=_code(cause),
        kind=entry.vulnerability,
        package=entry.pkg_name or (cause.resource if cause else ""),
        impact=entry.description.strip(),
        fix=_fix(kind, entry),
        extra=_extra(entry, target),
    )


def _rule(kind: str, entry: _Entry) -> str:
    return entry.vulnerability or entry.id or entry.rule or entry.name or kind.lower()


def _path(entry: _Entry, target: str, result: dict[str, Any]) -> str:
    """Return the file that is meant; none for what is inside an image or a cluster."""
    inside = result.get("Class") == "os-pkgs" or result.get("Type") == "kubernetes"
    path = (entry.pkg_path or entry.file_path or target).replace("\\", "/")
    named = "." in path.rpartition("/")[2] or "/" in path
    return path.lstrip("/") if named and not inside and " " not in path else ""


def _message(kind: str, entry: _Entry, target: str) -> str:
    package = " ".join(filter(None, (entry.pkg_name, entry.installed_version)))
    if kind == "Licenses":
        return f"{package or target} is under {entry.name or 'a license'}, which is restricted"
    if kind == "Secrets":
        return f"{entry.title or entry.rule} stands in {target}"
    said = entry.message.strip() or entry.title.strip() or entry.description.strip()
    if kind == "Vulnerabilities":
        named = said or entry.vulnerability or "nothing more is said"
        return f"{package or 'a package'} is vulnerable: {named}"
    return said or _rule(kind, entry)


def _fix(kind: str, entry: _Entry) -> str:
    if entry.resolution.strip():
        return entry.resolution.strip()
    if kind == "Secrets":
        return "Take it out of the code, and rotate it"
    if kind != "Vulnerabilities":
        return ""
    if entry.fixed_version:
        return f"Update {entry.pkg_name} to {entry.fixed_version}"
    return f"No fixed version of {entry.pkg_name or 'it'} is known; replace the package"


def _code(cause: _Cause | None) -> str:
    lines = (cause.code.lines if cause and cause.code else None) or []
    return "\n".join(line.content for line in lines if line.is_cause)


def _extra(entry: _Entry, target: str) -> dict[str, Any]:
    known = {"target": target, "cwe": entry.weaknesses, "urls": [entry.url] if entry.url else []}
    return {key: value for key, value in known.items() if value}
