"""Read what ``npm audit --json`` writes since npm 7: vulnerabilities, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from mendbook.intake.formats.advisory import SEVERITIES
from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.problem import shorten
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity


class _Advisory(msgspec.Struct):
    title: str = ""
    url: str = ""
    range: str = ""


class _Available(msgspec.Struct, rename="camel"):
    name: str = ""
    version: str = ""
    is_sem_ver_major: bool = False


class _Vulnerability(msgspec.Struct, rename="camel"):
    name: str
    severity: str = "info"
    is_direct: bool = False
    via: list[_Advisory | str] = []
    range: str = ""
    nodes: list[str] = []
    fix_available: bool | _Available = False


def npm_audit_evidence(data: object) -> Evidence:
    """Return how far ``data`` is ``npm audit``'s JSON, with findings or with npm's error object."""
    refused = by_keys(at(data, "error"), ("summary",), ("code", "detail"))
    return best((by_keys(data, ("auditReportVersion",), ("vulnerabilities",)), refused))


def read_npm_audit(document: Document) -> Audit:
    """Return the vulnerabilities as an audit.

    A registry that refused gives no findings and a note: nothing is known, which is not the same as
    nothing being wrong.
    """
    data: Mapping[str, Any] = document.data
    notes = [_refusal(data["error"], data)] if isinstance(data.get("error"), dict) else []
    vulnerabilities = entries(data.get("vulnerabilities"), _Vulnerability, "vulnerabilities", notes)
    source = Source(
        document.path, document.sha256, "npm-audit", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(item) for item in vulnerabilities])


def _refusal(error: Mapping[str, Any], data: Mapping[str, Any]) -> Note:
    said = error.get("summary") or data.get("message") or "no reason given"
    why = "npm audit got no answer from the registry; nothing is known about vulnerabilities"
    return Note("error", shorten(str(said), 200), "", why)


def _observation(item: _Vulnerability) -> Observation:
    advisories = [via for via in item.via if isinstance(via, _Advisory)]
    urls = [advisory.url for advisory in advisories if advisory.url]
    rule = ", ".join(url.rpartition("/")[2] for url in urls) or "vulnerable-dependency"
    return Observation(
        tool="npm audit",
        rule=rule,
        path="package.json" if item.is_direct else "package-lock.json",
        message=_message(item, advisories),
        severity=SEVERITIES.get(item.severity, Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        code="\n".join(item.nodes),
        kind=rule,
        package=item.name,
        fix=_fix(item),
        extra={"urls": urls} if urls else {},
    )


def _message(item: _Vulnerability, advisories: list[_Advisory]) -> str:
    titles = "; ".join(dict.fromkeys(advisory.title for advisory in advisories if advisory.title))
    package = f"{item.name} {item.range}".strip()
    if titles:
        return f"{package} is vulnerable: {titles}"
    brought = ", ".join(via for via in item.via if isinstance(via, str))
    return f"{package} depends on {brought or 'a package'}, which is vulnerable"


def _fix(item: _Vulnerability) -> str:
    available = item.fix_available
    if isinstance(available, _Available):
        major = ", a major version" if available.is_sem_ver_major else ""
        return f"Update {available.name} to {available.version}{major}"
    return "Run npm audit fix" if available else "No fixed version is known; replace the package"
