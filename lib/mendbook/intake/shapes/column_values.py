"""What a column means by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.intake.shapes.cells import Column, unnamed_column
from mendbook.intake.shapes.column_checks import is_exact_grade, is_function, joined_name
from mendbook.intake.shapes.column_meaning import Meaning
from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.looks import (
    asks,
    is_code,
    is_effort,
    is_id,
    is_lines,
    is_path,
    is_sentence,
    tells_consequence,
    whole_number,
)
from mendbook.intake.shapes.statuses import read_status


def meanings_by_values(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Give the columns whose names say nothing to the fields that are still without a key."""
    for test, field, why in _TESTS:
        taken = [one for one in columns if one.path in by_path and by_path[one.path].field == field]
        if taken and field not in _BESIDE:
            continue
        rows = frozenset().union(*(one.at for one in taken))
        column = next(
            (
                one
                for one in columns
                if one.path not in by_path and len(one.at & rows) <= 0.2 * len(one.at) and test(one)
            ),
            None,
        )
        if column is not None:
            by_path[column.path] = Meaning(field, 300, why)
            if field == "line":
                _second_line(columns, by_path, column)
    _row_headers(columns, by_path)
    _words_by_values(columns, by_path)


def _row_headers(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Take the first column of a table, where it has no name, for the headlines of its rows."""
    first = next((one for one in columns if one.path == (unnamed_column(1),)), None)
    if first is None or first.path in by_path:
        return
    texts = {str(value) for value in first.values}
    if len(texts) == len(first.values) and first.share(_has_letters) == 1:
        by_path[first.path] = Meaning("title", 300, "the first column, which has no name")


def _has_letters(value: object) -> bool:
    return isinstance(value, str) and re.search(r"[^\W\d_]{2}", value) is not None


_BESIDE = {"severity", "file", "line"}
"""Fields that findings in tables of their own may have under another name."""


def _says_status(value: object) -> bool:
    return read_status(value) is not None and not is_sentence(value)


def _is_ids(column: Column) -> bool:
    values = [str(value) for value in column.values]
    counted = [whole_number(value) for value in column.values]
    if all(counted):
        return len(set(counted)) == len(counted) and counted == list(
            range(counted[0] or 0, (counted[0] or 0) + len(counted))
        )
    return column.share(is_id) >= 0.9 and len(set(values)) == len(values)


def _is_lines(column: Column) -> bool:
    if column.share(is_lines) < 0.9 or _is_ids(column) or _measures(column):
        return False
    counted = [number for value in column.values if (number := whole_number(value)) is not None]
    return not counted or (max(counted) > 10 and 2 * len(set(counted)) >= len(counted))


def _are_paths(column: Column) -> bool:
    """Tell whether the cells of a column are paths; of short ones, most may be."""
    short = column.length <= _SHORT and len(column.values) >= _SEVERAL
    return column.share(is_path) >= 0.8 or (short and column.share(is_path) >= 0.5)


_SHORT = 60
"""Characters of a cell that says where, on the average."""
_SEVERAL = 4
"""Cells from which most of a column stand for all."""


def _measures(column: Column) -> bool:
    """Tell whether a key's name says that its numbers count or weigh something."""
    return bool(_QUANTITIES & set(plain_key(column.path[-1]).split()))


_QUANTITIES = {
    *("score", "scores", "weight", "count", "counts", "total", "percent", "pct", "ratio"),
    *("points", "rank", "votes", "size", "length", "age", "year", "port", "code", "bytes", "kb"),
    *("ms", "seconds", "minutes", "hours", "days", "cost", "price", "complexity", "confidence"),
    *("coverage", "threshold", "limit", "priority", "severity", "punkte", "anzahl", "gewicht"),
    *("puntuación", "peso", "nombre"),
}
_TESTS = (
    (lambda one: one.share(is_exact_grade) >= 0.8, "severity", "its values are words of a scale"),
    (_are_paths, "file", "its values are paths"),
    (lambda one: one.share(is_effort) >= 0.8, "effort", "its values are sizes or hours"),
    (
        lambda one: one.length < 40 and one.share(_says_status) >= 0.8,
        "status",
        "its values say what became of it",
    ),
    (_is_lines, "line", "its values are line numbers"),
    (_is_ids, "id", "short names, each once"),
    (lambda one: one.share(is_code) >= 0.7, "evidence", "its values are code"),
    (
        lambda one: is_function(one) and one.share(joined_name) >= 0.5,
        "function",
        "its values are names in code",
    ),
)


def _second_line(
    columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning], first: Column
) -> None:
    """Take a second column of lines, none before the first's, for the end of a range."""
    for column in columns:
        if (
            column.path in by_path
            or not _is_lines(column)
            or len(column.values) != len(first.values)
        ):
            continue
        pairs = zip(first.values, column.values, strict=True)
        if all((whole_number(a) or 0) <= (whole_number(b) or 0) for a, b in pairs):
            by_path[column.path] = Meaning("end_line", 300, "line numbers, none before the others")
            return


def _words_by_values(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Find the words of the findings; of those in tables of their own, each by itself."""
    _words_among(columns, by_path)
    told: set[int] = set()
    for column in columns:
        if column.path in by_path and by_path[column.path].field in {"title", "problem"}:
            told |= column.at
    rest = frozenset().union(*(column.at for column in columns)) - told
    among = [column for column in columns if len(column.at & rest) >= 0.6 * max(len(column.at), 1)]
    if rest and among:
        _words_among(among, by_path)


def _words_among(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    paths = {column.path for column in columns}
    texts = [
        column
        for column in columns
        if column.path not in by_path and (column.share(is_sentence) >= 0.6 or column.length >= 40)
    ]

    def free(*fields: str) -> bool:
        return not {by_path[path].field for path in paths & by_path.keys()} & set(fields)

    if free("fix"):
        asked = max(texts, key=lambda one: one.share(asks), default=None)
        enough = 0.5 if len(texts) > 1 or not free("problem", "title") else 2.0
        if asked is not None and asked.share(asks) >= enough:
            by_path[asked.path] = Meaning("fix", 300, "its sentences say what to do")
            texts.remove(asked)
    if free("problem") and texts:
        order = sorted(texts, key=lambda one: -one.length)
        if not free("title"):
            chosen = next((one for one in order if not _is_effect(one)), order[0])
        elif len(texts) == 1:
            chosen = texts[0]
        else:
            # the shorter of the first two that are no mere consequence is the headline
            head = min(texts[:2], key=lambda one: one.length)
            by_path[head.path] = Meaning("title", 300, "the shortest of its sentences")
            texts.remove(head)
            chosen = max(texts, key=lambda one: (not _is_effect(one), one.length))
        by_path[chosen.path] = Meaning("problem", 300, "the longest of its sentences")
        texts.remove(chosen)
    elif free("title") and texts:
        head = min(texts, key=lambda one: one.length)
        if head.length <= 90 and not _is_effect(head):
            by_path[head.path] = Meaning("title", 300, "the shortest of its sentences")
            texts.remove(head)
    if free("impact") and texts:
        effect = max(texts, key=lambda one: one.share(tells_consequence))
        if effect.share(tells_consequence) >= 0.5:
            by_path[effect.path] = Meaning("impact", 300, "its sentences tell what follows")
            texts.remove(effect)
    if free("category"):
        for column in columns:
            few = len(set(map(str, column.values))) <= max(2, len(column.values) // 2)
            short = column.length <= 30 and column.rows > 1
            text = column.share(lambda value: isinstance(value, str)) == 1
            if column.path not in by_path and short and few and text:
                by_path[column.path] = Meaning("category", 300, "few short names, each again")
                break


def _is_effect(column: Column) -> bool:
    return column.share(tells_consequence) >= 0.6
