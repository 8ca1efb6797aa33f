"""How often each word stands in a text: counted once, however many words are asked about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

_WORD = re.compile(r"[\w$]+")


@lru_cache(maxsize=64)
def counts_of_words(text: str) -> Mapping[str, int]:
    """Return the longest runs of word characters and ``$`` in ``text``, with how often each is."""
    return Counter(_WORD.findall(text))


def count_of(name: str, text: str) -> int:
    """Return how often ``name`` stands in ``text`` as a whole word, not within a longer one."""
    if _WORD.fullmatch(name):
        return counts_of_words(text).get(name, 0)
    return len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text))
