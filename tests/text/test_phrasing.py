"""Numbers and lists as a person writes them."""

from __future__ import annotations

import pytest

from mendbook.text.escape import text
from mendbook.text.phrasing import headline, listed, some


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
