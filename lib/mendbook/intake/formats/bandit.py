"""Read what ``bandit -f json`` writes."""

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
_NUMBER = re.compile(r"^(\d+)[ \t]?", re.MULTILINE)


class _Result(msgspec.Struct):
    filename: str
    issue_text: str
    test_id: str = ""
    test_name: str = ""
    issue_severity: str = ""
    issue_confidence: str = ""
    line_number: int | None = None
    line_range: list[int] = []
    code: str = ""
    more_info: str = ""
    issue_cwe: dict[str, Any] = {}


def bandit_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Bandit's JSON, with results or only with its metrics."""
    evidence = by_items(
        at(data, "results"), ("filename", "issue_text", "test_id"), ("issue_severity",)
    )
    return best((evidence, by_keys(data, ("metrics", "generated_at", "results"), ("errors",))))


def read_bandit(document: Document) -> Audit:
    """Return Bandit's results as an audit."""
    notes: list[Note] = []
    results = entries(document.data["results"], _Result, "results", notes)
    root = Root(item.filename for item in results)
    source = Source(
        document.path,
        document.sha256,
        "bandit",
        document.redactions,
        timestamp=str(document.data.get("generated_at") or ""),
        notes=tuple(notes),
    )
    return audit_of(source, [_observation(item, root) for item in results])


def _observation(result: _Result, root: Root) -> Observation:
    named = " ".join(filter(None, (result.test_id, result.test_name)))
    return Observation(
        tool="Bandit",
        rule=result.test_id or result.test_name or "bandit",
        path=root.relative(result.filename),
        message=result.issue_text.strip() or named,
        severity=_SEVERITIES.get(result.issue_severity.upper(), Severity.INFO),
        dimension=Dimension.SECURITY,
        line=result.line_number,
        end_line=max(result.line_range, default=None),
        code=code_at(result.code, result.line_number, max(result.line_range, default=0)),
        extra=_extra(result),
    )


def code_at(numbered: str, line: int | None, end: int) -> str:
    """Return the lines from ``line`` to ``end`` of an excerpt whose lines begin with a number.

    Without numbers the excerpt is returned as it is.
    """
    rows = [(int(match[1]), text) for match, text in _rows(numbered)]
    wanted = [text for number, text in rows if line and line <= number <= max(end, line)]
    return "\n".join(wanted).strip() if wanted else numbered.strip()


def _rows(numbered: str) -> list[tuple[re.Match[str], str]]:
    rows = numbered.split("\n")
    return [(match, row[match.end() :]) for row in rows if (match := _NUMBER.match(row))]


def _extra(result: _Result) -> dict[str, Any]:
    weakness = result.issue_cwe.get("id")
    known = {
        "confidence": result.issue_confidence,
        "cwe": [f"CWE-{weakness}"] if weakness else [],
        "helpUri": result.more_info,
    }
    return {key: value for key, value in known.items() if value}
