"""The plain form of a word: the verb of a participle or gerund, the singular of a plural."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IRREGULAR = {
    "borne": "bear", "bound": "bind", "brought": "bring", "built": "build", "caught": "catch",
    "cut": "cut", "given": "give", "had": "have", "held": "hold", "known": "know",
    "left": "leave", "made": "make", "put": "put", "read": "read", "rethrown": "rethrow",
    "said": "say", "sent": "send", "set": "set", "split": "split", "stood": "stand",
    "struck": "strike", "taken": "take", "thrown": "throw", "told": "tell", "written": "write",
}  # fmt: skip


def verbs_of_participle(word: str) -> Iterator[str]:
    """Yield what verb a participle may be of: *use* of *used*, *drop* of *dropped*; best first.

    Some of them are no words (*us*): the caller knows which verbs there are.
    """
    low = word.lower()
    if low in _IRREGULAR:
        yield _IRREGULAR[low]
    elif low.endswith("ed"):
        yield from _verbs_of_stem(low.removesuffix("ed"))


def verbs_of_gerund(word: str) -> Iterator[str]:
    """Yield what verb a gerund may be of: *use* of *using*, *drop* of *dropping*; best first."""
    low = word.lower()
    if low.endswith("ing"):
        yield from _verbs_of_stem(low.removesuffix("ing"))


def _verbs_of_stem(stem: str) -> Iterator[str]:
    yield from (stem, f"{stem}e")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem.endswith("i"):
        yield f"{stem[:-1]}y"


def singular(plural: str) -> str:
    """Return the singular of a noun in the plural, as code spells it; empty for another word."""
    if plural.endswith("ies"):
        return f"{plural[:-3]}y"
    if re.search(r"(?:ss|x|ch|sh)es$", plural):
        return plural[:-2]
    return plural[:-1] if re.search(r"[^s]s$", plural) else ""
