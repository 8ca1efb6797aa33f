"""The widest sorts of changes, which say the least: one call for another, and the form of code."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.answer_words import left_out
from mendbook.changes.sort_rows import Sort, sort
from mendbook.changes.sort_words import hashed, swapped

WIDE: Sequence[Sort] = (
    sort(
        r"^(?!.*\b(?:everything|all|anything)\s(?:but|except)\b)"
        r"(?:saniti[sz]e|escape|normali[sz]e|trim|strip|redact|mask)\s+(?P<what>.+?)"
        r"(?=\s(?:with|by|using|before|in|at|via|and|as|like)\b|,(?!\d)|[;:]|$)",
        "Changed on its way from then on: {what}; what was kept as it came no longer matches it.",
    ),
    sort(
        r"^(?:use|switch to)\s+(?P<new>`?[\w$.]+(?:\([^)]*\))?`?)\s+instead of\s+"
        r"(?P<old>`?[\w$.]+(?:\([^)]*\))?`?)$",
        swapped,
    ),
    sort(
        r"^replace\s+(?:the\s+)?(?P<old>`?[\w$.]+(?:\([^)]*\))?`?)\s+(?:with|by)\s+(?:an?\s+"
        r"|the\s+)?"
        r"(?P<new>`?[\w$.]+(?:\([^)]*\))?`?)$",
        swapped,
    ),
    sort(
        r"\b(?:skip|leave\s+out|omit)\s+"
        r"(?P<what>(?:the|its|this|that|an?|each|every|all)\s[\w .`-]+?|\w+ing(?:\s\w+)?)\s+"
        r"(?P<when>(?:when|if|unless|where|for)\s.+)$",
        left_out,
    ),
    sort(
        r"^(?!.*\b(?:dummy|fake|thread|executor|checkpw|compare\w*|verify\w*|check\w*)\b)"
        r"(?!.*\b(?:the|that|this|its|same)\s(?:same\s)?(?:\w+\s)?hash\b).*"
        r"\b(?:passwordEncoder|PasswordEncoder|bcrypt|argon2\w*|hash(?:ed|es)?)\b",
        hashed,
    ),
    sort(
        r"^(?:use|convert|switch|turn|write|prefer|add|consolidate|introduce|define|extract)\b.*\b(?:(?:for|while)\b.*\bloop"
        r"|template literals?|destructuring|helper|utility|constants?|early returns?)\b",
        "None is meant: only the form of the code changes.",
    ),
)
"""The first that fits a clause speaks for it, where no other sort does."""
