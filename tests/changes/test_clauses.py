"""Clauses of a fix as a person reads them: what is one of several ways, and what is one order."""

from __future__ import annotations

import pytest

from mendbook.changes.clauses import alternatives, orders, plain_clause, steps


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("When the silo is full, refuse the load", "refuse the load when the silo is full"),
        (
            "If the tram is `late`, `lost` or `full`, answer 409",
            "answer 409 if the tram is `late`, `lost` or `full`",
        ),
        ("On 503 wait for a minute and dial again", "wait for a minute and dial again on 503"),
        ("On failure, retry twice", "retry twice on failure"),
        ("For visitors, hide the hive's yield", "hide the hive's yield for visitors"),
        ("Once closed, never reopen", "Once closed, never reopen"),
        ("Where feeds (old, new) differ, log both", "log both where feeds (old, new) differ"),
    ],
)
def test_a_condition_goes_behind_its_order(written: str, plain: str) -> None:
    """A title and a risk begin with what is done; what has no order stays as it is."""
    assert plain_clause(written) == plain


@pytest.mark.parametrize(
    "fix",
    [
        "Cap the load at 40 and answer 422 when weight or limit is no number",
        "Reject trams whose stop or route is unknown",
        "Assign or release the berth once",
        "Log the call if read or write fails",
    ],
)
def test_two_things_of_one_order_are_no_choice(fix: str) -> None:
    """*Or* joins what one condition is about, or two verbs of one object."""
    assert alternatives(fix) == ()


def test_two_orders_are_a_choice() -> None:
    """Each has what it is done to."""
    assert alternatives("Read the yield from the hive, or drop the field until then") == (
        "Read the yield from the hive",
        "drop the field until then",
    )


@pytest.mark.parametrize(
    ("fix", "clauses"),
    [
        ("Use || 0 in place of ?? 0 for both scales.", 1),
        ("Use a?.b ?? c here", 1),
        ("Stop the mill! Then oil it.", 2),
        ("Refuse it in `post`. Read the bound from limits.py", 2),
    ],
)
def test_an_operator_ends_no_sentence(fix: str, clauses: int) -> None:
    """A mark ends one behind a word, and code stays whole."""
    assert len(steps(fix)) == clauses


def test_what_is_told_of_several_things_is_no_choice() -> None:
    """The verb behind *or* belongs to what the order is about."""
    assert alternatives("Refuse names that hold a slash or begin with a dot") == ()
    assert alternatives("Cache the tide or read it once") == ("Cache the tide", "read it once")
    assert orders("use with instead of open and close in the loft") == [
        "use with instead of open and close in the loft"
    ]
