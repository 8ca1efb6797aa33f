"""Recognise code that a person quoted loosely.

Auditors quote with other quotation marks and line breaks, with ``...`` for what they leave out and
a word of comment after a dash. So texts are compared as sequences of tokens, without quotation
marks, commas and semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_TOKEN = re.compile(r"\.\.\.|…|[A-Za-z_$][\w$]*|\d[\w.]*|=>|[=!<>]==?|&&|\|\||\?\.|[^\s\w]")
_IGNORED = frozenset("'\"`,;")
_ELISIONS = frozenset({"...", "…"})
# what comes after these words is what the code lacks, or what the auditor says about it
_ASIDE = re.compile(
    r"\s+[—–]\s+|\s+-{2}\s+|\s(?:vs\.?|AND|\+)\s+|\b(?:without|instead of|but|rather than)\b"
)
_CODE = re.compile(r"[\w$]\(|[\w$]\)?\??\.[\w$]|[\w$\])]\s*=[^\s]?\s*\S|=>|[{}\[\];]")
_LEADING_LINE = re.compile(r"^\W*(?:lines?\s*)?\d+(?:-\d+)?:\s")
_TRAILING_NOTE = re.compile(r"\s*(?://.*|\([\w./-]+:\d+\))\s*\Z")

MIN_TOKENS = 4
"""A shorter quote stands in any file and proves nothing."""
MAX_GAP = 400
"""Tokens that an elision may stand for: about one long function."""

Quote = tuple[tuple[str, ...], ...]
"""Runs of tokens, with an elision between each two."""


def quotes(evidence: str) -> tuple[Quote, ...]:
    """Return the code that ``evidence`` quotes, without what is said about it; often nothing."""
    pieces = []
    for piece in _ASIDE.split(evidence):
        if piece and _CODE.search(piece):
            runs = _runs(_TRAILING_NOTE.sub("", _LEADING_LINE.sub("", piece)))
            if _proves(runs):
                pieces.append(runs)
    return tuple(pieces)


def spans(quote: Quote, text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last line, 1-based, of every place in ``text`` where ``quote`` stands.

    Its runs follow each other in order, each within ``MAX_GAP`` tokens of the last.
    """
    tokens, lines = _indexed(text)
    first, *others = quote
    for start in _occurrences(first, tokens, 0, len(tokens)):
        end = start + len(first)
        for run in others:
            position = next(_occurrences(run, tokens, end, end + MAX_GAP), None)
            if position is None:
                break
            end = position + len(run)
        else:
            yield lines[start], lines[end - 1]


def _runs(text: str) -> Quote:
    runs: list[list[str]] = [[]]
    for token, _ in _tokens(text):
        if token in _ELISIONS:
            runs.append([])
        else:
            runs[-1].append(token)
    return tuple(tuple(run) for run in runs if run)


def _proves(quote: Quote) -> bool:
    tokens = [token for run in quote for token in run]
    words = [token for token in tokens if token[0].isalpha() or token[0] in "_$"]
    return len(tokens) >= MIN_TOKENS and len(words) >= 2


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each token that counts with its 1-based line."""
    for line, row in enumerate(text.split("\n"), start=1):
        for token in _TOKEN.findall(row):
            if token not in _IGNORED:
                yield token, line


@lru_cache(maxsize=256)
def _indexed(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the tokens of a file and their lines; its spreads are dropped as elisions are."""
    kept = [(token, line) for token, line in _tokens(text) if token not in _ELISIONS]
    return tuple(token for token, _ in kept), tuple(line for _, line in kept)


def _occurrences(
    run: tuple[str, ...], tokens: tuple[str, ...], start: int, stop: int
) -> Iterator[int]:
    for position in range(start, min(stop, len(tokens) - len(run) + 1)):
        if tokens[position] == run[0] and tokens[position : position + len(run)] == run:
            yield position
