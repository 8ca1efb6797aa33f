"""Plain forms of English words, regular and not."""

from __future__ import annotations

import pytest

from mendbook.text.word_forms import singular, verbs_of_gerund, verbs_of_participle


@pytest.mark.parametrize(
    ("participle", "verb"),
    [("watered", "water"), ("pruned", "prune"), ("dropped", "drop"), ("carried", "carry"),
     ("Sent", "send"), ("rethrown", "rethrow"), ("set", "set")],
)  # fmt: skip
def test_the_verb_of_a_participle_is_among_its_plain_forms(participle: str, verb: str) -> None:
    """Regular, doubled, with *y*, irregular: the verb is among what is yielded."""
    assert verb in verbs_of_participle(participle)


@pytest.mark.parametrize("word", ["herring", "harbour", "fast", "went"])
def test_another_word_is_no_participle(word: str) -> None:
    """A noun, an adjective and a past tense yield nothing."""
    assert [*verbs_of_participle(word)] == []


@pytest.mark.parametrize(
    ("gerund", "verb"),
    [("watering", "water"), ("pruning", "prune"), ("dropping", "drop"), ("Carrying", "carry")],
)
def test_the_verb_of_a_gerund_is_among_its_plain_forms(gerund: str, verb: str) -> None:
    """The same for gerunds."""
    assert verb in verbs_of_gerund(gerund)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("berths", "berth"), ("ferries", "ferry"), ("hatches", "hatch"), ("glasses", "glass"),
     ("boxes", "box"), ("sizes", "size"), ("mass", ""), ("fish", "")],
)  # fmt: skip
def test_the_singular_of_a_list_s_name(plural: str, one: str) -> None:
    """Sibilants lose *es*; what is no plural has no singular."""
    assert singular(plural) == one
