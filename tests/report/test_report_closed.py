"""What the audit gives as closed stays in the report, and nobody is told to work on it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from mendbook.model import Plan, Status
from mendbook.notebook.conclusions import CONCLUSIONS
from mendbook.report.charts.priority import priority
from mendbook.report.charts.proof import proof
from mendbook.report.exporters.tickets import to_tickets
from mendbook.report.highlights import highlights
from mendbook.report.management import management
from mendbook.report.sarif import to_sarif
from mendbook.report.sections.summary import executive_summary
from plan_factory import sample_plan

CLOSED = ("SEC-CRIT-001", "RT-HIGH-001", "ARCH-MED-001")


def closed(plan: Plan, names: tuple[str, ...]) -> Plan:
    """Return ``plan`` with the findings of ``names`` closed: no pull request holds them."""
    findings = tuple(
        replace(each, status=Status.FIXED) if each.id in names else each
        for each in plan.audit.findings
    )
    requests = tuple(each for each in plan.pull_requests if not set(each.finding_ids) & set(names))
    known = {each.number for each in requests}
    requests = tuple(
        replace(each, depends_on=tuple(one for one in each.depends_on if one.on in known))
        for each in requests
    )
    return replace(plan, audit=replace(plan.audit, findings=findings), pull_requests=requests)


@pytest.fixture
def plan() -> Plan:
    """Return the plan without its two most urgent findings, and the one with an outline."""
    return closed(sample_plan(), CLOSED)


def test_nobody_starts_with_what_is_closed(plan: Plan) -> None:
    """The first thing to look at, the chart and the notebook begin with what is open."""
    things = highlights(plan)
    assert things[0].headline == "Start here: PERF-HIGH-001 (P1, 2 h, PR 3)"
    assert not {name for each in things for name in each.names} & set(CLOSED)
    assert priority(plan).sentence == (
        "6 findings in order: 2 P1, 2 P2 and 2 P3. First come PERF-HIGH-001, PERF-MED-001 and "
        "CQ-MED-001."
    )
    assert CONCLUSIONS["order"](plan).startswith("PERF-HIGH-001 comes first: ")


def test_what_is_closed_is_no_patch_to_be_written(plan: Plan) -> None:
    """Of what is left all have a patch; the closed one without is not counted against them."""
    assert proof(plan).sentence == (
        "Of 6 findings: 2 at builds, 1 at lints, 1 at typechecks, 1 at parses and 1 at applies."
    )
    assert management(plan).what == (
        "The audit lists 9 findings, 3 of them closed; 6 to do; none of them is P0. For 6 of them "
        "a patch is ready to be reviewed."
    )
    assert [(due.priority, due.findings) for due in management(plan).due] == [
        ("P1", "2"),
        ("P2", "2"),
        ("P3", "2"),
    ]
    assert (
        ": 1 CRITICAL, 2 HIGH, 3 MEDIUM, 2 LOW and 1 INFO. 3 are closed already. The other 6 make "
        "4 pull requests in 3 sprints. 6 findings have a patch, proven as far as "
    ) in executive_summary(plan)
    assert "| 9 | 6 of 6 |" in executive_summary(plan)


def test_it_stays_in_the_index_and_in_sarif(plan: Plan) -> None:
    """A code host shows it as dealt with, not as an alert."""
    results = json.loads(to_sarif(plan))["runs"][0]["results"]
    said = {
        each["properties"]["issueId"]: each["suppressions"]
        for each in results
        if each["suppressions"]
    }
    reason = "The audit gives it as fixed."
    told = [{"kind": "external", "status": "accepted", "justification": reason}]
    assert said == dict.fromkeys(CLOSED, told)
    assert len(results) == 9
    index = executive_summary(plan).partition("### Findings")[2]
    assert [name for name in CLOSED if f"[{name}](#{name})" in index] == list(CLOSED)


def test_no_ticket_is_made_of_it(plan: Plan) -> None:
    """An import list of work holds work."""
    rows = list(csv.DictReader(io.StringIO(to_tickets(plan).decode())))
    assert [row["id"] for row in rows] == [
        item.finding_id for item in plan.remediations if item.finding_id not in CLOSED
    ]


def test_an_audit_whose_findings_are_all_closed_leaves_nothing_to_do() -> None:
    """It says so, and starts nobody."""
    plan = sample_plan()
    plan = closed(plan, tuple(each.id for each in plan.audit.findings))
    assert management(plan).what == (
        "The audit lists 9 findings and gives all as closed: there is nothing left to remediate."
    )
    assert highlights(plan) == ()
    assert "It gives all as closed, so there is nothing left to remediate." in (
        executive_summary(plan)
    )
    assert priority(plan).sentence == "There are no findings to put in order."
