"""Each finding gets one whole remediation, in the order of its rank."""

from __future__ import annotations

from hypothesis import given, settings

from drawn_records import SNAPSHOT, Audited, audited, audits, facts, finding
from mendbook.model import (
    ChangeFacts,
    Followup,
    Note,
    Owner,
    Patch,
    Reach,
    Remediation,
    Rung,
    Said,
    WorkOrder,
    WorkPlace,
    WorkStep,
    ground_of,
)
from mendbook.overrides import Override
from mendbook.planning import plan_pull_requests, remediate

A = "src/domains/gift/a.ts"


def remediated(audit: Audited, overrides: tuple[Override, ...] = ()) -> tuple[Remediation, ...]:
    """Return the remediations of ``audit``, every patch an outline."""
    requests = plan_pull_requests(
        audit.findings,
        audit.decisions,
        audit.estimates,
        audit.facts,
        audit.proposed,
        SNAPSHOT,
    )
    patches = [Patch(each.id, "outline", "sketch", "", (), Rung.OUTLINE) for each in audit.findings]
    return remediate(
        audit.findings,
        audit.facts,
        audit.decisions,
        audit.estimates,
        patches,
        requests,
        overrides,
        proposed=audit.proposed,
        snapshot=SNAPSHOT,
    )


@settings(deadline=None, max_examples=40)
@given(audits())
def test_every_finding_is_remediated_once_in_order(audit: Audited) -> None:
    """No finding is lost, and every one says its risk and its rollback."""
    found = remediated(audit)
    assert [each.finding_id for each in found] == [each.finding_id for each in audit.decisions]
    for each in found:
        assert each.runtime_risk
        assert "git revert --no-edit" in each.rollback


def test_a_whole_remediation() -> None:
    """Every field of the plan is filled from the finding, its facts and its PR."""
    audit = audited((finding("F-1", file=A),), (facts("F-1", A, lines=(3, 4)),))
    (found,) = remediated(audit)
    assert found == Remediation(
        finding_id="F-1",
        severity=audit.findings[0].severity,
        files_touched=(A,),
        patch=Patch("F-1", "outline", "sketch", "", (), Rung.OUTLINE),
        callsites=(),
        runtime_risk=(
            "Not written yet; it would change src/domains/gift/a.ts:3. "
            "What does not pass the check of the input is turned away, where it went through."
        ),
        rollback="Merged: `git revert --no-edit <commit of PR #1>`.",
        estimate=audit.estimates[0],
        owner=Owner("gift-team", "CODEOWNERS:1"),
        decision=audit.decisions[0],
        docs_updates=(),
        tests_required=(Followup("src/domains/gift/a.test.ts", "checks the input", new=True),),
        change=ChangeFacts("F-1", Reach.UNKNOWN),
        risks=(
            Said(
                "Not written yet; it would change src/domains/gift/a.ts:3.", (ground_of(f"{A}:3"),)
            ),
            Said(
                "What does not pass the check of the input is turned away, where it went through."
            ),
        ),
        work_order=WorkOrder(
            steps=(WorkStep("Check the input", (WorkPlace("src/domains/gift/a.ts", 3),)),),
            afterwards=(
                Said("The code checks the input.", (ground_of("audit: fix"), ground_of(f"{A}:3"))),
            ),
        ),
        rollback_steps=(
            Said("Merged: `git revert --no-edit <commit of PR #1>`.", (ground_of(A),)),
        ),
    )


def test_every_field_can_be_overridden_and_says_so() -> None:
    """Each decision of a person is in the plan, with a note of what it replaced."""
    audit = audited((finding("F-1", file=A),), (facts("F-1", A),))
    values: dict[str, str | float | list[str]] = {
        "owner": "core",
        "priority": "P0",
        "hours": 3,
        "risk": "high",
        "rollback": "call Ada",
        "docs": ["a.md — A"],
        "tests": [],
    }
    decided = tuple(
        Override("F-1", field, value, "Ada", "known") for field, value in values.items()
    )
    before = remediated(audit)[0]
    (found,) = remediated(audit, decided)
    assert (found.owner.name, found.decision.priority, found.estimate.likely) == ("core", "P0", 3)
    assert (found.runtime_risk, found.rollback) == ("high", "call Ada")
    assert (found.risks, found.rollback_steps) == ((), ())
    assert (found.docs_updates, found.tests_required) == ((Followup("a.md", "A"),), ())
    assert found.overridden == (
        Note("owner", "gift-team", "core", "Ada: known"),
        Note("priority", "P1", "P0", "Ada: known"),
        Note("hours", "1", "3", "Ada: known"),
        Note("risk", before.runtime_risk, "high", "Ada: known"),
        Note("rollback", before.rollback, "call Ada", "Ada: known"),
        Note("docs", "", "a.md — A", "Ada: known"),
        Note("tests", str(before.tests_required[0]), "", "Ada: known"),
    )


def test_an_override_of_another_finding_changes_nothing() -> None:
    """Only the finding that is named is touched."""
    audit = audited((finding("F-1", file=A),), (facts("F-1", A),))
    other = Override("F-2", "owner", "core", "Ada", "known")
    assert remediated(audit, (other,)) == remediated(audit)
