"""The eight sections of the report, in their order, each with the charts that stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.model import Plan
from mendbook.report.sections import (
    audit_reference,
    infrastructure,
    issues,
    pull_requests,
    rollback,
    sprints,
    summary,
    testing,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its heading, the function that writes it, and its charts by name."""

    heading: str
    write: Callable[[Plan], str]
    charts: tuple[str, ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section(summary.HEADING, summary.executive_summary, ("effort-heat",)),
    Section(
        audit_reference.HEADING,
        audit_reference.audit_reference,
        ("severity-dimension", "scores"),
    ),
    Section(issues.HEADING, issues.per_issue_details, ("priority", "proof")),
    Section(pull_requests.HEADING, pull_requests.pr_patch_plan, ("pr-graph",)),
    Section(sprints.HEADING, sprints.sprint_plan, ("sprint-load", "gantt", "what-if", "forecast")),
    Section(
        infrastructure.HEADING, infrastructure.infrastructure_recommendations, ("host-capacity",)
    ),
    Section(testing.HEADING, testing.test_plan),
    Section(rollback.HEADING, rollback.rollback_procedures),
)


def section(heading: str) -> Section:
    """Return the section called ``heading``; KeyError names those that there are."""
    for entry in SECTIONS:
        if entry.heading == heading:
            return entry
    raise KeyError(f"no section {heading!r}; choose from {[item.heading for item in SECTIONS]}")
