"""The alternatives that a fix text offers, each as the whole text with that one taken."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.reading.read import read

_CHOICE = re.compile(r",?\s+or\s+(?:else\s+)?(?=(?:[^`]*`[^`]*`)*[^`]*$)", re.IGNORECASE)
"""What parts the ways; an ``or`` within code parts none."""
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_EITHER = re.compile(r"\beither\s+", re.IGNORECASE)


def alternatives(text: str) -> tuple[str, ...]:
    """Return the whole text once for each alternative of the first sentence that offers some."""
    for sentence in _SENTENCE.split(text):
        parts = _CHOICE.split(_EITHER.sub("", sentence.rstrip(".; ")))
        if len(parts) > 1 and any(one.codes or one.clauses for one in map(read, parts[1:])):
            return tuple(_sentence(text, sentence, part) for part in parts)
    return ()


def _sentence(text: str, sentence: str, part: str) -> str:
    """Return ``text`` with one alternative, as a sentence, in the place of all of them."""
    return text.replace(sentence, f"{part[:1].upper()}{part[1:]}.", 1)
