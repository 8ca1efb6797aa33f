"""The plan on one page: what a person needs who decides, and nothing that the plan does not say."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from hostile import EVERYTHING, harmless
from mendbook.model import EvidenceStatus
from mendbook.report.exporters.management import to_summary
from mendbook.report.management import Share, management
from plan_factory import empty_plan, large_plan, sample_plan


def test_the_page_answers_six_questions() -> None:
    """What, how bad, what first, by when, at what cost, and what is not known."""
    page = to_summary(sample_plan()).decode()
    assert re.findall(r"<h2>(.*?)</h2>", page) == [
        "What was found, and how bad it is",
        "What comes first",
        "By when",
        "At what cost",
        "What is not known",
    ]


def test_every_number_is_the_plans() -> None:
    """Amounts, hours and sprints are summed from the records."""
    page = management(sample_plan())
    assert page.what == (
        "The audit lists 9 findings; 2 of them cannot wait (P0). For 8 of them a patch is ready "
        "to be reviewed; 1 is still to be written."
    )
    assert [(each.name, each.amount) for each in page.severities] == [
        ("CRITICAL", "1"),
        ("HIGH", "2"),
        ("MEDIUM", "3"),
        ("LOW", "2"),
        ("INFO", "1"),
    ]
    assert sum(each.share for each in page.severities) == 1
    assert page.scores == (
        "The audit scores lowest in Performance & Efficiency (21 of 30) and Readability (8 of 10)."
    )
    assert page.finish == (
        "All is planned into 3 sprints of 10 h; with 85 % it is done by the end of sprint 4, "
        "and with 95 % too."
    )
    assert page.cost == (
        "About 19.25 h of work in 7 pull requests; the estimates' ranges add up to 9.1–37 h."
    )
    assert page.owners == (Share("@realtime", "19.25 h", 1.0),)
    assert [(due.priority, due.findings, due.hours, due.sure) for due in page.due] == [
        ("P0", "2", "8 h", "sprint 2"),
        ("P1", "2", "3 h", "sprint 2"),
        ("P2", "3", "7.5 h", "sprint 3"),
        ("P3", "2", "0.75 h", "sprint 4"),
    ]
    first = page.first[0]
    assert (first.id, first.hours, first.due) == ("SEC-CRIT-001", "2 h", "PR 1, sprint 1")


def test_what_is_not_known_is_said_and_nothing_else() -> None:
    """A gap that a plan does not have is not on its page."""
    plan = sample_plan()
    assert management(plan).unknown[:3] == (
        "What the code for 1 finding will be; 3 h of the work is this.",
        "Whether what is ready for 5 findings passes all of the target's own checks.",
        "What 1 finding rests on: the code quoted was not found.",
    )
    there = tuple(
        replace(each, evidence=replace(each.evidence, status=EvidenceStatus.VERBATIM))
        for each in plan.facts
    )
    unknown = management(replace(plan, facts=there)).unknown
    assert not any("rests on" in words for words in unknown)


def test_the_page_needs_nothing_and_names_one_file() -> None:
    """It can be sent alone: no script, no request, and one link, to the report beside it."""
    page = to_summary(sample_plan()).decode()
    assert "<script" not in page
    assert re.findall(r'href="([^"]*)"', page) == ["data:,", "report.html"]
    assert "default-src 'none'" in html.unescape(page)


def test_five_hundred_findings_stay_one_page() -> None:
    """What does not fit is counted, not listed."""
    small, large = management(sample_plan()), management(large_plan(500))
    assert len(large.first) == len(small.first) == 5
    assert len(large.unknown) <= 6
    assert len(to_summary(large_plan(500))) < 20_000


def test_an_audit_without_findings_has_a_page_too() -> None:
    """It says that there is nothing to do."""
    page = to_summary(empty_plan()).decode()
    assert "The audit lists no findings: there is nothing to remediate." in page
    assert "What comes first" not in page


def test_no_finding_writes_a_tag() -> None:
    """A page of hostile findings has the tags of a page of harmless ones."""
    hostile = to_summary(sample_plan(EVERYTHING)).decode()
    tame = to_summary(sample_plan(harmless(EVERYTHING))).decode()
    assert re.findall(r"</?[a-z]+", hostile) == re.findall(r"</?[a-z]+", tame)
