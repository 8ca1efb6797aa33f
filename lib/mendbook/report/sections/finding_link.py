"""A finding's id as a link to its card."""

from __future__ import annotations

from mendbook.report import markdown
from mendbook.report.index import Index
from mendbook.text.escape import text


def finding_link(finding_id: str, index: Index) -> str:
    """Return a finding's id as a link to its card; the id alone where the plan has none."""
    anchor = index.anchor_of.get(finding_id)
    return markdown.link(text(finding_id), anchor) if anchor else text(finding_id)
