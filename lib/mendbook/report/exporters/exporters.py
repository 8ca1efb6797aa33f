"""Every form in which a plan is written; another one is a function from a plan, and a row here."""

from __future__ import annotations

from collections.abc import Iterable

from mendbook.model import Plan
from mendbook.report.details_json import details_text
from mendbook.report.exporters.exporter import (
    Exporter,
    each_draft,
    each_patch,
    each_pull_request,
)
from mendbook.report.exporters.mail import as_series, to_drafts, to_mails, to_series
from mendbook.report.exporters.management import as_summary, to_summary
from mendbook.report.exporters.tickets import as_tickets, to_tickets
from mendbook.report.exporters.whole_plan import as_plan, to_plan
from mendbook.report.remediation_json import remediation_text
from mendbook.report.sarif import to_sarif

EXPORTERS: tuple[Exporter, ...] = (
    Exporter("the whole plan", ".json", to_plan, as_plan),
    Exporter("summary", ".html", to_summary, as_summary),
    Exporter("remediation", ".json", lambda plan: remediation_text(plan).encode()),
    Exporter("details", ".details.json", lambda plan: details_text(plan).encode()),
    Exporter("SARIF", ".sarif", lambda plan: to_sarif(plan).encode("utf-8", "backslashreplace")),
    Exporter("patches", ".patch", to_mails, each_patch),
    Exporter("drafts", ".patch", to_drafts, each_draft),
    Exporter("quilt series", "", to_series, as_series),
    Exporter("pull requests", ".mbox", to_mails, each_pull_request),
    Exporter("tickets", ".csv", to_tickets, as_tickets),
)


def exported(plan: Plan, exporters: Iterable[Exporter] = EXPORTERS) -> dict[str, bytes]:
    """Return every file of every exporter, by its path in the run's folder."""
    return {
        f"{stem}{exporter.suffix}": exporter.export(part)
        for exporter in exporters
        for stem, part in exporter.parts(plan)
    }
