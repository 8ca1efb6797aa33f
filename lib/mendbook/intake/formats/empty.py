"""Read what many tools write when they found nothing: an empty array, or null."""

from __future__ import annotations

from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.observation import Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Note


def empty_evidence(data: object) -> Evidence:
    """Return how far ``data`` is an empty report, as ESLint, Ruff or Gitleaks write it."""
    return Evidence(1.0, "nothing stands in it") if data == [] or data is None else NOTHING


def read_empty(document: Document) -> Audit:
    """Return an audit without findings, and the note that its tool is not known."""
    why = "an array without entries: a tool that found nothing; which one, it does not say"
    note = Note("", "[]" if document.data == [] else "null", "no findings", why)
    source = Source(document.path, document.sha256, "empty", document.redactions, notes=(note,))
    return audit_of(source, ())
