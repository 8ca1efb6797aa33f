"""What an order itself asks for, without what it only compares, explains or tells beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from mendbook.changes.fault_words import SINGULAR

_END = r"(?=,?\s(?:and|or)\s|[,;]|$)"
_ASIDES = (
    (
        re.compile(r"instead|rather"),
        re.compile(
            rf",?\s(?:instead of|rather than|in place of)\s.*?(?=\s(?:in|on|at|for|when)\s|{_END})"
        ),
    ),
    (
        re.compile(r"\blike\b|\bas\b"),
        re.compile(
            rf",?\s(?:as|like)\s(?:in\s)?(?:the\s)?`?[\w.$]+(?:\(\))?`?(?:\s\w+)?\s"
            rf"(?:does|do|has|already)\b.*?{_END}|,?\s(?:as in|like|the way)\s.*?{_END}"
        ),
    ),
    (re.compile(r"\bso\b|answer"), re.compile(r",?\sso(?:\sthat)?\s.*$")),
    (
        re.compile(r"that|which|who"),
        re.compile(
            r"(?<!check)(?<!ensure)(?<!verify)(?<!assert)(?<!sure)(?<!require)(?<!test)(?<!know)"
            rf"(?<!only)(?<!all)(?<!\bso),?\s(?:that|which|whose|who)\s(?!is\b\s*$).*?{_END}"
        ),
    ),
)
"""What a pattern speaks of where it reads an aside itself, and the aside."""
_UNDOING = (
    r"remove|drop|delete|disable|stop|avoid|omit|exclude|eliminate|never|don't|do not|no longer"
    r"|get rid of|take out|give up"
)
_UNDOES = re.compile(rf"(?i)^(?:also\s)?(?:{_UNDOING})\b")
_SWAPS = re.compile(r"(?i)^replace\s.+?\s(?:with|by)\s(?=\S)")


_THINGS = (
    r"cache[ds]?|hash(?:es|ed)?|locks?|mutex|retry|retries|time ?outs?|transactions?|queue|headers?"
    r"|cookies?|index|migrations?|joins?|tokens?"
)
_COMPOUND = re.compile(
    rf"(?i)\b(?:the|an?|its|this|that|each|every)\s(?:[a-z-]+\s)?(?:{_THINGS})\s"
    r"(?!(?:of|for|in|on|at|to|with|by|from|per|and|or|as|when|if|once|unless|until|before|after"
    r"|that|which|who|is|are|has|have|must|should|so|then|only|instead|first|too|also|here|there"
    r"|now|again|inside|within|around|across|under|over|into|between|without|via|through|using"
    r"|fails?|expires?|ends?|passes|goes|does|can|may|keyed|shared|scoped|named|called|made|read"
    r"|set|sent|given|taken|bound|\w+ly)\b)(?P<head>[a-z]+)\b"
)
"""A thing that another word makes a part of its name: *the cache cleaner* is no cache."""


def core(order: str, asked: re.Pattern[str]) -> str:
    """Return what of ``order`` the pattern of a sort may be looked for in; empty for nothing.

    A comparison, a reason, a relative clause and what something is done *instead of* say nothing of
    what is asked, unless the pattern reads them. Nor does the object of *remove* or *stop*, which
    a sort of another verb takes for something that comes, or what *replace* takes away.
    """
    return _core(order, asked.pattern)


@lru_cache(maxsize=65536)
def _core(order: str, pattern: str) -> str:
    reads = _reads(pattern)
    if not reads[-1] and _UNDOES.match(order):
        rest = re.split(r",\s(?:so|and)\s(?:that\s)?", order, maxsplit=1)
        return rest[1] if len(rest) > 1 else ""
    said = _COMPOUND.sub(_by_head, order)
    if not reads[-2]:
        said = _SWAPS.sub("use ", said)
    for (_, aside), read in zip(_ASIDES, reads, strict=False):
        said = said if read else aside.sub("", said)
    return said


def _by_head(match: re.Match[str]) -> str:
    """Return the thing by its own name, unless the word behind it is what it does."""
    return match[0] if match["head"].lower() in SINGULAR else f"the {match['head']}"


@lru_cache(maxsize=512)
def _reads(pattern: str) -> tuple[bool, ...]:
    """Return which asides a pattern reads itself, whether it reads *replace*, and an undoing."""
    asides = (told.search(pattern) is not None for told, _ in _ASIDES)
    return (*asides, "replace" in pattern, re.search(_UNDOING, pattern) is not None)
