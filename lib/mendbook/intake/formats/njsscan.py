"""Read what ``njsscan --json`` and ``mobsfscan --json`` write: rules, each with its matches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, best, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.intake.values import without_nulls
from mendbook.model import Audit, Dimension, Note, Severity

_SEVERITIES = {"ERROR": Severity.HIGH, "WARNING": Severity.MEDIUM, "INFO": Severity.LOW}
_SECTIONS = ("nodejs", "templates", "results")
_KEPT = ("cwe", "owasp-web", "owasp-mobile", "masvs", "reference", "ref")


class _Match(msgspec.Struct):
    file_path: str
    match_lines: list[int] = []
    match_string: str = ""


class _Rule(msgspec.Struct):
    metadata: dict[str, Any] = {}
    files: Any = None


def njsscan_evidence(data: object) -> Evidence:
    """Return how far ``data`` is njsscan's or mobsfscan's JSON, with matches or without."""
    web = by_keys(data, ("njsscan_version", "nodejs"), ("errors", "templates"))
    return best((web, by_keys(data, ("mobsfscan_version", "results"), ("errors",))))


def read_njsscan(document: Document) -> Audit:
    """Return a finding for each match, and one for each rule that asks for what nowhere is."""
    notes: list[Note] = []
    tool = "mobsfscan" if "mobsfscan_version" in document.data else "njsscan"
    matches = [
        (rule, about.metadata, match)
        for section in _SECTIONS
        for rule, about in _rules(document.data.get(section)).items()
        for match in _matches(about, f"{section}.{rule}.files", notes)
    ]
    root = Root(match.file_path for *_, match in matches if match)
    source = Source(
        document.path, document.sha256, "njsscan", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(tool, *one, root) for one in matches])


def _rules(section: object) -> dict[str, _Rule]:
    return msgspec.convert(without_nulls(section or {}), dict[str, _Rule], strict=False)


def _matches(about: _Rule, place: str, notes: list[Note]) -> Iterator[_Match | None]:
    matches = entries(about.files, _Match, place, notes)
    yield from matches or (None,)


def _observation(
    tool: str, rule: str, metadata: dict[str, Any], match: _Match | None, root: Root
) -> Observation:
    lines = match.match_lines if match else []
    return Observation(
        tool=tool,
        rule=rule,
        path=root.relative(match.file_path) if match else "",
        message=str(metadata.get("description") or rule).strip(),
        severity=_SEVERITIES.get(str(metadata.get("severity")).upper(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        line=min(lines, default=None),
        end_line=max(lines, default=None),
        code=match.match_string.strip() if match else "",
        extra={key: metadata[key] for key in _KEPT if metadata.get(key)},
    )
