"""Text is parted outside of brackets only."""

from __future__ import annotations

import pytest

from mendbook.text.brackets import parted


@pytest.mark.parametrize(
    ("text", "mark", "parts"),
    [
        ("berth, {tide: [1, 2]}, f(a, b)", ",", ["berth", " {tide: [1, 2]}", " f(a, b)"]),
        ("barley", ",", ["barley"]),
        ("", ",", [""]),
        ("oats,", ",", ["oats", ""]),
    ],
)
def test_a_mark_within_brackets_parts_nothing(text: str, mark: str, parts: list[str]) -> None:
    """Arguments that hold lists, maps or calls stay whole."""
    assert parted(text, mark) == parts
    assert mark.join(parted(text, mark)) == text


def test_other_brackets_can_be_named() -> None:
    """The members of a union of generic types."""
    assert parted("Map<A | B> | null", "|", "<", ">") == ["Map<A | B> ", " null"]
