"""The plan on one page: what a person needs who decides, and nothing that the plan does not say."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from hostile import EVERYTHING, harmless
from mendbook.model import EvidenceStatus, Place, Rung, Severity
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
        "All is planned into 3 sprints of 10 h; estimates can run over, so promise no earlier than "
        "the end of sprint 4."
    )
    assert page.cost == (
        "About 19.25 h of work in 7 pull requests; the estimates' ranges add up to 9.1–37 h."
    )
    assert page.owners == (Share("@realtime", "19.25 h", 1.0),)
    assert [(due.priority, due.findings, due.hours, due.planned, due.sure) for due in page.due] == [
        ("P0", "2", "8 h", "sprint 1", "sprint 2"),
        ("P1", "2", "3 h", "sprint 2", "sprint 2"),
        ("P2", "3", "7.5 h", "sprint 3", "sprint 3"),
        ("P3", "2", "0.75 h", "sprint 3", "sprint 4"),
    ]
    first = page.first[0]
    assert (first.id, first.severity, first.hours) == ("SEC-CRIT-001", "CRITICAL", "2 h")
    assert (first.due, first.request, first.patch) == ("sprint 1", "PR 1", "ready to review")


def test_what_is_critical_is_shown_wherever_it_ranks() -> None:
    """A finding that is CRITICAL and has no patch is on the page, though five others come first."""
    plan = sample_plan()
    late = replace(
        plan.remediations[7],
        severity=Severity.CRITICAL,
        patch=replace(plan.remediations[7].patch, rung=Rung.OUTLINE),
    )
    items = (*plan.remediations[:7], late, *plan.remediations[8:])
    page = management(replace(plan, remediations=items))
    assert [each.id for each in page.first] == [
        *(item.finding_id for item in items[:5]),
        late.finding_id,
    ]
    assert (page.first[-1].severity, page.first[-1].patch) == ("CRITICAL", "to be written")
    assert page.more == ""
    assert (
        management(large_plan(500)).more
        == "CRITICAL besides: F-009, F-010, F-011, F-012 and 44 more."
    )


@pytest.mark.parametrize(
    ("file", "evidence", "fix", "words"),
    [
        (
            "library/settings.py",
            "SECRET_KEY = '[redacted]'",
            "Read it from the environment.",
            "What looks like a secret stands in library/settings.py and stays in its history: "
            "rotate it wherever it is used.",
        ),
        (
            "src/main/resources/application.yml",
            "password: [redacted]",
            "Use a vault.",
            "What looks like a secret stands in src/main/resources/application.yml and stays "
            "in its history: rotate it wherever it is used.",
        ),
        (
            "deploy/harbour.tf",
            "access_key = var.key",
            "Move the state out of git and rotate the access key.",
            "The audit asks to rotate what was exposed, which no patch can do.",
        ),
        ("cmd/tide/log.go", "os.Create(name)", "Rotate the log file every day.", ""),
        ("src/turn.rs", "self.angle += step", "Rotate the sprite by its own angle.", ""),
    ],
)
def test_a_secret_that_was_committed_is_to_be_rotated(
    file: str, evidence: str, fix: str, words: str
) -> None:
    """No patch takes a value out of the history; logs and pictures are rotated by code."""
    plan = sample_plan()
    told = replace(
        plan.audit.findings[0], file=file, places=(Place(file),), evidence=evidence, fix=fix
    )
    facts = (replace(plan.facts[0], files=(file,)), *plan.facts[1:])
    audit = replace(plan.audit, findings=(told, *plan.audit.findings[1:]))
    plan = replace(plan, audit=audit, facts=facts)
    shown = [each for each in management(plan).decide if each.startswith(told.id)]
    assert shown == ([f"{told.id}: {words}"] if words else [])


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
    assert (len(large.first), len(small.first)) == (8, 5)
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
