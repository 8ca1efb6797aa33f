"""Tell findings that a later run says in other words: one place, one fault, another sentence.

Models never say a fault twice alike. A pair needs the same file, lines that touch, and words in
common beyond those of the place, or one kind of fault with one cure; what is quoted and named must
not tell them apart, and it must be the best for both, with none nearly as good. Two faults at one
line must stay two: a miss shows a finding as new, a false pair hides one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import TypeVar

from mendbook.intake.fault_kinds import fault_kinds
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
_BOTH = 2
"""Words in common where kind and cure are one, or the code is, and nothing else is known."""
_APART = 0.12
"""By how much a pair must be better than any other of either."""
_SHORT_CODE = 12
"""Characters from which quoted code tells anything."""
_SOME_CODE = 5
"""The same, of two findings of one kind."""
_FRAME = 3
"""Words in a row from which two sentences are one with another thing in it."""
_NAMED = re.compile(
    r"`[^`\n]+`|[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)+|\b\w+_\w+|\b[A-Za-z_]\w*\(\)"
    r"|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*"
)
"""Code that stands within a sentence."""
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
    evidence: str = ""
    """What it quotes, as it stands there."""
    fix: str = ""
    rule: str = ""
    """A tool's own name for the kind of fault; empty for what people and models found."""


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
        evidence=finding.evidence,
        fix=finding.fix,
        rule=next((each.rule for each in finding.origins if each.rule), ""),
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
    """Return how far two findings at one place speak of one fault, from 0 (two faults) to 1.

    That is the share of words that they have in common, or 1 for one kind of fault and one cure.
    """
    if not _one_place(one, other) or told_apart(one, other):
        return 0.0
    if _kinds(one) & _kinds(other) and _one_cure(one, other):
        return 1.0
    around = _around(one, other)
    mine, theirs = (_stems([each.words]) - around for each in (one, other))
    if len(mine & theirs) < _LEAST:
        return 0.0
    share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    least = _SAME_CODE if _one_code(one, other) else _ALIKE
    return share if share >= least else 0.0


def told_apart(one: Said, other: Said) -> bool:
    """Tell whether two findings of one place, or of one quoted code, speak of two faults.

    They do where they speak of kinds of faults that have nothing in common, or of none that is
    known, and have hardly a word in common beyond the place and what is quoted there.
    """
    if one.rule or other.rule or one.words == other.words:
        return False
    mine, theirs = _kinds(one), _kinds(other)
    if mine & theirs:
        return False
    shared = _both(one, other)
    if mine and theirs:
        return len(shared) < _LEAST
    told = (_stems([each.words, each.fix]) for each in (one, other))
    return len(shared) < _BOTH and all(len(words) >= _LEAST for words in told)


def _one_cure(one: Said, other: Said) -> bool:
    """Tell whether two findings of one kind are one: nothing tells them apart, and the cure is one.

    One code that both quote says that much; without it the cures must be of one kind as well, and
    both speak of one thing.
    """
    if _one_code(one, other, _SOME_CODE):
        return not _one_frame(one, other)
    around = _around(one, other)
    named = [_stems(_NAMED.findall(f"{each.words} {each.fix}")) - around for each in (one, other)]
    if all(named) and not named[0] & named[1]:
        return False
    if min(len(one.code), len(other.code)) >= _SHORT_CODE:
        return False
    cures = fault_kinds(one.fix) & fault_kinds(other.fix)
    return bool(cures) and len(_both(one, other)) >= _BOTH and not _one_frame(one, other)


def _kinds(said: Said) -> frozenset[str]:
    return fault_kinds(f"{said.words} {said.fix}")


def _both(one: Said, other: Said) -> set[str]:
    """Return the words that both have, beyond those of the place and of what they quote."""
    around = _around(one, other) | _stems([one.evidence, other.evidence])
    mine, theirs = (_stems([each.words, each.fix]) for each in (one, other))
    return (mine & theirs) - around


def _one_frame(one: Said, other: Said) -> bool:
    """Tell whether two sentences are one of two things: *the mail has no limit*, *the list …*."""
    for first, second in ((one.words, other.words), (one.fix, other.fix)):
        mine, theirs = first.lower().split(), second.lower().split()
        run = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
        around = (
            mine[: run.a] + mine[run.a + run.size :],
            theirs[: run.b] + theirs[run.b + run.size :],
        )
        shared = mine[run.a : run.a + run.size]
        if run.size >= _FRAME and _stems(shared) and all(_stems(words) for words in around):
            return True
    return False


def _around(one: Said, other: Said) -> set[str]:
    return _stems([one.path, other.path, *one.symbols, *other.symbols])


def _one_place(one: Said, other: Said) -> bool:
    if not one.path or one.path != other.path:
        return False
    if one.line is None or other.line is None:
        return one.line == other.line and one.symbols[:1] == other.symbols[:1]
    first, last = one.line - _NEAR, (one.end_line or one.line) + _NEAR
    return first <= (other.end_line or other.line) and other.line <= last


def _one_code(one: Said, other: Said, least: int = _SHORT_CODE) -> bool:
    shorter = min(len(one.code), len(other.code))
    return shorter >= least and (one.code in other.code or other.code in one.code)


def _stems(texts: Iterable[str]) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(texts))
    words = _WORD.findall(spaced.lower())
    return {_ENDINGS.sub("", word) or word for word in words if word not in _COMMON}
