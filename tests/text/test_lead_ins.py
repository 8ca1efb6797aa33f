"""Marks of lists and words that only lead on are found before any sentence, and nothing else is."""

from __future__ import annotations

import re

import pytest

from mendbook.text.lead_ins import LIST_MARK, leading_on


@pytest.mark.parametrize("mark", ["-", "*", "•", "1.", "2)", "(3)", "4:", "12.", "a)", "(b)"])
def test_a_mark_of_a_list_is_one(mark: str) -> None:
    """Each way of writing an item of a list is a mark, whole."""
    assert re.fullmatch(LIST_MARK, mark)


@pytest.mark.parametrize("word", ["2026.", "--", "ferry)", "orchard:", "A)", "1"])
def test_other_words_are_no_mark(word: str) -> None:
    """A year, a word and a bare number begin no item."""
    assert re.fullmatch(LIST_MARK, word) is None


def test_more_words_lead_on_where_they_are_given() -> None:
    """A reader adds its own words to those that lead on everywhere."""
    assert re.fullmatch(leading_on(), "in addition")
    assert re.fullmatch(leading_on(), "instead") is None
    assert re.fullmatch(leading_on("instead"), "instead")
