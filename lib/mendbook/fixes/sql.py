"""Take the values out of a text of SQL, where a placeholder may stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WORDS = (
    r"\bSQL\b|parameteri[sz]|placeholder|prepared statement|injection"
    r"|\bb(?:ind|inding|ound)\b[^.]*\b(?:parameter|variable|value|argument)s?\b"
    r"|\bb(?:ind|inding|ound)\b[^.]*(?:\$\d|\?|%s)|\binterpolat"
    r"|\b(?:parameter|value|argument|variable)s?\b[^.]*\$\d|\bbind (?:both|the|all|each|every)\b"
    r"|\b(?:parameter|variable|argument)s? (?:of|to|for) the (?:query|statement)\b"
)
"""How findings speak of values that are written into SQL."""

_VALUE_BEFORE = re.compile(
    r"(?:=|<>|!=|<|>|\blike|\bilike|\blimit|\boffset|\bbetween|\bthen|\belse|\band|\bset\s+\w+\s*=)\s*$",
    re.IGNORECASE,
)
_IN_VALUES = re.compile(r"\bvalues\s*\([^()]*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text of SQL: as it is written, or an expression whose value is written in."""

    text: str
    is_value: bool = False


def bound_text(
    pieces: Sequence[Piece],
    mark: Callable[[int], str],
    joined: Callable[[str, str, str], str],
) -> tuple[str, list[str]] | str:
    """Return the SQL with placeholders and the values for them, or why there can be none.

    ``mark`` is the placeholder of a 1-based number; ``joined`` makes one expression of the text
    around a value within the quotes of SQL.
    """
    parts = [piece.text for piece in pieces]
    values: list[str] = []
    done = ""
    for at, piece in enumerate(pieces):
        if not piece.is_value:
            done += parts[at]
            continue
        quoted = re.search(r"'([^']*)$", done) if done.count("'") % 2 else None
        before, after = "", ""
        if quoted is not None:
            closing = parts[at + 1].find("'") if at + 1 < len(parts) else -1
            if closing < 0:
                return "two values stand within one pair of quotes"
            before, after = quoted[1], parts[at + 1][:closing]
            done = done[: quoted.start()]
            parts[at + 1] = parts[at + 1][closing + 1 :]
        if not _VALUE_BEFORE.search(done) and not _IN_VALUES.search(done):
            return f"no placeholder can stand for {piece.text}: it is not compared or inserted"
        values.append(joined(before, piece.text, after))
        done += mark(len(values))
    return done, values


def headline(values: Sequence[str]) -> str:
    """Return what a patch that binds ``values``, as the code spells them, does to a statement."""
    if len(values) <= 2 and all(re.fullmatch(r"[\w.]{1,24}", value) for value in values):
        named = " and ".join(values)
        return f"Bind {named} as {'a parameter' if len(values) == 1 else 'parameters'} of the query"
    return "Bind the values as parameters of the query"
