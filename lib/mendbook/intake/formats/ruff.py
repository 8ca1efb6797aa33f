"""Read what ``ruff check --output-format json`` (or ``json-lines``) writes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Dimension, Note, OfferedFix, Region, Severity

_NEEDED = ("code", "filename", "location", "message")
_SIGNS = ("noqa_row", "end_location")
_FAMILIES = {
    "S": (Severity.MEDIUM, Dimension.SECURITY),
    "F": (Severity.MEDIUM, Dimension.CODE_QUALITY),
    "B": (Severity.MEDIUM, Dimension.CODE_QUALITY),
    "BLE": (Severity.MEDIUM, Dimension.SECURITY),
    "PERF": (Severity.LOW, Dimension.PERFORMANCE),
    "D": (Severity.INFO, Dimension.READABILITY),
    "N": (Severity.INFO, Dimension.READABILITY),
    "E": (Severity.LOW, Dimension.READABILITY),
    "W": (Severity.LOW, Dimension.READABILITY),
    "I": (Severity.INFO, Dimension.READABILITY),
    "Q": (Severity.INFO, Dimension.READABILITY),
    "COM": (Severity.INFO, Dimension.READABILITY),
}
"""Rules by the letters that their codes begin with; the others are small matters of quality."""
_OTHER = (Severity.LOW, Dimension.CODE_QUALITY)
_BROKEN = (Severity.HIGH, Dimension.CODE_QUALITY)


class _Position(msgspec.Struct, frozen=True):
    row: int = 0
    column: int = 0


class _Edit(msgspec.Struct):
    location: _Position
    end_location: _Position
    content: str = ""


class _Fix(msgspec.Struct):
    edits: list[_Edit] = []
    applicability: str = "safe"
    message: str | None = None


class _Result(msgspec.Struct):
    filename: str
    message: str
    code: str | None = None
    location: _Position = _Position()
    end_location: _Position = _Position()
    fix: _Fix | None = None
    url: str | None = None
    cell: int | None = None


def ruff_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Ruff's JSON, or one line of its JSON lines."""
    return best((by_items(data, _NEEDED, _SIGNS), by_keys(data, _NEEDED, _SIGNS)))


def read_ruff(document: Document) -> Audit:
    """Return Ruff's diagnostics as an audit; only fixes that Ruff calls safe are offered."""
    notes: list[Note] = []
    written = document.data if isinstance(document.data, list) else [document.data]
    results = entries(written, _Result, "", notes)
    root = Root(item.filename for item in results)
    source = Source(document.path, document.sha256, "ruff", document.redactions, notes=tuple(notes))
    return audit_of(source, [_observation(item, root) for item in results])


def _observation(result: _Result, root: Root) -> Observation:
    path = root.relative(result.filename)
    severity, dimension = _family(result.code)
    return Observation(
        tool="Ruff",
        rule=result.code or "syntax-error",
        path=path,
        message=result.message.strip() or result.code or "syntax error",
        severity=severity,
        dimension=dimension,
        line=result.location.row,
        end_line=result.end_location.row,
        fix=_said(result),
        fixes=_fixes(path, result),
        extra=_extra(result),
    )


def _family(code: str | None) -> tuple[Severity, Dimension]:
    letters = re.match(r"[A-Z]+", code or "")
    # a file that does not parse has no code, a word (``invalid-syntax``) or a number from 900 on
    if not code or not letters or code.startswith("E9"):
        return _BROKEN
    return _FAMILIES.get(letters[0], _OTHER)


def _said(result: _Result) -> str:
    if result.fix is None:
        return ""
    said = result.fix.message or "Apply the fix that Ruff offers"
    if result.fix.applicability == "safe":
        return said
    return f"{said} (Ruff calls its fix {result.fix.applicability}: look at it first)"


def _fixes(path: str, result: _Result) -> tuple[OfferedFix, ...]:
    # a notebook's rows count within a cell, which no offset in its file follows from
    if result.fix is None or result.fix.applicability != "safe" or result.cell is not None:
        return ()
    return tuple(
        OfferedFix(
            path,
            -1,
            -1,
            edit.content,
            "Ruff",
            result.fix.message or result.message,
            _region(edit.location, edit.end_location),
        )
        for edit in result.fix.edits
    )


def _region(start: _Position, end: _Position) -> Region:
    return Region(start.row, start.column, end.row, end.column, "characters")


def _extra(result: _Result) -> dict[str, Any]:
    return {"helpUri": result.url} if result.url else {}
