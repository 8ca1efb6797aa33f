"""Tell the tables that name by their places findings that stand elsewhere in a document."""

from __future__ import annotations

import re

from mendbook.intake.shapes.looks import PATH_IN_TEXT
from mendbook.intake.shapes.markdown.grids import is_graded
from mendbook.intake.shapes.markdown.telling import id_of, says_more
from mendbook.intake.shapes.rows import Row

_Place = tuple[str, frozenset[str]]
"""The name of a file, and the numbers of lines that stand beside it."""
_BESIDE = re.compile(r"[`:#L\s,，、(（~约第-]*\d[\d\s,，、–-]*")


def placed_again(table: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows of a bare ``table`` that name places of ``rows``, where most of them do.

    ``| 3 | Move instead of cloning | `swap.rs` 232 |`` below *What must change* repeats what is
    said of ``swap.rs:232`` at length.
    """
    if not rows or any(says_more(row) or is_graded(row) or id_of(row) for row in table):
        return []
    known = [(_places(row), _names(row)) for row in rows]
    again = [row for row in table if _stands_in(row, known)]
    return again if len(again) >= _FEW and 2 * len(again) >= len(table) else []


_FEW = 2
"""Rows from which a table names what stands elsewhere."""


def _stands_in(row: Row, known: list[tuple[list[_Place], set[str]]]) -> bool:
    names = _names(row)
    for name, lines in _places(row):
        for places, others in known:
            for other, told in places:
                if name == other and (lines & told if lines and told else names & others):
                    return True
    return False


def _places(row: Row) -> list[_Place]:
    text = "\n".join(str(value) for value in row.values.values())
    places: list[_Place] = []
    for match in PATH_IN_TEXT.finditer(text):
        beside = _BESIDE.match(text, match.end())
        numbers = re.findall(
            r"\d+", match.group().rpartition(":")[2] if ":" in match.group() else ""
        )
        numbers += re.findall(r"\d+", beside.group()) if beside else []
        name = re.split(r"[:#(]", match.group())[0].rpartition("/")[2]
        places.append((name, frozenset(numbers)))
    return places


def _names(row: Row) -> set[str]:
    """Return the names in code and long words of a row, without those of files."""
    text = PATH_IN_TEXT.sub(" ", "\n".join(str(value) for value in row.values.values()))
    return {word.lower() for word in re.findall(r"[A-Za-z_][\w$]{4,}", text)}
