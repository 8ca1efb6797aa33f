"""What a text asks for in another mood is said as an order, word for word; nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from instruction_cases import Case, propose
from test_paraphrases import orders

from mendbook.fixes.instruction.sentences.directives import (
    as_orders,
    obliged_as_orders,
    reasons_apart,
)
from mendbook.model import Proposal


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Could you please drop the `as any` cast?", "Drop the `as any` cast."),
        ("nit: can we pass `0` here?", "Pass `0` here."),
        ("We should also close the pool in stop().", "Close the pool in stop()."),
        ("Let's rename q to waiting", "Rename q to waiting"),
        ("How about wrapping the body in try/finally?", "Wrap the body in try/finally."),
        ("I'd suggest setting retries to 3.", "Set retries to 3."),
        ("The simplest fix is to return [] first.", "Return [] first."),
        ("It would be safer to copy the list.", "Copy the list."),
        ("Make sure to await send().", "Await send()."),
        ("Dropping the ! before ready would fix it.", "Drop the ! before ready."),
        ("The herd is empty. Why not return None?", "The herd is empty. Return None."),
        ("Please note: could you add 'hay'? Thanks.", "Add 'hay'. Thanks."),
        ("nit: pass `0`, not null!", "Pass `0`, not null."),
        ("Returning null hides the fault.", "Returning null hides the fault."),
        ("Should we drop it?", "Should we drop it?"),
        ("Could the ferry get a timeout of 9?", "The ferry should get a timeout of 9."),
        ("Can herd() return a tuple?", "herd() should return a tuple."),
        ("Shouldn't this be a set?", "This should be a set."),
        ("Should LIMIT not be 40?", "LIMIT should be 40."),
        ("Should LIMIT be 40?", "Should LIMIT be 40?"),
        ("Could it be a list or a set?", "Could it be a list or a set?"),
        ("Could the pump ever be None?", "Could the pump ever be None?"),
        ("What about restart: always on barn?", "restart: always on barn."),
        ("Why not log.info('%s', hay)?", "log.info('%s', hay)."),
        ("Would a deque help here?", "Use a deque."),
        ("Could we have an index on hay?", "Add an index on hay."),
        ("Say `Let's go` in the title", "Say `Let's go` in the title"),
    ],
)
def test_a_wish_is_said_as_an_order(text: str, order: str) -> None:
    """Questions, proposals and polite words ask for what an order asks for."""
    assert as_orders(text) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("The lock must be released in finally.", "Release the lock in finally."),
        ("barrel.level has to be capped at 10", "Cap barrel.level at 10"),
        ("The file web/oven.jsx can be deleted.", "Delete the file web/oven.jsx."),
        ("Both reads need awaiting.", "Await both reads."),
        ("The port ought to be set to 8080", "Set the port to 8080"),
        ("Line 2 should be set -eu", "Line 2 should be set -eu"),
        ("It must be removed.", "It must be removed."),
        ("A hive that swarms must be marked.", "A hive that swarms must be marked."),
        ("The default should be 5", "The default should be 5"),
    ],
)
def test_what_must_be_done_to_a_thing_is_said_as_an_order(text: str, order: str) -> None:
    """The passive names the thing first; *it*, and values that are no verbs, are left alone."""
    assert obliged_as_orders(text) == order


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        (
            "It leaks under load, so close it and log that.",
            "It leaks under load. Close it and log that.",
        ),
        ("The herd may be empty, hence return early", "The herd may be empty. Return early"),
        ("Rename a to b, so call sites read well", "Rename a to b, so call sites read well"),
        ("Say `x, so add y` in the title", "Say `x, so add y` in the title"),
    ],
)
def test_a_reason_is_a_sentence_of_its_own(text: str, parted: str) -> None:
    """Else the first of two orders behind a reason would pass for a part of the reason."""
    assert reasons_apart(text) == parted


_MOODS = (
    "Could you {0}?",
    "We should {0}.",
    "Let's {0}.",
    "It would be better to {0}.",
    "I would {0}.",
    "The remedy is to {0}.",
    "nit: please {0}",
)


def _ordered() -> list[Any]:
    """Return the cases that begin with an order, each with one mood after the other."""
    return [
        pytest.param(*param.values[:2], _MOODS[at % len(_MOODS)], id=str(param.id))
        for at, param in enumerate(orders())
    ]


@pytest.mark.parametrize(("case", "after", "mood"), _ordered())
def test_the_mood_of_an_order_does_not_matter(case: Case, after: dict[str, str], mood: str) -> None:
    """Every order of the cases gives the same edit when it is proposed, asked for or wished."""
    fix = case.fix.rstrip(". ")
    answer = propose(replace(case, fix=mood.format(fix[:1].lower() + fix[1:])))
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == after
