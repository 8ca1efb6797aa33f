"""No sort of change is read from what an order compares, explains or takes away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.foreseen import foreseen
from mendbook.changes.order_core import core
from mendbook.model import FindingFacts
from mendbook.repository.snapshot import Snapshot


@pytest.mark.parametrize(
    ("order", "left"),
    [
        ("Use the salt of the jar as encrypt_jar does", "Use the salt of the jar"),
        ("Weigh the sack instead of hashing its name", "Weigh the sack"),
        ("Use scales rather than a cache in the mill", "Use scales in the mill"),
        ("Send the crate that the cache holds", "Send the crate"),
        ("Drop the spare key so that the check refuses it", ""),
        ("Remove the retry", ""),
        ("Replace the retry with a longer rope", "use a longer rope"),
        ("Keep a retry in the cart", "Keep a retry in the cart"),
    ],
)
def test_only_what_is_asked_for_is_left(order: str, left: str) -> None:
    """A pattern that reads none of it itself is looked for in the rest."""
    assert core(order, re.compile("retry|cache|hash|crypt|check")) == left


def test_a_pattern_that_reads_an_aside_gets_it() -> None:
    """What it asks for stands there."""
    order = "Return null instead of throwing"
    assert core(order, re.compile("instead of throwing")) == order


@pytest.mark.parametrize(
    ("fix", "never"),
    [
        ("Move the sweeping out of the shift into a job that runs once an hour", "share one"),
        ("Write to a second ledger and rename it with os.replace", "old name"),
        ("Use the brine as encrypt_jar does", "same input"),
        ("Cache the recipe and drop it from the cache when a new one comes", "asked for anew"),
        ("Drop the 'guest' rope so that the check refuses the boat", "never reached"),
        ("Send the weight in the body of the POST request", "The answer has"),
        ("Raise the timeout to 9 seconds and do not stop the crane", "longer than the timeout"),
    ],
)
def test_a_word_beside_the_order_brings_up_no_sort(fix: str, never: str) -> None:
    """Each was once told as a change that nobody asked for."""
    asked = replace(
        finding("F", fix=fix, problem="The check can never be true."), evidence="hoist(load)"
    )
    said = foreseen(asked, FindingFacts("F", ()), Snapshot.of({}))
    assert never not in " ".join(each.words for each in said)


@pytest.mark.parametrize(
    ("fix", "problem", "expected"),
    [
        (
            "Return true only when the seal is whole",
            "",
            "Callers get true only when the seal is whole, and no longer in the other cases.",
        ),
        (
            "Raise the connect timeout to 9 seconds",
            "",
            "`hoist` may take longer before it fails, up to 9 seconds: what waits for it waits"
            " along.",
        ),
        (
            "Copy the load under the lock and hoist it after Unlock",
            "The crane hoists while the lock of the yard is held.",
            "What runs once the lock is free meets what others have changed in between.",
        ),
        ("Remove the try/catch", "", "Errors that ended there leave the block as they are."),
    ],
)
def test_what_the_order_does_ask_for_is_told(fix: str, problem: str, expected: str) -> None:
    """Which way it goes: fewer cases, longer, a lock that is held less."""
    asked = replace(finding("F", fix=fix, problem=problem or "p"), evidence="hoist(load)")
    said = foreseen(asked, FindingFacts("F", ()), Snapshot.of({}))
    assert [each.words for each in said][:1] == [expected]
