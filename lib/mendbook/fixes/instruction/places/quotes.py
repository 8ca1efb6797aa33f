"""What a finding's evidence quotes, and where a text says it: layout and kinds of quotes aside."""

from __future__ import annotations

import re

from mendbook.fixes.task import Task
from mendbook.text.squeezed import flatten, squeeze

_BREAKS = re.compile(
    r"\[redacted\]|…|\.\.\.(?=[\s)\]},;]|$)|\s+…\s+|\s+AND\s+|^\s*(?:L?\d+\s*[:|]\s)", re.M
)


def quoted(text: str, piece: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` that say ``piece``, layout and kinds of quotes aside."""
    squeezed, needle = flatten(text), flatten(piece.strip("`"))
    at = squeezed.find(needle) if len(needle) >= 3 else -1
    _, offsets = squeeze(text) if at >= 0 else ("", ())
    ranges = []
    while at >= 0:
        first, last = offsets[at], offsets[at + len(needle) - 1] + 1
        if not (_runs_on(text, first) or _runs_on(text, last)):
            ranges.append((first, last))
        at = squeezed.find(needle, at + len(needle))
    return ranges


def is_quoted(task: Task, path: str) -> bool:
    """Tell whether the code that the finding quotes stands in ``path``; also where it quotes none.

    One piece of several is enough: the rest may be shortened.
    """
    pieces = [one for one in pieces_of(task.finding.evidence) if _is_code(one)]
    text = task.snapshot.get(path) or ""
    return not pieces or any(quoted(text, one) for one in pieces)


def pieces_of(evidence: str) -> list[str]:
    """Return the separate pieces of code that evidence quotes, of four letters and more."""
    return [piece for part in _BREAKS.split(evidence) if len(piece := part.strip()) >= 4]


def _runs_on(text: str, at: int) -> bool:
    """Tell whether a number or a name goes on across offset ``at``: 20 is no quote of 200."""
    return re.fullmatch(r"[\w$]{2}", text[max(at - 1, 0) : at + 1]) is not None


def _is_code(piece: str) -> bool:
    if re.search(r"\b(?:[a-z]+ ){4}[a-z]+\b", piece) and not re.search(r"[(=;{]", piece):
        return False
    return bool(re.search(r"[(){}=;<>\[\]:@]|\w\.\w|_\w|^\w+ \w+$", piece))
