"""Tell findings that a later run says in other words: one place, one fault, another sentence.

Models never say a fault twice alike. A pair needs the same file, lines that touch, and words in
common beyond those of the place; and it must be the best for both, with none nearly as good. Two
faults at one line must stay two: a miss shows a finding as new, a false pair hides one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from mendbook.intake.fingerprint import normal_code
from mendbook.model import Finding

T = TypeVar("T")

_NEAR = 3
"""Lines by which a model misses its own place."""
_ALIKE = 0.4
_SAME_CODE = 0.25
"""Share of words in common from which a pair is one fault; less is asked where the code is one."""
_LEAST = 3
"""Words in common that are asked for, however short the sentences."""
_APART = 0.12
"""By how much a pair must be better than any other of either."""
_SHORT_CODE = 12
"""Characters from which quoted code tells anything."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = re.compile(r"(?:ations?|ments?|ings?|edly|ed|ies|es|s|ly|able|ion|e|y)\Z")
_COMMON = frozenset(
    [
        "missing",
        "lacks",
        "lack",
        "never",
        "always",
        "wrong",
        "properly",
        "correctly",
        "possible",
        "potential",
        "issue",
        "problem",
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "into",
        "are",
        "was",
        "not",
        "but",
        "can",
        "could",
        "may",
        "might",
        "will",
        "would",
        "should",
        "which",
        "when",
        "where",
        "while",
        "its",
        "has",
        "have",
        "had",
        "been",
        "being",
        "does",
        "did",
        "than",
        "then",
        "there",
        "their",
        "they",
        "them",
        "code",
        "file",
        "line",
        "function",
        "method",
        "value",
        "values",
        "use",
        "uses",
        "used",
        "using",
        "call",
        "calls",
        "called",
        "without",
        "any",
        "all",
        "each",
        "every",
        "one",
        "two",
        "only",
        "also",
        "because",
        "since",
        "after",
        "before",
        "make",
        "makes",
        "made",
    ]
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says of which place: enough to know it again in other words."""

    path: str = ""
    line: int | None = None
    end_line: int | None = None
    symbols: tuple[str, ...] = ()
    words: str = ""
    """Its title and its problem."""
    code: str = ""
    """What it quotes, without what writing it anew changes."""


def said_of(finding: Finding) -> Said:
    """Return what ``finding`` says of its first place."""
    place = next(iter(finding.places), None)
    return Said(
        path=place.path if place else "",
        line=place.line if place else None,
        end_line=place.end_line if place else None,
        symbols=finding.symbols,
        words=f"{finding.title} {finding.problem}",
        code=normal_code(finding.evidence),
    )


def reworded(
    before: Sequence[T], after: Sequence[T], said: Callable[[T], Said]
) -> tuple[tuple[T, T], ...]:
    """Return the pairs of ``before`` and ``after`` that are one fault in other words."""
    mine, theirs = [said(one) for one in before], [said(one) for one in after]
    scores = {
        (at, to): score
        for (at, one), (to, other) in product(enumerate(mine), enumerate(theirs))
        if (score := likeness(one, other)) > 0
    }
    pairs = []
    for (at, to), score in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [value for (row, column), value in scores.items() if (row == at) != (column == to)]
        if all(score - rival >= _APART for rival in rivals):
            pairs.append((before[at], after[to]))
    return tuple(pairs)


def likeness(one: Said, other: Said) -> float:
    """Return the share of words that two findings at one place have in common, 0 for no pair."""
    if not _one_place(one, other):
        return 0.0
    around = _stems([one.path, other.path, *one.symbols, *other.symbols])
    mine, theirs = (_stems([each.words]) - around for each in (one, other))
    if len(mine & theirs) < _LEAST:
        return 0.0
    share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    least = _SAME_CODE if _one_code(one, other) else _ALIKE
    return share if share >= least else 0.0


def _one_place(one: Said, other: Said) -> bool:
    if not one.path or one.path != other.path:
        return False
    if one.line is None or other.line is None:
        return one.line == other.line and one.symbols[:1] == other.symbols[:1]
    first, last = one.line - _NEAR, (one.end_line or one.line) + _NEAR
    return first <= (other.end_line or other.line) and other.line <= last


def _one_code(one: Said, other: Said) -> bool:
    shorter = min(len(one.code), len(other.code))
    return shorter >= _SHORT_CODE and (one.code in other.code or other.code in one.code)


def _stems(texts: Iterable[str]) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(texts))
    words = _WORD.findall(spaced.lower())
    return {_ENDINGS.sub("", word) or word for word in words if word not in _COMMON}
