"""The plan as a CSV of tickets, one for each open finding, for Jira and GitHub Projects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mendbook.changes.headings import heading
from mendbook.model import Finding, Plan, PullRequest, Remediation
from mendbook.text import escape

COLUMNS = ("id", "title", "body", "priority", "hours", "owner", "sprint", "depends on")
_TITLE = 120


def to_tickets(plan: Plan) -> bytes:
    """Return the CSV (RFC 4180, UTF-8): a header and one row for each open finding, by rank.

    A finding that the audit gives as closed is no work, so no ticket is made of it.
    ``depends on`` lists the findings whose pull requests come before, separated by blanks. No cell
    is taken for a formula, and what cannot be seen is written out.
    """
    finding_of = {finding.id: finding for finding in plan.audit.findings}
    request_of = {name: request for request in plan.pull_requests for name in request.finding_ids}
    sprint_of = {
        number: str(sprint.number) for sprint in plan.sprint_plan.sprints for number in sprint.prs
    }
    before = _before(plan)
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for item in plan.open_items:
        request = request_of.get(item.finding_id)
        row = (
            item.finding_id,
            _title(finding_of[item.finding_id]),
            _body(finding_of[item.finding_id], item, request),
            str(item.decision.priority),
            f"{item.estimate.likely:g}",
            item.owner.name,
            sprint_of.get(request.number, "") if request else "",
            " ".join(before[request.number]) if request else "",
        )
        rows.writerow([escape.csv(cell) for cell in row])
    return written.getvalue().encode("utf-8", "backslashreplace")


def as_tickets(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan under the name of its tickets."""
    yield f"reports/tickets-{plan.provenance.stamp}", plan


def _title(finding: Finding) -> str:
    words = heading(finding)
    return escape.shorten(escape.line(words), _TITLE)


def _before(plan: Plan) -> dict[int, tuple[str, ...]]:
    """Return the findings that each pull request waits for, by its number."""
    known = {request.number: request.finding_ids for request in plan.pull_requests}
    return {
        request.number: tuple(name for each in request.depends_on for name in known[each.on])
        for request in plan.pull_requests
    }


def _body(finding: Finding, item: Remediation, request: PullRequest | None) -> str:
    """Return what a ticket says, one paragraph a question; empty ones are left out."""
    patch = item.patch
    done = f"{patch.name}, proven: {patch.rung}" if patch.in_series else "no patch, an outline"
    said = (
        ("Problem", finding.problem),
        ("Impact", finding.impact),
        ("Fix", finding.fix),
        ("Files", ", ".join(item.files_touched)),
        ("Patch", done),
        ("Pull request", f"{request.number}: {request.title}" if request else ""),
        ("Risk", item.runtime_risk),
        ("Tests", "; ".join(map(str, item.tests_required))),
        ("Documents", "; ".join(map(str, item.docs_updates))),
        ("Rollback", item.rollback),
    )
    return "\n\n".join(f"{title}: {text.strip()}" for title, text in said if text.strip())
