"""A cache by weight keeps what was used of late, and no more than it may."""

from __future__ import annotations

from mendbook.text.recent import Recent


def test_what_was_used_longest_ago_goes_first() -> None:
    """Asking for a value is a use of it."""
    kept: Recent[str, str] = Recent(10)
    kept.keep("oak", "acorn", 4)
    kept.keep("ash", "key", 4)
    assert kept.get("oak") == "acorn"
    kept.keep("elm", "samara", 4)
    assert (kept.get("oak"), kept.get("ash"), kept.get("elm")) == ("acorn", None, "samara")


def test_a_value_above_the_limit_is_kept_until_the_next() -> None:
    """Who has just asked for something large does not make it twice."""
    kept: Recent[str, int] = Recent(10)
    kept.keep("small", 1, 3)
    assert kept.keep("large", 2, 50) == 2
    assert (kept.get("small"), kept.get("large")) == (None, 2)
    kept.keep("other", 3, 1)
    assert (kept.get("large"), kept.get("other")) == (None, 3)


def test_a_value_that_is_kept_again_weighs_once() -> None:
    """Its new weight counts in the place of its old one."""
    kept: Recent[str, int] = Recent(10)
    for _ in range(5):
        kept.keep("same", 1, 6)
    kept.keep("beside", 2, 4)
    assert (kept.get("same"), kept.get("beside")) == (1, 2)
