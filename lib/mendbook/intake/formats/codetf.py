"""Read CodeTF, in which codemods say what they changed: results by codemod, each with its diffs.

See https://github.com/pixee/codemodder-specs/blob/main/codetf.schema.json
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.formats.tags import dimension_of
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, OfferedFix, Region, Severity
from mendbook.text.hunks import replaced_lines

_SEVERITIES = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}


class _Change(msgspec.Struct, rename="camel"):
    line_number: int | None = None
    description: str | None = None


class _ChangeSet(msgspec.Struct, rename="camel"):
    path: str
    diff: str = ""
    changes: list[_Change] = []


class _Finding(msgspec.Struct, rename="camel"):
    id: str | None = None
    path: str | None = None
    line_number: int | None = None
    reason: str = ""
    rule: dict[str, Any] | None = None


class _Result(msgspec.Struct, rename="camel"):
    codemod: str
    summary: str = ""
    description: str = ""
    severity: str = ""
    changeset: list[_ChangeSet] = []
    unfixed_findings: list[_Finding] | None = None


def codetf_evidence(data: object) -> Evidence:
    """Return how far ``data`` is CodeTF: a codemod's run, or results with their change sets."""
    evidence = by_items(at(data, "results"), ("codemod", "changeset"), ("summary", "description"))
    return best((evidence, by_keys(at(data, "run"), ("vendor", "tool", "commandLine"))))


def read_codetf(document: Document) -> Audit:
    """Return each change of each codemod, and what it could not change, as a finding."""
    notes: list[Note] = []
    results = entries(document.data.get("results"), _Result, "results", notes)
    tool = str(at(document.data, "run", "tool") or "codemodder")
    observations = [item for result in results for item in _observations(result, tool)]
    source = Source(
        document.path, document.sha256, "codetf", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, observations)


def _observations(result: _Result, tool: str) -> Iterator[Observation]:
    for changed in result.changeset:
        yield _observation(result, changed, tool)
    for left in result.unfixed_findings or []:
        yield Observation(
            tool=tool,
            rule=result.codemod,
            path=left.path or "",
            message=result.summary.strip() or result.codemod,
            severity=_SEVERITIES.get(result.severity.lower(), Severity.MEDIUM),
            dimension=_dimension(result),
            line=left.line_number,
            fix=f"The codemod did not change it: {left.reason}" if left.reason else "",
        )


def _observation(result: _Result, changed: _ChangeSet, tool: str) -> Observation:
    hunks = list(replaced_lines(changed.diff))
    lines = [item.line_number for item in changed.changes if item.line_number]
    said = next((item.description for item in changed.changes if item.description), "")
    return Observation(
        tool=tool,
        rule=result.codemod,
        path=changed.path,
        message=result.summary.strip() or said or result.codemod,
        severity=_SEVERITIES.get(result.severity.lower(), Severity.MEDIUM),
        dimension=_dimension(result),
        line=hunks[0].line if hunks else min(lines, default=None),
        code=hunks[0].removed.strip() if hunks else "",
        impact=_first_paragraph(result.description),
        fix=said or "Apply the change that the codemod offers",
        fixes=tuple(
            OfferedFix(
                changed.path,
                -1,
                -1,
                hunk.added,
                tool,
                said or result.summary,
                Region(hunk.line, 1, hunk.line + hunk.count, 1, "characters"),
                quote=hunk.removed.rstrip("\n"),
                quote_line=hunk.line,
            )
            for hunk in hunks
        ),
    )


def _dimension(result: _Result) -> Dimension:
    words = re.split(r"[^a-z]+", f"{result.codemod} {result.summary}".lower())
    return dimension_of(words)


def _first_paragraph(text: str) -> str:
    return text.strip().split("\n\n", 1)[0]
