"""Read what ``semgrep --json`` writes: results by rule, each with its place and metadata."""

from __future__ import annotations

from typing import Any

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.formats.tags import dimension_of, listed
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.problem import shorten
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Dimension, Note, OfferedFix, Region, Severity

_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "ERROR": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "WARNING": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "INFO": Severity.LOW,
    "LOW": Severity.LOW,
    "INVENTORY": Severity.INFO,
    "EXPERIMENT": Severity.INFO,
}
_NO_LINES = "requires login"
"""What Semgrep writes in place of what only logged-in users get."""


class _Position(msgspec.Struct, frozen=True):
    line: int = 0
    col: int = 0


class _Extra(msgspec.Struct):
    message: str = ""
    severity: str = ""
    lines: str = ""
    fix: str | None = None
    metadata: dict[str, Any] = {}
    is_ignored: bool | None = None


class _Result(msgspec.Struct):
    check_id: str
    path: str
    start: _Position = _Position()
    end: _Position = _Position()
    extra: _Extra = msgspec.field(default_factory=_Extra)


def semgrep_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Semgrep's own JSON, with results or without."""
    results = at(data, "results")
    needed = ("check_id", "path", "start", "end", "extra")
    empty = by_keys(data, ("results", "errors"), ("paths", "version")) if results == [] else None
    evidence = by_items(results, needed)
    return best((evidence, empty)) if empty else evidence


def read_semgrep(document: Document) -> Audit:
    """Return Semgrep's results as an audit, its fixes as offered fixes; ignored ones are noted."""
    notes: list[Note] = []
    results = entries(document.data["results"], _Result, "results", notes)
    ignored = [item for item in results if item.extra.is_ignored]
    if ignored:
        notes.append(Note("results", f"{len(ignored)} results", "", "left out: nosemgrep says so"))
    root = Root(item.path for item in results)
    asked = {_key(item): item for item in reversed(results) if not item.extra.is_ignored}
    observations = [_observation(item, root) for item in reversed(asked.values())]
    source = Source(
        document.path, document.sha256, "semgrep", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, observations)


def _key(result: _Result) -> tuple[object, ...]:
    """Return what tells results apart: Semgrep repeats one for each way that leads to it."""
    return (result.check_id, result.path, result.start, result.end, result.extra.message)


def _observation(result: _Result, root: Root) -> Observation:
    extra = result.extra
    path = root.relative(result.path)
    return Observation(
        tool="Semgrep",
        rule=result.check_id,
        path=path,
        message=extra.message.strip() or result.check_id,
        severity=_SEVERITIES.get(extra.severity.upper(), Severity.MEDIUM),
        dimension=_dimension(extra.metadata),
        line=result.start.line,
        end_line=result.end.line,
        code=_code(result).strip(),
        fix="Apply the fix that Semgrep offers" if extra.fix is not None else "",
        fixes=_fixes(path, result),
        extra=_known(extra.metadata),
    )


def _code(result: _Result) -> str:
    lines = result.extra.lines
    return "" if lines.strip() == _NO_LINES else lines


def _dimension(metadata: dict[str, Any]) -> Dimension:
    weak = [*listed(metadata.get("cwe")), *listed(metadata.get("owasp"))]
    return Dimension.SECURITY if weak else dimension_of(listed(metadata.get("category")))


def _fixes(path: str, result: _Result) -> tuple[OfferedFix, ...]:
    text = result.extra.fix
    if text is None or not result.start.line:
        return ()
    start, end = result.start, result.end
    region = Region(start.line, start.col, end.line, end.col, "characters")
    said = shorten(result.extra.message.strip(), 200)
    return (
        OfferedFix(
            path,
            -1,
            -1,
            text,
            "Semgrep",
            said,
            region,
            quote=_code(result),
            quote_line=start.line,
        ),
    )


def _known(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = ("cwe", "owasp", "confidence", "references")
    return {key: metadata[key] for key in kept if metadata.get(key)}
