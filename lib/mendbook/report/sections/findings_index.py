"""The index of findings: one row each, in order of rank, with links to all that is said of it."""

from __future__ import annotations

from mendbook.changes.headings import heading
from mendbook.model import Plan, Remediation
from mendbook.report import markdown
from mendbook.report.index import Index
from mendbook.text.escape import cell, prose, shorten
from mendbook.text.phrasing import number

HEADER = (
    "ID",
    "Title",
    "Severity",
    "Priority",
    "Hours",
    "PR",
    "Sprint",
    "Patch",
    "Owner",
    "File",
    "Dimension",
    "Status",
)
_TITLE = 160


def findings_index(plan: Plan) -> tuple[str, ...]:
    """Return the index under its heading; nothing where there are no findings."""
    if not plan.remediations:
        return ()
    index = Index.of(plan)
    rows = [_row(item, index) for item in plan.remediations]
    return ("### Findings", markdown.FINDINGS, markdown.table(HEADER, rows, right=(4,)))


def _row(item: Remediation, index: Index) -> tuple[str, ...]:
    finding = index.findings[item.finding_id]
    request = index.pr_of.get(item.finding_id)
    sprint = index.sprint_of.get(request) if request else None
    file = _file(item, index)
    return (
        markdown.link(cell(item.finding_id), index.anchor_of[item.finding_id]),
        prose(shorten(heading(finding), _TITLE)) or "—",
        item.severity,
        item.decision.priority,
        number(item.estimate.likely),
        markdown.pr_link(request, str(request)) if request else "—",
        markdown.sprint_link(sprint) if sprint else "—",
        cell("none" if finding.status.closed else item.patch.standing),
        cell(item.owner.name),
        index.file(file) if file else "—",
        cell(finding.kind),
        cell(finding.status),
    )


def _file(item: Remediation, index: Index) -> str:
    """Return the file that the finding is about: of those its patch touches, else the first."""
    facts = index.facts.get(item.finding_id)
    named = facts.files if facts else ()
    touched = [path for path in named if path in item.files_touched]
    return next(iter([*touched, *named, *item.files_touched]), "")
