"""Find the first thing in a JSON text that the reader refuses, with its place.

The reader decides with the standard decoder, which is fast and says little; this scan runs only
after a refusal, is iterative, and stops at the first fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mendbook.intake.problem import quoted

MAX_DEPTH = 100
_TOKEN = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]:,"]|-?Infinity|NaN|-?\d[-+.\deE]*+', re.DOTALL
)
_IDENTIFIER = re.compile(r"[^\W\d][\w$]*\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """A refused construct: its character offset, JSON path, and description."""

    offset: int
    path: str
    what: str


@dataclass(slots=True)
class _Level:
    opener: str
    keys: set[str] = field(default_factory=set)
    key: str = ""
    index: int = 0


def find_fault(text: str) -> Fault | None:
    """Return the first nesting too deep, duplicate key or number out of range, or None."""
    levels: list[_Level] = []
    last = (0, "")
    for match in _TOKEN.finditer(text):
        lexeme, offset = match.group(), match.start()
        if lexeme in "[{":
            levels.append(_Level(lexeme))
            if len(levels) > MAX_DEPTH:
                return Fault(offset, _path(levels[:8]), f"nested more than {MAX_DEPTH} deep")
        elif lexeme in "]}":
            if levels:
                levels.pop()
        elif lexeme == ":" and levels:
            level, written = levels[-1], last[1][1:-1]
            level.key = written
            if written in level.keys:
                what = f"the key {quoted(written)} stands twice in one object"
                return Fault(last[0], _path(levels), what)
            level.keys.add(written)
        elif lexeme == "," and levels:
            levels[-1].index += 1
        elif lexeme == '"':
            return None
        elif not _finite(lexeme):
            return Fault(offset, _path(levels), f"{lexeme[:20]} is not a number JSON can hold")
        last = (offset, lexeme)
    return None


def _finite(lexeme: str) -> bool:
    if lexeme[0] == '"' or lexeme in ":,":
        return True
    if lexeme.endswith(("NaN", "Infinity")):
        return False
    try:
        return abs(float(lexeme)) != float("inf")
    except ValueError:
        return True


def _path(levels: list[_Level]) -> str:
    path = ""
    for level in levels:
        path = join(path, level.key if level.opener == "{" else level.index)
    return path


def join(path: str, step: str | int) -> str:
    """Return the JSON path of ``step`` below ``path``: ``findings[3].id``, ``meta["a b"]``."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    if not _IDENTIFIER.match(step):
        return f"{path}[{quoted(step, 40)}]"
    return f"{path}.{step}" if path else step
