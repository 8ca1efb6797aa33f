"""Patches as mail: one file a patch with a quilt series, and one mailbox a pull request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from mendbook.model import Plan, Remediation
from mendbook.report.exporters.exporter import in_series
from mendbook.series.mailbox import format_patch, quilt_series


def to_mails(plan: Plan) -> bytes:
    """Return the mails of the plan's patches in series, one after the other: a mailbox.

    ``git am`` takes them in this order; those of a pull request stand on the ones it depends on.
    """
    return _written(plan, in_series(plan))


def to_drafts(plan: Plan) -> bytes:
    """Return the mails of the plan's drafts, one after the other."""
    return _written(plan, (item for item in plan.remediations if item.patch.is_draft))


def _written(plan: Plan, items: Iterable[Remediation]) -> bytes:
    date = dt.datetime.fromisoformat(plan.provenance.timestamp)
    finding_of = {finding.id: finding for finding in plan.audit.findings}
    return b"".join(format_patch(item, finding_of[item.finding_id], date) for item in items)


def to_series(plan: Plan) -> bytes:
    """Return the names of the patches in series, one a line, in order."""
    return quilt_series(item.patch for item in in_series(plan)).encode()


def as_series(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan under the name that quilt looks for."""
    yield "PATCHES/series", plan
