"""What a fix asks for beside its first wish is seen, whoever makes the edit."""

from __future__ import annotations

import pytest

from mendbook.fixes.words import counted_places, left_over


@pytest.mark.parametrize(
    ("fix", "before", "after", "left"),
    [
        (
            "Bound the waiting list, and a gauge for its length",
            "waiting.push(patient)",
            "waiting.push(patient); waiting.splice(0, waiting.length - 50)",
            ("a gauge",),
        ),
        ("Add a timeout and a retry", "fetch(url)", "fetch(url, { timeout: 3 })", ("a retry",)),
        ("Add a timeout and a retry", "get()", "get(timeout=3, retries=2)", ()),
        ("Log the error and a request id", "", "logger.error({ err, requestId })", ()),
        ("Parse the row in a try and return null", "", "", ()),
        ("Use a set", "list", "set", ()),
    ],
)
def test_a_second_wish_that_an_edit_has_no_word_of_is_left(
    fix: str, before: str, after: str, left: tuple[str, ...]
) -> None:
    """Half of what was asked is never taken for the whole."""
    assert left_over(fix, before, after) == left


@pytest.mark.parametrize(
    ("fix", "left"),
    [
        ("Cap the list and answer 413 above it", ("answer 413 above it",)),
        ("Add a timeout; retry with a back-off", ("retry with a back-off",)),
        ("Add `timeout=5` to the call of the crane", ()),
        ("Chain the winches and publish once", ()),
        ("Cap the list, and refuse a sack that is too heavy", ("refuse a sack that is too heavy",)),
    ],
)
def test_a_second_order_that_an_edit_does_not_bring_is_left_over(
    fix: str, left: tuple[str, ...]
) -> None:
    """A timeout alone answers nothing and tries nothing again."""
    assert left_over(fix, "load(sacks)", "load(sacks, timeout=5)") == left


@pytest.mark.parametrize(
    ("fix", "count"),
    [
        ("Clean up both effects", 2),
        ("Guard the three route handlers", 3),
        ("Run the two calls in parallel", 0),
        ("Pass both a and b", 0),
    ],
)
def test_the_places_that_a_text_counts(fix: str, count: int) -> None:
    """Places of a kind are counted; things that one place may hold are not."""
    assert counted_places(fix) == count
