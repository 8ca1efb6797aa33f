"""Read what ``yarn audit --json`` of yarn 1 and ``yarn npm audit --json`` of berry write.

Both write a JSON value a line; yarn 1 an advisory for each way that leads to a package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mendbook.intake.formats.advisory import SEVERITIES, Advisory, Installed, observed
from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import NOTHING, Evidence, best, by_items
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.problem import shorten
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity

_KINDS = {"auditAdvisory", "auditSummary", "auditAction", "info", "warning", "error"}


class _Entry(msgspec.Struct):
    advisory: Advisory


class _Issue(msgspec.Struct, rename="pascal"):
    issue: str = ""
    severity: str = ""
    id: int | str = msgspec.field(name="ID", default="")
    url: str | None = msgspec.field(name="URL", default=None)
    versions: str = msgspec.field(name="Vulnerable Versions", default="")
    installed: list[str] = msgspec.field(name="Tree Versions", default=[])
    dependents: list[str] = []


class _Package(msgspec.Struct):
    value: str
    children: _Issue


def yarn_audit_evidence(data: object) -> Evidence:
    """Return how far ``data`` is what yarn prints: lines of known types, or a package tree."""
    lines = data if isinstance(data, list) else [data]
    first = by_items(lines, ("type", "data"))
    if first.score and not any(_kind(line).startswith("audit") for line in lines):
        first = NOTHING if not _only_known(lines) else first
    trees = [line for line in lines if isinstance(line, dict) and isinstance(_tree(line), dict)]
    return best((first, by_items([_tree(line) for line in trees], ("Issue", "Severity"), ("ID",))))


def read_yarn_audit(document: Document) -> Audit:
    """Return each advisory as a finding, once for all ways that lead to its package."""
    lines = document.data if isinstance(document.data, list) else [document.data]
    notes = list(_said(lines))
    packages = [line for line in lines if isinstance(line, dict) and "children" in line]
    told = [line["data"] for line in lines if _kind(line) == "auditAdvisory"]
    advisories = _joined(item.advisory for item in entries(told, _Entry, "auditAdvisory", notes))
    observations = [
        *(observed(item, "yarn audit", "yarn.lock") for item in advisories),
        *map(_observation, entries(packages, _Package, "lines", notes)),
    ]
    source = Source(
        document.path, document.sha256, "yarn-audit", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, observations)


def _kind(line: Any) -> str:  # noqa: ANN401 - any JSON value
    return str(line.get("type", "")) if isinstance(line, dict) else ""


def _tree(line: dict[str, Any]) -> object:
    return line.get("children")


def _only_known(lines: Iterable[object]) -> bool:
    return all(_kind(line) in _KINDS for line in lines)


def _said(lines: Iterable[Any]) -> Iterator[Note]:
    for line in lines:
        if _kind(line) == "error":
            why = "yarn audit stopped; nothing is known about vulnerabilities"
            yield Note("error", shorten(str(line.get("data")), 200), "", why)


def _joined(advisories: Iterable[Advisory]) -> list[Advisory]:
    """Return each advisory once, with the installed versions of all its lines."""
    advisory_by_key: dict[tuple[str, str], Advisory] = {}
    for advisory in advisories:
        key = (str(advisory.id), advisory.module_name)
        first = advisory_by_key.setdefault(key, advisory)
        if first is not advisory:
            first.findings = _distinct([*first.findings, *advisory.findings])
    return list(advisory_by_key.values())


def _distinct(installed: list[Installed]) -> list[Installed]:
    ways: dict[str, dict[str, None]] = {}
    for item in installed:
        ways.setdefault(item.version, {}).update(dict.fromkeys(item.paths))
    return [Installed(version, list(paths)) for version, paths in ways.items()]


def _observation(package: _Package) -> Observation:
    issue = package.children
    said = issue.issue.strip()
    rule = (issue.url or "").rstrip("/").rpartition("/")[2] or str(issue.id)
    deprecated = "(deprecation)" in str(issue.id)
    installed = " ".join(filter(None, (package.value, ", ".join(issue.installed))))
    return Observation(
        tool="yarn audit",
        rule="deprecated-dependency" if deprecated else rule,
        path="yarn.lock",
        message=f"{installed} is {'deprecated' if deprecated else 'vulnerable'}: {said}",
        severity=SEVERITIES.get(issue.severity.lower(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        code="\n".join(issue.dependents[:20]),
        kind="deprecated-dependency" if deprecated else rule,
        package=package.value,
        fix=f"Replace {package.value}" if deprecated else _fix(package),
        extra={"urls": [issue.url]} if issue.url else {},
    )


def _fix(package: _Package) -> str:
    range_ = package.children.versions
    away = f", the vulnerable versions are {range_}" if range_ else ""
    return f"Update {package.value}{away}"
