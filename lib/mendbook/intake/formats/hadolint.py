"""Read what ``hadolint -f json`` writes."""

from __future__ import annotations

import re

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import NOTHING, Evidence, by_items
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit, Note, Severity

_SEVERITIES = {"error": Severity.MEDIUM, "warning": Severity.LOW}
_CODE = re.compile(r"(?:DL|SC)\d+\Z")


class _Result(msgspec.Struct):
    code: str
    file: str
    message: str
    level: str = ""
    line: int | None = None


def hadolint_evidence(data: object) -> Evidence:
    """Return how far ``data`` is Hadolint's JSON: rules of its own, or of ShellCheck, by files."""
    if not isinstance(data, list):
        return NOTHING
    ours = [item for item in data[:20] if isinstance(item, dict) and _known(item.get("code"))]
    return by_items(data, ("code", "file", "level", "message"), ("line",)) if ours else NOTHING


def read_hadolint(document: Document) -> Audit:
    """Return Hadolint's results as an audit."""
    notes: list[Note] = []
    results = entries(document.data, _Result, "", notes)
    root = Root(item.file for item in results)
    source = Source(
        document.path, document.sha256, "hadolint", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(item, root) for item in results])


def _known(code: object) -> bool:
    return isinstance(code, str) and _CODE.match(code) is not None


def _observation(result: _Result, root: Root) -> Observation:
    return Observation(
        tool="Hadolint",
        rule=result.code,
        # a dash is what was piped in: which file that was, nobody knows
        path="" if result.file == "-" else root.relative(result.file),
        message=result.message.strip() or result.code,
        severity=_SEVERITIES.get(result.level.lower(), Severity.INFO),
        line=result.line,
    )
