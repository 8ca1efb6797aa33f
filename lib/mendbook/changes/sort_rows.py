"""One row of the table of sorts: how a clause asks for a change, and what that can break."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.changes.sort_words import Words
from mendbook.changes.today import Clause


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of change: how a clause of a fix asks for it, and what it can break."""

    asked: re.Pattern[str]
    words: Words
    """From what matched and the clause; empty where nothing can be said after all."""
    raw: bool = False
    """It is looked for in the clause as it was written, its code still marked."""


NUMBER = (
    r"(?P<most>\d[\d_,.]*(?:\s?[kKMG]i?B\b)?"
    r"(?:\s(?!(?:in|on|at|for|of|and|or|by|with|when|if|to|per)\b)[a-z]+)?)"
)


def sort(asked: str, words: str | Words, *, raw: bool = False) -> Sort:
    """Return a row; a text in ``words`` is filled with the groups of ``asked``."""
    told = _fixed(words) if isinstance(words, str) else words
    return Sort(re.compile(f"(?i){asked}"), told, raw)


def _fixed(words: str) -> Words:
    def filled(match: re.Match[str], _: Clause) -> str:
        return words.format(**{key: value or "" for key, value in match.groupdict().items()})

    return filled
