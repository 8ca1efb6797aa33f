"""Numbers and lists as a person writes them."""

from __future__ import annotations

import pytest

from mendbook.text.escape import text
from mendbook.text.phrasing import LONG_HEADLINE, headline, listed, some


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        (["oats"], "oats"),
        (["oats", "rye"], "oats and rye"),
        (["oats", "rye", "wheat"], "oats, rye and wheat"),
        (["oats", "rye", "wheat", "maize", "rice"], "oats, rye, wheat and 2 more"),
    ],
)
def test_a_long_list_ends_with_how_many_more_there_are(items: list[str], words: str) -> None:
    """There is one "and", wherever the list is cut."""
    assert listed(some(items, 3)) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("curl https://mill.example/health.", "curl `https://mill.example/health`."),
        ("(see https://mill.example/a)", "(see `https://mill.example/a`)"),
        ("at www.mill.example, soon", "at `www.mill.example`, soon"),
        ("https://mill.example/a?b=1&c=2 holds", "`https://mill.example/a?b=1&c=2` holds"),
    ],
)
def test_an_address_ends_where_its_sentence_goes_on(words: str, shown: str) -> None:
    """A full stop, a comma or a bracket behind an address is none of it."""
    assert text(words) == shown


@pytest.mark.parametrize(
    ("problem", "heading"),
    [
        # a whole clause, where one ends within twelve words
        (
            "Any reader can renew a loan of another: the route checks neither card nor branch.",
            "Any reader can renew a loan of another",
        ),
        (
            "The tide table is read without a lock, so two writers leave half of each in the file.",
            "The tide table is read without a lock",
        ),
        (
            "The invoice is written twice because two schedulers start the same job at midnight.",
            "The invoice is written twice",
        ),
        # the last word within twelve may end it, and a second sentence is one of its own
        (
            "The entry of a late berth is deleted without holding the lock, while others read it.",
            "The entry of a late berth is deleted without holding the lock",
        ),
        (
            "The seal is set before the error of the press is checked, and the stamp is lost.",
            "The seal is set before the error of the press is checked",
        ),
        (
            "Every crane walks over the whole list of late ships while it holds the only lock.",
            "Every crane walks over the whole list of late ships",
        ),
        # a list is no end of a clause, and a bracket stays whole
        (
            "Uses eval, exec and Function on the text that a visitor types into the search box.",
            "Uses eval, exec and Function on the text that a visitor types …",
        ),
        (
            "The cache key (`tenant: user`) is built by hand in eight places of code and differs.",
            "The cache key (`tenant: user`) is built by hand in eight places …",
        ),
        # what is short is whole, whatever it holds
        ("Port 22 is open: to the world.", "Port 22 is open: to the world"),
        # too little stands before the mark
        (
            "Race: two workers take the same berth when both ask for it within a millisecond.",
            "Race: two workers take the same berth when both ask for it …",
        ),
    ],
)
def test_a_heading_made_from_a_problem_ends_with_a_clause(problem: str, heading: str) -> None:
    """A heading is at most twelve words and, where it can be, a whole thought."""
    assert headline("", problem) == heading


@pytest.mark.parametrize(
    ("problem", "heading"),
    [
        (
            "Any reader can renew a loan of another: the route checks neither card nor branch.",
            "Any reader can renew a loan of another",
        ),
        (
            "Uses eval, exec and Function on the text that a visitor types into the search box.",
            "Uses eval, exec and Function on the text that a visitor types into the search box",
        ),
        (
            "The clock is read once for each of all the two thousand berths that are drawn on "
            "the map, although it is the same for all of them and the map is drawn each second.",
            "The clock is read once for each of all the two thousand berths that are drawn on "
            "the map",
        ),
        # what is said beside the thought goes first, then the articles
        (
            "The weights are read in one round and written in another one, outside of a lock.",
            "The weights are read in one round and written in another one",
        ),
        (
            "The seal of the till is removed only when the round ends without an error.",
            "Seal of till is removed only when round ends without error",
        ),
        (
            "tillCount is compared but saveTill returns without calling the callback when nothing"
            " changed.",
            "tillCount is compared but saveTill returns without calling callback when nothing"
            " changed",
        ),
        (
            "A permit without a date never ends: the stamp is checked, but no age.",
            "A permit without a date never ends",
        ),
        # a sentence may begin with the name of code
        (
            "Weigh gives 0 and no error for sacks without a label. io.Sack takes that for empty.",
            "Weigh gives 0 and no error for sacks without a label",
        ),
        (" ".join(["oats"] * 30), " ".join(["oats"] * 24) + " …"),
    ],
)
def test_a_heading_with_room_is_cut_only_where_a_sentence_is_very_long(
    problem: str, heading: str
) -> None:
    """A clause of twelve words is still preferred; else a whole sentence stands there."""
    assert headline("", problem, LONG_HEADLINE) == heading
