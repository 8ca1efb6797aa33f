"""Promises of rewording: one fault said twice is one, two faults at one line are two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.intake.compare import compare
from mendbook.intake.comparison import comparison_table
from mendbook.intake.fingerprint import fingerprint
from mendbook.model import Audit, Dimension, Finding, Place, PlaceKind, Severity


def finding(name: str, problem: str, line: int | None = 40, evidence: str = "") -> Finding:
    """Return a finding of ``problem`` in one file."""
    return Finding(
        id=name,
        severity=Severity.HIGH,
        dimension=Dimension.OTHER,
        file="dock/crane.py",
        function="",
        problem=problem,
        evidence=evidence,
        impact="",
        fix="",
        complexity="",
        places=(Place("dock/crane.py", PlaceKind.FILE, line),),
        fingerprint=fingerprint("dock/crane.py", "", "", problem),
    )


def audit(*findings: Finding) -> Audit:
    """Return an audit of ``findings``."""
    return Audit("a", "a.json", "", "", "", "", "", findings)


SAID_AGAIN = [
    (
        "The load limit is read once at start, so a changed limit is ignored until a restart.",
        "Changes to the load limit are ignored until restart because it is only read at start.",
    ),
    (
        "Retries have no backoff and hammer the weather service when it is down.",
        "When the weather service is down, it is hammered by retries with no backoff.",
    ),
    (
        "User input is concatenated into the SQL query, which allows injection.",
        "SQL injection: the query is built by concatenating user input.",
    ),
]
TWO_FAULTS = [
    (
        "The load limit is read once at start, so a changed limit is ignored until a restart.",
        "The hook position is compared as floating point numbers for equality.",
    ),
    (
        "Passwords are written to the log in plain text.",
        "Passwords are hashed with a fast algorithm and no salt.",
    ),
    ("The token never expires.", "The token is accepted from the query string."),
    (
        "The lock is taken after the counter was read, so updates are lost.",
        "The lock is never released when the counter is negative.",
    ),
    ("Missing error handling for the upload.", "Missing authorisation for the upload."),
]


@pytest.mark.parametrize(("first", "second"), SAID_AGAIN)
@pytest.mark.parametrize("line", [40, 42])
def test_one_fault_in_other_words_is_still_there(first: str, second: str, line: int) -> None:
    """At one place, or a few lines beside it, whatever its new id is."""
    found = compare(audit(finding("A-1", first)), audit(finding("B-7", second, line)))
    assert [(pair.before.id, pair.after.id) for pair in found.reworded] == [("A-1", "B-7")]
    assert (found.new, found.fixed) == ((), ())


@pytest.mark.parametrize(("first", "second"), TWO_FAULTS)
def test_two_faults_at_one_line_stay_two(first: str, second: str) -> None:
    """What they share is the place and the thing, not the fault."""
    found = compare(audit(finding("A-1", first)), audit(finding("B-7", second)))
    assert not found.reworded
    assert ([each.id for each in found.new], [each.id for each in found.fixed]) == (
        ["B-7"],
        ["A-1"],
    )


def test_the_same_words_elsewhere_are_another_finding() -> None:
    """Lines far apart, or another file, make two of them."""
    first, second = SAID_AGAIN[0]
    far = finding("B-7", second, 90)
    other = replace(far, file="dock/gate.py", places=(Place("dock/gate.py", PlaceKind.FILE, 40),))
    for later in (far, other):
        assert not compare(audit(finding("A-1", first)), audit(later)).reworded


def test_of_two_that_fit_alike_none_is_taken() -> None:
    """A pair that could as well be another is no pair."""
    first, second = SAID_AGAIN[1]
    found = compare(
        audit(finding("A-1", first)), audit(finding("B-1", second), finding("B-2", f"{second} So."))
    )
    assert not found.reworded


def test_the_table_says_that_it_is_reworded() -> None:
    """It is one of those that are still there, and the totals say how many are reworded."""
    first, second = SAID_AGAIN[2]
    lines = comparison_table(
        compare(audit(finding("A-1", first)), audit(finding("B-7", second)))
    ).splitlines()
    assert lines[0] == "0 new, 0 fixed or no longer reported, 1 still there (1 reworded), 0 moved"
    assert lines[1].startswith("still there, reworded  A-1 → B-7  HIGH")
