"""A word is counted where it stands whole, however many words are asked about."""

from __future__ import annotations

import pytest

from mendbook.code.spelled_words import count_of

SOURCE = "const berth = pier.berth + berths; // berth\nthis.#berth = $berth ?? 'berth';\na berth\n"


@pytest.mark.parametrize(
    ("name", "count"),
    [("berth", 6), ("berths", 1), ("$berth", 1), ("#berth", 1), ("pier.berth", 1), ("ber", 0)],
)
def test_a_word_counts_where_no_letter_goes_on(name: str, count: int) -> None:
    """Longer names that hold it do not count; a name with marks in it is looked for as it is."""
    assert count_of(name, SOURCE) == count
