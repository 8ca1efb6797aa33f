"""Headings of findings: at most twelve words, cut where a phrase ends and its verb is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawn_records import finding
from mendbook.changes.headings import heading


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (
            "Any reader can renew a loan of another: the route checks neither card nor branch.",
            "Any reader can renew a loan of another",
        ),
        (
            "The clock is read once for each of all the two thousand berths that are drawn on "
            "the map, although it is the same for all of them and the map is drawn each second.",
            "The clock is read once",
        ),
        (
            "The weights are read in one round and written in another one, outside of a lock.",
            "The weights are read in one round and written in another one",
        ),
        (
            "The seal of the till is removed only when the round ends without an error.",
            "Seal of till is removed only when round ends without error",
        ),
        # *one after the other* is one phrase
        (
            "Berths, tides and the pilots of the quay are read one after the other, although "
            "none needs another.",
            "Berths, tides and the pilots of the quay are read",
        ),
        # what is left has a verb of its own, and no half of a condition
        (
            "A coach that passes the last stop while its doors are open is counted after the run"
            " was closed, so the tally is short.",
            "Coach that passes last stop while its doors are open is counted",
        ),
        (
            "Each lamp that is dimmed asks the panel for all of its scenes and sorts them by name.",
            "Each lamp that is dimmed asks panel for all of its scenes",
        ),
        # where only the end tells the fault, the condition goes
        (
            "When a skipper signs off, the berth is freed but its power line stays switched on.",
            "The berth is freed but its power line stays switched on",
        ),
        (
            "Weigh gives 0 and no error for sacks without a label. io.Sack takes that for empty.",
            "Weigh gives 0 and no error for sacks without a label",
        ),
    ],
)
def test_a_heading_has_at_most_twelve_words(problem: str, expected: str) -> None:
    """The whole sentence stands in the text below."""
    said = heading(finding("F-1", problem=problem))
    assert said == expected
    assert len(said.split()) <= 12


def test_an_audits_own_title_stays_as_it_was_given() -> None:
    """What a person called it is not cut."""
    title = "The ferry timetable is read from the disk once for each of the passengers that ask"
    told = replace(finding("F-1", problem="It is slow."), title=title)
    assert heading(told) == title
