"""The examples of behaviour that a fix text gives, and what it asks for beside them."""

from __future__ import annotations

import pytest

from mendbook.fixes.expectations import examples_of


@pytest.mark.parametrize(
    ("fix", "told", "rest"),
    [
        ("Add tests: weigh(1) returns 2", ["weigh(1) = 2"], ""),
        (
            "Cover tide('low') → 3, tide('x') throws RangeError and tide('') → null",
            ["tide('low') = 3", "tide('x') ! RangeError", "tide('') = null"],
            "",
        ),
        ("Write a test that `cents(0.1 + 0.2)` equals `30`", ["cents(0.1 + 0.2) = 30"], ""),
        ("Add a regression test: slug('Ä') === 'ae'", ["slug('Ä') = 'ae'"], ""),
        (
            "Cover is_open(25) is False and is_open(9) is True",
            ["is_open(25) = False", "is_open(9) = True"],
            "",
        ),
        ("Assert that load([]) returns an empty list", ["load([]) = an empty list"], ""),
        (
            "Add tests for slug: slug('A b') returns 'a-b'; also cover other alphabets",
            ["slug('A b') = 'a-b'"],
            "also other alphabets",
        ),
        ("Add tests for the path of errors", [], "path errors"),
    ],
)
def test_examples_are_read_with_their_values(fix: str, told: list[str], rest: str) -> None:
    """Each call has its value or its error, and what else may be asked for is kept."""
    found = examples_of(fix)
    assert [
        f"{one.call} ! {one.error}" if one.error else f"{one.call} = {one.value}"
        for one in found.told
    ] == told
    assert " ".join(found.rest.split()) == rest
