"""Short phrases out of what a finding says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.model import Finding
from mendbook.text.escape import visible

_CLAUSE_ENDS = re.compile(r"[.;]\s|\s[—–]\s|:\s|,?\sor\s|,?\s(?:so that|because)\s")
_THIS = re.compile(r"(?i)\b(?:this|the) (?:method|function|class|field)\b")
_EITHER = re.compile(r"(?i)^(?:either|please|should)\s+")
_ASIDE = re.compile(r"\s\([^()]*\)(?=\s|$)")
_OPEN, _CLOSED = "([{<", ")]}>"


def intention(finding: Finding) -> str:
    """Return what the fix asks for: its first clause, of alternatives the first."""
    said = _ASIDE.sub("", _EITHER.sub("", one_sentence(finding.fix)))
    clause = first_clause(said) or first_clause(one_sentence(finding.problem)) or finding.id
    named = _THIS.sub(lambda _: finding.symbols[0], clause) if finding.symbols else clause
    return lowered(named)


def first_clause(text: str) -> str:
    """Return ``text`` up to where its first clause ends."""
    return text[: next(ends(text, _CLAUSE_ENDS), len(text))]


def one_sentence(text: str) -> str:
    """Return ``text`` on one visible line, without code marks and full stop."""
    return " ".join(visible(text).split()).replace("`", "").rstrip(".")


def lowered(text: str) -> str:
    """Lower the first letter unless the first word is a name: ``Add``, but not ``JSON``."""
    first = text.split(" ", 1)[0]
    plain = first.isalpha() and (first[1:].islower() or first == "A")
    return text[0].lower() + text[1:] if plain else text


def ends(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where ``pattern`` matches outside of brackets."""
    depth, place = 0, 0
    for match in pattern.finditer(text):
        between = text[place : match.start()]
        depth += sum(char in _OPEN for char in between) - sum(char in _CLOSED for char in between)
        place = match.start()
        if depth <= 0 and place:
            yield place
