"""Tell an audit in CSV: rows of one length, a head, and cells that look like findings."""

from __future__ import annotations

from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.shapes.tables import looks_like_findings


def csv_evidence(text: str) -> Evidence:
    """Tell how far ``text`` is a table of findings."""
    first = text.lstrip("\ufeff \n").partition("\n")[0]
    if first.startswith(("#", "---", "{", "[", "|", "- ")) or not looks_like_findings(text):
        return NOTHING
    return Evidence(0.9, "rows of one length that look like findings")
