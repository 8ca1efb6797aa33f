"""The sentences of a fix text about settings, and those that only say how things are."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.sentences.ledger import may_ask
from mendbook.fixes.instruction.sentences.said import allowed, is_fact, is_kept
from mendbook.fixes.settings.ask import Verb
from mendbook.fixes.settings.frames import frames
from mendbook.fixes.settings.verbs import IMPERATIVE
from mendbook.fixes.settings.wording import CODE

PURPOSE = re.compile(
    r",?\s+(?:so that|so the|so it|in order to|to avoid|to prevent|to ensure|to keep|to stop"
    r"|to make|because|since|otherwise|as it|which)\b[^.\ue000-\uf8ff]*",
    re.I,
)
"""What only says why."""
_SENTENCE = re.compile(rf"(?<=[.;])\s+(?=[A-Z])|,?\s+(?:and|then)\s+(?={IMPERATIVE})", re.I)

BELOW = re.compile(r"(?:under|below|inside)\s+(?:the\s+)?(?P<block>[\w-]+),\s+", re.I)
"""The block that a sentence begins with, and that all its steps are about."""


def only_says(sentence: str) -> bool:
    """Tell whether a sentence states a fact, or what is to stay."""
    plain = re.sub(CODE, "⟦0⟧", sentence)
    asks = may_ask(plain) or allowed(plain) != plain
    return is_kept(plain) or (is_fact(plain) and not asks)


def sentences_of(plain: str) -> list[str]:
    """Return the sentences; an ``and`` before a verb parts two only where both are readable."""
    whole = re.split(rf"(?<=\.)\s+(?=[A-Z\ue000-\uf8ff])|(?<=;)\s+(?=[A-Z]|{IMPERATIVE})", plain)
    whole = [part for each in whole for part in _without_tail(each)]
    sentences: list[str] = []
    for each in whole:
        parts = _SENTENCE.split(each)
        sentences += _there(parts) if len(parts) > 1 and not fits_frame(each) else [each]
    return sentences


def _there(parts: list[str]) -> list[str]:
    """Return the steps of a sentence, each below the block that the first begins with."""
    place = BELOW.match(parts[0])
    return [parts[0], *(f"{place[0]}{one}" for one in parts[1:])] if place else parts


def _without_tail(sentence: str) -> list[str]:
    """Return what stands before a semicolon, and what stands behind it where that is no fact."""
    head, mark, tail = sentence.partition("; ")
    return [head] if mark and only_says(tail) and not GIVEN.search(tail) else [sentence]


GIVEN = re.compile(r"[\w.-]+\s*=\s*\S")
"""A value for a key, in whatever words."""


def fits_frame(sentence: str) -> bool:
    """Tell whether a sentence fits a frame, as a whole, other than one that adds a line."""
    plain = PURPOSE.sub("", sentence).rstrip(".;")
    return any(frame.fullmatch(plain) for verb, frame in frames() if verb is not Verb.ADD)
