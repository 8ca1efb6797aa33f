"""Tell findings that a later run says in other words: one place, one fault, another sentence.

Models never say a fault twice alike. A pair needs the same file, lines that touch, and words in
common beyond those of the place; and it must be the best for both, with none nearly as good. Two
faults at one line must stay two: a miss shows a finding as new, a false pair hides one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from mendbook.intake.fingerprint import normal_code
from mendbook.model import Finding

_NEAR = 3
"""Lines by which a model misses its own place."""
_ALIKE = 0.4
_SAME_CODE = 0.25
"""Share of words in common from which a pair is one fault; less is asked where the code is one."""
_LEAST = 3
"""Words in common that are asked for, however short the sentences."""
_APART = 0.12
"""By how much a pair must be better than any other of either."""
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


def reworded(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[tuple[Finding, Finding], ...]:
    """Return the pairs of ``before`` and ``after`` that are one fault in other words."""
    scores = {
        (at, to): score
        for (at, one), (to, other) in product(enumerate(before), enumerate(after))
        if (score := likeness(one, other)) > 0
    }
    pairs = []
    for (at, to), score in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [value for (row, column), value in scores.items() if (row == at) != (column == to)]
        if all(score - rival >= _APART for rival in rivals):
            pairs.append((before[at], after[to]))
    return tuple(pairs)


def likeness(one: Finding, other: Finding) -> float:
    """Return the share of words that two findings at one place have in common, 0 for no pair."""
    if not _one_place(one, other):
        return 0.0
    around = _stems([one.file, other.file, *one.symbols, *other.symbols])
    mine, theirs = (_stems([each.title, each.problem]) - around for each in (one, other))
    if len(mine & theirs) < _LEAST:
        return 0.0
    share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    least = _SAME_CODE if _one_code(one, other) else _ALIKE
    return share if share >= least else 0.0


def _one_place(one: Finding, other: Finding) -> bool:
    for here, there in product(one.places[:1], other.places[:1]):
        if here.path != there.path:
            return False
        if here.line is None or there.line is None:
            return here.line == there.line and one.symbols[:1] == other.symbols[:1]
        first, last = here.line - _NEAR, (here.end_line or here.line) + _NEAR
        return first <= (there.end_line or there.line) and there.line <= last
    return False


def _one_code(one: Finding, other: Finding) -> bool:
    mine, theirs = normal_code(one.evidence), normal_code(other.evidence)
    return min(len(mine), len(theirs)) >= 12 and (mine in theirs or theirs in mine)


def _stems(texts: Iterable[str]) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(texts))
    words = _WORD.findall(spaced.lower())
    return {_ENDINGS.sub("", word) or word for word in words if word not in _COMMON}
