"""The widest sorts of changes, which say the least: one call for another, and the form of code."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.changes.answer_words import left_out
from mendbook.changes.given_sorts import TOLD_INSTEAD
from mendbook.changes.sort_rows import Sort, sort
from mendbook.changes.sort_words import checked, hashed, swapped

WIDE: Sequence[Sort] = (
    TOLD_INSTEAD,
    sort(
        r"^(?:check|guard|test|compare)\b.*?`?(?!with\b|by\b|that\b"
        r"|if\b)(?P<name>[A-Za-z_$][\w$.?]*)`?\s+"
        r"(?:is|is not|!==?|===?)\s+(?:None|null|nil|undefined)\b",
        "Where {name} is not set, what stands behind the check does not run any more.",
    ),
    sort(
        r"^(?:validate|verify|authori[sz]e|require|enforce|check(?!.*\sfirst\b))\s+(?!before"
        r"|after|when|(?:all|both|every|each)\b.*\sbefore\b)"
        r"(?:that\s+|whether\s+)?(?P<what>.+?)"
        r"(?=\s(?:with|by|using|before|against|via|and|as)\b|,(?!\d)|[;:]|$)",
        checked,
    ),
    sort(
        r"^(?:add|use|introduce|put)\b\s+(?:an?\s|the\s)?(?P<what>.*?\b(?:guard|validat\w+"
        r"|allow-?list"
        r"|(?:auth\w*|permission|ownership|token) check|schema)\b)",
        checked,
    ),
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
