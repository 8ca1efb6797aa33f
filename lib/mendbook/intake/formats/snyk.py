"""Read what ``snyk test --json`` and ``snyk container test --json`` write.

One project is an object, several are a list; an image holds its applications as further projects.
``snyk code test --json`` writes SARIF.
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
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
}
_SIGNS = ("ok", "dependencyCount", "projectName")


class _Vulnerability(msgspec.Struct, rename="camel"):
    id: str
    title: str = ""
    severity: str = ""
    severity_with_critical: str = ""
    package_name: str = ""
    module_name: str = ""
    name: str = ""
    version: str = ""
    description: str = ""
    fixed_in: list[str] | None = None
    upgrade_path: list[str | bool] | None = None
    identifiers: dict[str, Any] | None = None
    way: list[str] | None = msgspec.field(name="from", default=None)


class _Issue(msgspec.Struct, rename="camel"):
    """A misconfiguration, of ``snyk iac test``."""

    id: str
    title: str = ""
    severity: str = ""
    line_number: int | None = None
    resolve: str = ""
    impact: str = ""
    issue: str = ""


def snyk_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Snyk's JSON, of one project or of several."""
    candidates = [by_keys(data, ("vulnerabilities", *_SIGNS[:2]), _SIGNS[2:])]
    candidates.append(by_items(data, ("vulnerabilities", *_SIGNS[:2]), _SIGNS[2:]))
    candidates.append(by_keys(data, ("infrastructureAsCodeIssues",), ("targetFile",)))
    candidates.append(by_items(data, ("infrastructureAsCodeIssues",), ("targetFile",)))
    return best(candidates)


def read_snyk(document: Document) -> Audit:
    """Return each way to a vulnerable package, and each misconfiguration, as a finding."""
    notes: list[Note] = []
    listed = document.data if isinstance(document.data, list) else [document.data]
    observations = [item for project in listed for item in _observations(project, notes)]
    source = Source(document.path, document.sha256, "snyk", document.redactions, notes=tuple(notes))
    return audit_of(source, observations)


def _observations(project: object, notes: list[Note]) -> Iterator[Observation]:
    file = str(at(project, "displayTargetFile") or at(project, "targetFile") or "")
    path = file.replace("\\", "/")
    for vulnerability in entries(
        at(project, "vulnerabilities"), _Vulnerability, "vulnerabilities", notes
    ):
        yield _vulnerable(vulnerability, path)
    issues = at(project, "infrastructureAsCodeIssues")
    for issue in entries(issues, _Issue, "infrastructureAsCodeIssues", notes):
        yield _misconfigured(issue, path)


def _vulnerable(vulnerability: _Vulnerability, path: str) -> Observation:
    package = (
        vulnerability.package_name or vulnerability.module_name or vulnerability.name or "a package"
    )
    severity = vulnerability.severity_with_critical or vulnerability.severity
    return Observation(
        tool="Snyk",
        rule=vulnerability.id,
        path=path,
        message=f"{package} {vulnerability.version}".strip()
        + f" is vulnerable: {vulnerability.title or vulnerability.id}",
        severity=_SEVERITIES.get(severity.lower(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        code=" > ".join(vulnerability.way or []),
        package=package,
        impact=vulnerability.description.strip(),
        fix=_fix(vulnerability, package),
        extra=_extra(vulnerability),
    )


def _fix(vulnerability: _Vulnerability, package: str) -> str:
    upgrade = next((step for step in vulnerability.upgrade_path or [] if isinstance(step, str)), "")
    if upgrade:
        name, _, version = upgrade.rpartition("@")
        return f"Update {name} to {version}"
    if vulnerability.fixed_in:
        return f"Update {package} to {' or '.join(vulnerability.fixed_in)}"
    return f"No fixed version of {package} is known; replace the package"


def _extra(vulnerability: _Vulnerability) -> dict[str, Any]:
    known = vulnerability.identifiers or {}
    named = {"cwe": known.get("CWE"), "cves": known.get("CVE")}
    return {key: value for key, value in named.items() if value}


def _misconfigured(issue: _Issue, path: str) -> Observation:
    return Observation(
        tool="Snyk",
        rule=issue.id,
        path=path,
        message=issue.issue.strip() or issue.title or issue.id,
        severity=_SEVERITIES.get(issue.severity.lower(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        line=issue.line_number,
        impact=issue.impact.strip(),
        fix=issue.resolve.strip(),
    )
