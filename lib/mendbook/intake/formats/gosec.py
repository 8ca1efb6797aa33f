"""Read what ``gosec -fmt=json`` writes; its lines are texts, ``79`` or ``79-82``."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Dimension, Note, Severity

_SEVERITIES = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_NUMBER = re.compile(r"(?m)^(\d+):[ \t]?")


class _Issue(msgspec.Struct):
    details: str
    file: str
    rule_id: str = ""
    severity: str = ""
    confidence: str = ""
    line: str | int = ""
    code: str = ""
    cwe: dict[str, Any] | None = None
    autofix: str = ""
    nosec: bool = False
    suppressions: list[Any] | None = None


def gosec_evidence(data: object) -> Evidence:
    """Return how far ``data`` is gosec's JSON, with issues or only with its statistics."""
    evidence = by_items(at(data, "Issues"), ("rule_id", "details", "file"), ("severity", "line"))
    return best((evidence, by_keys(data, ("Issues", "Stats"), ("Golang errors", "GosecVersion"))))


def read_gosec(document: Document) -> Audit:
    """Return gosec's issues as an audit; those that the code suppresses are left out and noted."""
    notes: list[Note] = []
    issues = entries(document.data["Issues"], _Issue, "Issues", notes)
    asked = [item for item in issues if not item.nosec and not item.suppressions]
    if len(asked) < len(issues):
        count = len(issues) - len(asked)
        notes.append(Note("Issues", f"{count} issues", "", "left out: nosec says so"))
    root = Root(item.file for item in asked)
    source = Source(
        document.path, document.sha256, "gosec", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(item, root) for item in asked])


def _observation(issue: _Issue, root: Root) -> Observation:
    lines = [int(number) for number in re.findall(r"\d{1,9}", str(issue.line))]
    return Observation(
        tool="gosec",
        rule=issue.rule_id or "gosec",
        path=root.relative(issue.file),
        message=issue.details.strip() or issue.rule_id,
        severity=_SEVERITIES.get(issue.severity.upper(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        line=min(lines, default=None),
        end_line=max(lines, default=None),
        code=_code(issue.code, lines),
        fix=issue.autofix.strip(),
        extra=_extra(issue),
    )


def _code(excerpt: str, lines: list[int]) -> str:
    """Return the lines that are meant of an excerpt with a line more on either side."""
    parts = _NUMBER.split(excerpt)[1:]
    rows = [
        text.rstrip("\n")
        for number, text in zip(parts[::2], parts[1::2], strict=True)
        if lines and min(lines) <= int(number) <= max(lines)
    ]
    return "\n".join(rows).strip() if rows else excerpt.strip()


def _extra(issue: _Issue) -> dict[str, Any]:
    weakness = (issue.cwe or {}).get("id")
    known = {
        "confidence": issue.confidence,
        "cwe": [f"CWE-{weakness}"] if weakness else [],
    }
    return {key: value for key, value in known.items() if value}
