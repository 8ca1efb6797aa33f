"""Numbers and lists as a person writes them."""

from __future__ import annotations

import pytest

from mendbook.text.escape import text
from mendbook.text.phrasing import listed, some


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
