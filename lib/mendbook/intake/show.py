"""Show how an audit was understood: as a table for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit, Estimate, Finding
from mendbook.text.escape import visible
from mendbook.text.phrasing import count, headline, span

_WIDE = 44
_MANY = 40


def intake_json(audit: Audit, estimates: Mapping[str, Estimate]) -> dict[str, Any]:
    """Return what ``mendbook intake --json`` prints: shape, findings, mapped and left."""
    return {
        "shape": audit.shape,
        "commit": audit.commit,
        "findings": [_finding(each, estimates.get(each.id)) for each in audit.findings],
        "mapped": [
            {"key": one.key, "field": one.field, "example": one.example, "why": one.why,
             "findings": one.count}
            for one in audit.mapped
        ],
        "left": [
            {"place": one.place, "example": one.example, "why": one.why} for one in audit.left
        ],
    }  # fmt: skip


def _finding(finding: Finding, estimate: Estimate | None) -> dict[str, Any]:
    place = finding.places[0] if finding.places else None
    return {
        "id": finding.id,
        "title": headline(finding.title, finding.problem),
        "severity": finding.severity,
        "dimension": finding.dimension,
        "category": finding.category,
        "file": place.path if place else "",
        "line": place.line if place else None,
        "endLine": (place.end_line or place.line) if place else None,
        "files": [shown_place(each) for each in finding.places],
        "function": finding.function,
        "problem": finding.problem,
        "evidence": finding.evidence,
        "impact": finding.impact,
        "fix": finding.fix,
        "hours": estimate.likely if estimate else None,
        "hoursSource": estimate.source if estimate else "",
        "status": finding.status,
        "documentLine": next((each.line for each in finding.origins if each.line), None),
    }


def intake_table(audit: Audit, estimates: Mapping[str, Estimate]) -> str:
    """Return the same for a person to read: the shape, each key, each finding, what was left."""
    closed = sum(finding.status.closed for finding in audit.findings)
    lines = [
        f"{audit.path}: {audit.shape or 'a tool report'}",
        f"{count(len(audit.findings), 'finding')}, {closed} of them closed"
        if closed
        else count(len(audit.findings), "finding"),
    ]
    if audit.mapped:
        rows = [(one.key, one.field, one.example, one.why) for one in audit.mapped]
        lines += ["", *_table(("key", "field", "example", "why"), rows)]
    if audit.findings:
        shown = [_row(each, estimates.get(each.id)) for each in audit.findings[:_MANY]]
        lines += ["", *_table(("id", "severity", "status", "hours", "place", "title"), shown)]
        if len(audit.findings) > _MANY:
            lines.append(f"… and {len(audit.findings) - _MANY} more; --json prints all")
    if audit.left:
        aside = [(one.place, one.example, one.why) for one in audit.left]
        lines += ["", "Not understood, or left aside:", *_table(("place", "example", "why"), aside)]
    return "\n".join(lines)


def _row(finding: Finding, estimate: Estimate | None) -> tuple[str, ...]:
    hours = span(estimate.low, estimate.high) if estimate else ""
    place = shown_place(finding.places[0]) if finding.places else ""
    title = headline(finding.title, finding.problem)
    return finding.id, finding.severity, finding.status, hours, place, title


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table; the last column is whole, the others are cut to a width."""
    shown = [(*map(_short, row[:-1]), _line(row[-1])) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in shown) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def _line(text: str) -> str:
    return " ".join(visible(text, keep="").split())


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1]}…"
