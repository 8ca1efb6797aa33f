"""Read the tables that say what became of findings that stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.telling import id_of, identity
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.statuses import read_status

_ID = re.compile(r"(?<![\w-])[A-Z]{1,8}-?\d{1,4}(?:[-.]\d{1,4})?(?![\w-])")


def tables_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of each table by themselves: those on lines that follow each other."""
    tables: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.line or 0):
        if tables and (row.line or 0) - (tables[-1][-1].line or 0) == 1:
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def without_statuses(
    tables: Sequence[Row], rows: Sequence[Row]
) -> tuple[list[Row], list[tuple[str, str, str]]]:
    """Return the rows of tables, and the statuses that some give to findings they name by id.

    ``P1-3 (no gate), P1-4 | migration 70 | applied`` where P1-3 stands above with all it says.
    """
    known = {id_of(row) for row in (*rows, *tables)} - {""}
    aside: list[Row] = []
    statuses: list[tuple[str, str, str]] = []
    for table in tables_of(tables):
        told = {row.place: ids for row in table if (ids := _named_by(row) & known)}
        if len(told) < _SEVERAL or 2 * len(told) <= len(table):
            continue
        if not all(map(_says_what_became, table)):
            continue
        aside += table
        for row in table:
            statuses += [(name, _status(row), "") for name in sorted(told.get(row.place, ()))]
    return [row for row in tables if row not in aside], statuses


_SEVERAL = 2
"""Rows that name findings from which a table says what became of them."""


def _named_by(row: Row) -> set[str]:
    """Return the ids with which the first cell of a row begins, unless one is the row's own."""
    first = str(next(iter(row.values.values()), "")).strip("*`~ ")
    if id_of(row) or _ID.match(first) is None:
        return set()
    return {identity(name) for name in _ID.findall(first)}


def _says_what_became(row: Row) -> bool:
    told = {name.field for key in row.values if (name := named(key))}
    return bool(_status(row)) and not told & {"severity", "file", "line", "impact"}


def _status(row: Row) -> str:
    """Return the value of a row's column for the status, empty where that says none."""
    values = [
        str(value)
        for key, value in row.values.items()
        if (name := named(key)) and name.field == "status"
    ]
    return next((value for value in values if read_status(value) is not None), "")
