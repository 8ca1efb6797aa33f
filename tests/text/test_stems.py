"""Words of prose and of names in code meet by their first letters."""

from __future__ import annotations

from mendbook.text.stems import stems


def test_names_are_taken_apart_and_cut() -> None:
    """Camel case and underlines part words; short words and those left out do not count."""
    assert list(stems("Raise maxRetries of feed_pump to 9", without={"raise"})) == [
        "max",
        "retr",
        "feed",
        "pump",
    ]


def test_plurals_meet_their_singular() -> None:
    """An *s* at the end is no part of the stem where that is asked."""
    sites = list(stems("call sites", least=4, length=5, singular=True))
    assert sites == list(stems("callSite", least=4, length=5, singular=True)) == ["call", "site"]
