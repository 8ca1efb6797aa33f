"""Read SonarQube's issues and hotspots, as its web API and ``sonar-report`` export them."""

from __future__ import annotations

from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.formats.tags import dimension_of
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity

_SEVERITIES = {
    "BLOCKER": Severity.CRITICAL,
    "CRITICAL": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "MAJOR": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "MINOR": Severity.LOW,
    "LOW": Severity.LOW,
    "INFO": Severity.INFO,
}
_TYPES = {
    "VULNERABILITY": Dimension.SECURITY,
    "SECURITY_HOTSPOT": Dimension.SECURITY,
    "BUG": Dimension.SECURITY,
}
"""A bug in Sonar's words is a matter of reliability, which is one dimension with security."""


class _Range(msgspec.Struct, rename="camel"):
    start_line: int | None = None
    end_line: int | None = None


class _Issue(msgspec.Struct, rename="camel"):
    component: str
    message: str = ""
    rule: str = ""
    rule_key: str = ""
    severity: str = ""
    vulnerability_probability: str = ""
    security_category: str = ""
    type: str = ""
    status: str = ""
    resolution: str = ""
    line: int | None = None
    text_range: _Range | None = None
    effort: str = ""
    tags: list[str] = []


def sonar_evidence(data: object) -> Evidence:
    """Return how far ``data`` is an export of Sonar: issues, hotspots, or a report's issues."""
    issues = at(data, "issues")
    return best(
        (
            by_items(issues, ("rule", "component", "message"), ("key", "severity")),
            by_items(at(data, "hotspots"), ("component", "ruleKey"), ("message", "key")),
            by_keys(data, ("issues", "paging", "components"), ("total", "ps")),
            by_keys(data, ("issues", "sonarBaseURL", "rules")),
        )
    )


def read_sonar(document: Document) -> Audit:
    """Return the open issues and hotspots as an audit."""
    notes: list[Note] = []
    issues = [
        item
        for key in ("issues", "hotspots")
        for item in entries(document.data.get(key), _Issue, key, notes)
    ]
    components = document.data.get("components")
    paths = {
        str(item.get("key")): str(item["path"])
        for item in (components if isinstance(components, list) else ())
        if isinstance(item, dict) and item.get("path")
    }
    notes += _page(document.data)
    source = Source(
        document.path, document.sha256, "sonar", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(item, paths) for item in issues])


def _page(data: dict[str, Any]) -> list[Note]:
    total, size = at(data, "paging", "total"), at(data, "paging", "pageSize")
    if not isinstance(total, int) or not isinstance(size, int) or total <= size:
        return []
    why = "this is one page of several; export the others, too"
    return [Note("paging", f"{total} in all", f"{size} on a page", why)]


def _observation(issue: _Issue, paths: dict[str, str]) -> Observation:
    rule = issue.rule or issue.rule_key or "sonar"
    span = issue.text_range
    return Observation(
        tool="Sonar",
        rule=rule,
        path=_path(issue.component, paths),
        message=issue.message.strip() or rule,
        severity=_severity(issue),
        dimension=_dimension(issue),
        line=span.start_line if span else issue.line,
        end_line=span.end_line if span else None,
        extra={"effort": issue.effort} if issue.effort else {},
    )


def _path(component: str, paths: dict[str, str]) -> str:
    """Return the path of ``project:src/a.ts``; none for the project as a whole."""
    if component in paths:
        return paths[component]
    project, colon, path = component.partition(":")
    named = path if colon else project
    return named if "." in named.rpartition("/")[2] or "/" in named or named in _PLAIN else ""


_PLAIN = {"Dockerfile", "Makefile", "Jenkinsfile"}


def _severity(issue: _Issue) -> Severity:
    written = issue.severity or issue.vulnerability_probability
    return _SEVERITIES.get(written.upper(), Severity.MEDIUM)


def _dimension(issue: _Issue) -> Dimension:
    if issue.security_category or issue.type in _TYPES:
        return _TYPES.get(issue.type, Dimension.SECURITY)
    hotspot = Dimension.SECURITY if issue.status == "TO_REVIEW" else Dimension.CODE_QUALITY
    return dimension_of(issue.tags, hotspot)
