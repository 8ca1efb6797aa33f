"""What a fix text asks for beside the code, in words alone, keeps a patch from being whole."""

from __future__ import annotations

import pytest

from mendbook.fixes.steps_in_words import steps_in_words

BEFORE = "def milk(cow):\n    return cow.yield_today\n"
AFTER = "def milk(cow):\n    if cow is None:\n        return 0\n    return cow.yield_today\n"


@pytest.mark.parametrize(
    ("fix", "left"),
    [
        ("Return 0 if cow is None and add a test for it.", ["add a test for it"]),
        ("Change the `0` to the sum and add a test for it.", ["add a test for it"]),
        ("Change the level to warning and add a test for it.", ["add a test for it"]),
        (
            "The check has to use `>=` and document it in the handbook.",
            ["document it in the handbook"],
        ),
        ("Use a queue to open and close the gate.", []),
        ("Return 0 if cow is None. Then add a retry with backoff.", ["add a retry with backoff"]),
        ("Return 0 if cow is None; also validate the herd", ["validate the herd"]),
        ("Return 0 if cow is None and document it in the README", ["document it in the README"]),
        ("Return 0 if cow is None and make it configurable", ["make it configurable"]),
        ("Return 0 if cow is None, and adapt the callers", ["adapt the callers"]),
        (
            "Return `0` for no cow, with the value taken from the settings",
            ["value taken from the settings"],
        ),
        ("Return 0 if cow is None, and leave the cow alone otherwise", []),
        ("Return 0 if cow is None, so that callers can add a sum and print the total", []),
        (
            "Return 0 if cow is None, here and in the two other places",
            ["in the two other places"],
        ),
        ("Return 0 if cow is None and use it in both reports", []),
        ("Return 0 for heifer and stop calves alike", []),
        ("Rename `cow` to `animal` and update all uses", []),
        ("Remove `cow` of milk and drop the argument at its call sites", []),
        ("Return 0 if cow is None and return the yield of today otherwise", []),
        ("Return 0 if cow is None. The yield is read and added by the dairy.", []),
    ],
)
def test_a_step_in_words_is_left_open(fix: str, left: list[str]) -> None:
    """Unless a line that changes has a word of it, or it only says what an edit is for."""
    assert list(steps_in_words(fix, BEFORE, AFTER)) == left


def test_callers_are_adapted_where_more_than_one_place_changes() -> None:
    """A signature and its call are two."""
    before = "def milk(cow, pail):\n    return cow\n\n\nmilk(daisy, tin)\n"
    after = "def milk(cow):\n    return cow\n\n\nmilk(daisy)\n"
    assert list(steps_in_words("Remove `pail` and update the callers", before, after)) == []
