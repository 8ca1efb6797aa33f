"""An edit that a text rules out, weighs or asks about is never made as if it were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from instruction_cases import Case, task_of
from test_paraphrases import orders

from mendbook.fixes.instruction.sentences.spoken_of import asks_for_nothing, forbids_all, spoken_of
from mendbook.fixes.sources.instruction import InstructionSource
from mendbook.model import Proposal


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Do not cap the level.", ["Cap the level"]),
        ("There is no need to await send(): it logs.", ["Await send(): it logs"]),
        ("Should we drop `oven`?", ["Drop `oven`"]),
        ("Renaming q to waiting would break the clients.", ["Rename q to waiting"]),
        ("It is tempting to copy the list.", ["Copy the list"]),
        ("The idea of passing 0 was rejected.", ["Pass 0"]),
        ("In the long run, use a queue; for now log it.", ["Use a queue"]),
        ("Could we drop `oven`?", []),
        ("Drop `oven`, which nothing reads.", []),
        ("Say 'do not feed' on the sign.", []),
    ],
)
def test_what_a_text_speaks_of_is_found(text: str, spoken: list[str]) -> None:
    """Each as the order that it would be; a polite question is an order."""
    assert list(spoken_of(text))[:1] == spoken


@pytest.mark.parametrize(
    ("text", "nothing", "forbids"),
    [
        ("Should we cap it? The level is 3 today.", True, True),
        ("It would be a mistake to cap it. Leave it as it is.", True, True),
        ("Do not cap it.", False, True),
        ("Do not cap it. Close the tap instead.", False, False),
        ("Should we cap it? Yes, cap the level at 3.", False, False),
    ],
)
def test_a_text_with_an_order_is_told_from_one_without(
    text: str, nothing: bool, forbids: bool
) -> None:
    """Facts and *leave it* beside what is weighed make no order of it."""
    assert (asks_for_nothing(text), forbids_all(text)) == (nothing, forbids)


_MOODS = (
    "Do not {0}.",
    "There is no need to {0}.",
    "Never {0}.",
    "It is not enough to {0}.",
    "Should we {0}?",
    "To {0} would break the clients, so leave it.",
    "It is tempting to {0}, but the callers rely on it.",
    "Ideally {0}.",
    "In the long run, {0}.",
    "Consider whether to {0}.",
    "We tried to {0}.",
    "Instead of following the advice to {0}, keep it as it is.",
)


def _moods() -> list[Any]:
    """Return the cases that begin with an order, each in one mood after the other."""
    return [
        pytest.param(param.values[0], _MOODS[at % len(_MOODS)], id=f"{param.id} {at % len(_MOODS)}")
        for at, param in enumerate(orders())
    ]


@pytest.mark.parametrize(("case", "mood"), _moods())
def test_no_mood_but_the_orders_makes_a_sure_edit(case: Case, mood: str) -> None:
    """Every order of the cases, forbidden, weighed or put off, is not carried out."""
    fix = case.fix.rstrip(". ")
    text = mood.format(fix[:1].lower() + fix[1:])
    answer = InstructionSource().propose(task_of(replace(case, fix=text)))
    sure = isinstance(answer, Proposal) and not any(one.open for one in answer.contracts)
    assert not sure, text
