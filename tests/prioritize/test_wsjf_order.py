"""Inside a band the order is cost of delay over hours, times confidence and hotspot."""

from __future__ import annotations

from drawn_records import POLICY, audited, facts, finding
from mendbook.model import EvidenceStatus, Heat, Severity
from mendbook.prioritize import prioritize

FILE = "src/domains/gift/a.ts"


def test_order_key_multiplies_to_wsjf() -> None:
    """Each number behind a rank can be checked by hand with the policy beside it."""
    audit = audited(
        (finding("F-1", Severity.MEDIUM),), (facts("F-1", FILE, commits=5, fan_in=3),), (2.0,)
    )
    assert audit.decisions[0].order_key == {
        "cost_of_delay": 45.0,  # MEDIUM 15 × Security 3 × internal 1 × unstated 1 × narrow 1
        "hours": 2.0,
        "confidence": 1.0,
        "hotspot": 1.0,  # the only finding is the largest of all
        "wsjf": 45.0,  # 45 / 2 × 1 × (1 + 1)
    }


def test_sooner_done_comes_first_among_equals() -> None:
    """Of two findings that cost the same, the shorter one is first."""
    audit = audited(
        (finding("long"), finding("short")),
        (facts("long", FILE), facts("short", FILE)),
        (8.0, 1.0),
    )
    assert [each.finding_id for each in audit.decisions] == ["short", "long"]


def test_a_five_minute_change_does_not_beat_everything() -> None:
    """Hours below the policy's least count as that least."""
    audit = audited((finding("F-1"),), (facts("F-1", FILE),), (0.05,))
    assert audit.decisions[0].order_key["hours"] == POLICY.weights.least_hours


def test_evidence_that_is_not_in_the_code_counts_for_less() -> None:
    """A finding whose evidence was not found comes after its twin."""
    audit = audited(
        (finding("absent"), finding("there")),
        (facts("absent", FILE, status=EvidenceStatus.ABSENT), facts("there", FILE)),
    )
    assert [each.finding_id for each in audit.decisions] == ["there", "absent"]


def test_hot_and_often_changed_code_comes_first() -> None:
    """Churn, heat and fan-in lift a finding inside its band."""
    audit = audited(
        (finding("calm"), finding("busy")),
        (facts("calm", FILE, commits=1, fan_in=1), facts("busy", FILE, commits=30, fan_in=6)),
    )
    heat = (Heat("calm", 0.01), Heat("busy", 0.04))
    decisions = prioritize(audit.findings, audit.facts, heat, audit.estimates, POLICY)
    assert [each.finding_id for each in decisions] == ["busy", "calm"]
    assert decisions[0].order_key["hotspot"] == 1.0
