"""Say an order of two calls, told by what they do, as the move of one of them.

*Publish it after the commit*, *commit first, then publish*, *the event must be published once the
commit is through*: each word is the stem of one call that the evidence quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LIKE = re.compile(r",?\s+(?:as|like|so that|because|since|otherwise)\b.*$", re.I | re.DOTALL)
_AFTER = re.compile(r"\b(?:after|behind|once|when|following)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|ahead\s+of|prior\s+to|and\s+then|then)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:not|never|unless|except|only\s+if|or|either|each|every|both|remov\w*|delet\w*|drop\w*|add"
    r"|wrap\w*|replac\w*)\b|n't\b",
    re.IGNORECASE,
)
"""Words of something else than an order."""
_ENDS = re.compile(r"(?:ting|ning|ing|ted|ed|es|s|e)$")
_LEAST = 3


def in_order(text: str, calls: Sequence[str]) -> Iterator[str]:
    """Yield the one move that ``text`` tells of two of ``calls``, names in the order of the code.

    Nothing is yielded where a word fits two calls, or where the order is so already.
    """
    said = _LIKE.sub("", text.strip().rstrip("."))
    if _MORE.search(said):
        return
    named = _named(said, calls)
    if len(named) != 2 or any(calls.count(name) > 1 for name, _ in named):
        return
    (one, word), (other, next_word) = named
    between = said[word.end() : next_word.start()]
    behind, ahead = _AFTER.search(between), _BEFORE.search(between)
    if (behind is None) == (ahead is None):
        return
    first, second = (other, one) if behind is not None else (one, other)
    if calls.index(first) > calls.index(second):
        yield f"Move the {second} call after the {first}"


def _named(said: str, calls: Sequence[str]) -> list[tuple[str, re.Match[str]]]:
    """Return the calls that words of a text name, each once, in the order of the text."""
    words: dict[str, re.Match[str]] = {}
    for word in re.finditer(r"[A-Za-z]{3,}", said):
        stem = _ENDS.sub("", word[0].lower())
        fits = {one for one in calls if len(stem) >= _LEAST and one.lower().startswith(stem)}
        if len(fits) == 1:
            words.setdefault(fits.pop(), word)
    return list(words.items())
