"""One row of the table of sorts: how a clause asks for a change, and what that can break."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mendbook.changes.order_core import core
from mendbook.changes.sort_words import Words
from mendbook.changes.today import Clause

_CALL = re.compile(r"(?<![\w$.])((?:[A-Za-z_$][\w$]*(?:\.|::|->))*[A-Za-z_$][\w$]*)\s*\(")
_KEYWORDS = {
    *("if", "for", "while", "switch", "catch", "return", "function", "await", "def", "func"),
    *("new", "throw", "raise", "elif", "except", "and", "or", "not", "in", "with", "super"),
}


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of change: how a clause of a fix asks for it, and what it can break."""

    asked: re.Pattern[str]
    words: Words
    """From what matched and the clause; empty where nothing can be said after all."""
    raw: bool = False
    """It is looked for in the clause as it was written, its code still marked."""
    proof: str | Callable[[re.Match[str], str], str] = ""
    """What a test sees of it once it is done, to be filled with the groups of ``asked`` and with
    ``{call}``, what the evidence calls, or made of the match and the evidence; empty where nothing
    can be said for certain."""
    needs: re.Pattern[str] | None = None
    """What the clause, the evidence or the problem must hold besides."""

    def found(self, order: str, raw: str, around: str) -> re.Match[str] | None:
        """Return where a clause asks for it; ``around`` is the evidence and what is told of it."""
        text = raw if self.raw else order
        match = self.asked.search(text)
        if match is not None and not self.asked.search(core(text, self.asked)):
            return None
        if match is not None and (beside := _BESIDE.search(text)) is not None:
            asked = self.asked if _ASKS_WHEN.search(self.asked.pattern) is None else None
            if match.start() > beside.start() or (
                asked and not asked.search(text, 0, beside.start())
            ):
                return None
        if match is None or self.needs is None or self.needs.search(f"{raw}\n{around}"):
            return match
        return None

    def proven(self, match: re.Match[str], evidence: str) -> str:
        """Return what a test sees; empty where a part of it is not known."""
        if callable(self.proof):
            return self.proof(match, evidence)
        return filled(self.proof, match, evidence)


_BESIDE = re.compile(
    r"(?<!\bonly)(?<!\bjust)\s(?:before|after|because|since|while|as soon as|when|whenever"
    r"|if|unless|once)\s(?=(?:\w+\s)*?[\w`])"
)
"""Begins what is not asked for, but when or what for: no word behind it tells what is done."""
_ASKS_WHEN = re.compile(r"when|before|after|\bif\b|unless|once|while|\$")
"""In a pattern: it reads the condition itself, or the clause to its end."""
NUMBER = (
    r"(?P<most>\d[\d_,.]*(?:\s?[kKMG]i?B\b)?"
    r"(?:\s(?!(?:in|on|at|for|of|and|or|by|with|when|if|to|per)\b)[a-z]+)?)"
)


def sort(
    asked: str,
    words: str | Words,
    *,
    raw: bool = False,
    proof: str | Callable[[re.Match[str], str], str] = "",
    needs: str = "",
) -> Sort:
    """Return a row; a text in ``words`` is filled with the groups of ``asked`` and ``{call}``."""
    told = _fixed(words) if isinstance(words, str) else words
    besides = re.compile(needs) if needs else None
    return Sort(re.compile(f"(?i){asked}"), told, raw, proof, besides)


def _fixed(words: str) -> Words:
    def said(match: re.Match[str], clause: Clause) -> str:
        return begun(filled(words, match, clause.evidence))

    return said


def filled(words: str, match: re.Match[str], evidence: str) -> str:
    """Fill ``words``; empty where it needs a call and the evidence has none."""
    groups = {key: (value or "").strip(" `.,") for key, value in match.groupdict().items()}
    if any(not groups.get(key) for key in re.findall(r"\{(\w+)\}", words) if key != "call"):
        return ""
    if "{call}" in words:
        groups["call"] = called(evidence)
        if not groups["call"]:
            return ""
    return words.format(**groups)


def called(evidence: str) -> str:
    """Return the first thing that ``evidence`` calls, without arguments; empty for none."""
    names = [match[1] for match in _CALL.finditer(evidence)]
    told = [name for name in names if name.rpartition(".")[2] not in _KEYWORDS]
    inner = [name for name in told if name.rpartition(".")[2] != "use"]
    return next(iter(inner or told), "")


def begun(words: str) -> str:
    """Begin a sentence with a capital, unless it begins with code."""
    return words[:1].upper() + words[1:]
