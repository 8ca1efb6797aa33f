"""Read what ``knip --reporter json`` writes, in its form since version 6 and the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mendbook.intake.formats.evidence import NOTHING, Evidence, at, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.packages import (
    missing_dependency,
    unused_dependency,
    unused_export,
    unused_file,
)
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Severity

_DEPENDENCIES = {"dependencies", "devDependencies", "optionalPeerDependencies"}
_EXPORTS = {"exports", "types"}
_OTHER = {
    "unresolved": ("the import of {} cannot be resolved", Severity.MEDIUM),
    "binaries": ("the program {} is used and not declared in package.json", Severity.LOW),
    "duplicates": ("{} are exported under several names", Severity.LOW),
    "enumMembers": ("the enum member {} is never used", Severity.LOW),
    "classMembers": ("the class member {} is never used", Severity.LOW),
    "namespaceMembers": ("the namespace member {} is never used", Severity.LOW),
}


_CONTENT = Evidence(0.45, "issues, none of them")
"""What knip writes when it finds nothing; little speaks for it, and nothing else is so."""


def knip_evidence(data: object) -> Evidence:
    """Return how far ``data`` is knip's JSON: issues by file, listed by knip's categories."""
    issues = at(data, "issues")
    if not isinstance(issues, list):
        return NOTHING
    if not issues:
        if isinstance(at(data, "files"), list):
            return by_keys(data, ("files", "issues"))
        return _CONTENT if isinstance(data, Mapping) and set(data) == {"issues"} else NOTHING
    told = [issue for issue in issues if isinstance(issue, dict) and _categories(issue)]
    return by_items(issues, ("file",)) if len(told) == len(issues) else NOTHING


def _categories(issue: Mapping[str, Any]) -> bool:
    known = (*_DEPENDENCIES, *_EXPORTS, *_OTHER, "unlisted", "files", "catalog")
    return any(isinstance(issue.get(name), list | dict) for name in known)


def read_knip(document: Document) -> Audit:
    """Return knip's issues as an audit."""
    source = Source(document.path, document.sha256, "knip", document.redactions)
    return audit_of(source, _observations(document.data))


def _observations(data: Mapping[str, Any]) -> Iterator[Observation]:
    files = [path for path in data.get("files") or [] if isinstance(path, str)]
    issues: list[Mapping[str, Any]] = data["issues"]
    root = Root([*files, *(str(issue["file"]) for issue in issues)])
    for path in files:
        yield unused_file("knip", "files", root.relative(path))
    missing: dict[str, list[str]] = {}
    for issue in issues:
        path = root.relative(str(issue["file"]))
        for category, name, line in _entries(issue):
            if category == "unlisted":
                missing.setdefault(name, []).append(path)
            else:
                yield _observation(category, path, name, line)
    for name, paths in missing.items():
        yield missing_dependency("knip", "unlisted", name, paths)


def _observation(category: str, path: str, name: str, line: int | None) -> Observation:
    if category == "files":
        return unused_file("knip", category, path)
    if category in _DEPENDENCIES:
        return unused_dependency("knip", category, name)
    if category in _EXPORTS:
        return unused_export("knip", category, path, name, line)
    template, severity = _OTHER.get(category, (f"{category}: {{}}", Severity.LOW))
    return Observation(
        tool="knip",
        rule=category,
        path=path,
        message=template.format(name),
        severity=severity,
        line=line,
        symbol=name if category.endswith("Members") else "",
    )


def _entries(issue: Mapping[str, Any]) -> Iterator[tuple[str, str, int | None]]:
    """Yield category, name and line of each entry; members are named by their owner too."""
    for category, entries in issue.items():
        if isinstance(entries, dict):
            entries = [
                {**entry, "namespace": owner}
                for owner, members in entries.items()
                if isinstance(members, list)
                for entry in members
                if isinstance(entry, dict)
            ]
        for entry in entries if isinstance(entries, list) else ():
            name = _entry_name(entry)
            if name:
                line = entry.get("line") if isinstance(entry, dict) else None
                yield category, name, line if isinstance(line, int) else None


def _entry_name(entry: object) -> str:
    if isinstance(entry, list):
        return ", ".join(filter(None, map(_entry_name, entry)))
    if isinstance(entry, dict) and isinstance(entry.get("name"), str):
        owner = entry.get("namespace")
        return f"{owner}.{entry['name']}" if isinstance(owner, str) else str(entry["name"])
    return ""
