"""Tell the tables that score, compare or explain from those that list findings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_path, names_file
from mendbook.intake.shapes.markdown.grids import CALLED, is_grade, is_graded
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.severities import read_severity


def lists_no_findings(rows: Sequence[Row]) -> bool:
    """Tell whether a table only scores, explains severities, or grades all that was looked at."""
    return _only_scores(rows) or _explains_severities(rows) or _assesses(rows)


def _only_scores(rows: Sequence[Row]) -> bool:
    """Tell whether a table grades what was looked at, or lists what has passed."""
    if not rows or any(map(is_graded, rows)):
        return False
    for key in rows[0].values:
        cells = [str(row.values.get(key, "")) for row in rows]
        if any(is_path(cell) for cell in cells):
            continue
        name = named(key)
        if sum(_SCORE.fullmatch(cell) is not None for cell in cells) >= 0.6 * len(cells):
            return True
        passed = sum(_PASSED.fullmatch(cell) is not None for cell in cells)
        if passed >= 0.8 * len(cells) and not (name and name.field in _FINDS):
            return True
    return False


_FINDS = {"status", "title", "problem"}
_SCORE = re.compile(
    r"[\s*⭐★☆]*(?:\d+(?:\.\d+)?\s*/\s*\d+|\d+(?:\.\d+)?\s*%|[A-F][+-]?|[⭐★☆]+)[\s*⭐★☆]*"
)


_PASSED = re.compile(
    r"[✅✔☑]\ufe0f?.*|(?:pass(?:ed)?|ok|good|works?|yes|secure|通过|正常|优秀|良好)\W*", re.I
)


def _assesses(rows: Sequence[Row]) -> bool:
    """Tell whether a table grades all that was looked at: some of its risks are none at all."""
    told = {name.field for row in rows for key in row.values if (name := named(key))}
    if not rows or told & {"fix", "file", "line"}:
        return False
    if _rates_gaps(rows):
        return True
    return any(
        (name := named(key)) is not None
        and name.field == "severity"
        and _NO_RISK.fullmatch(str(value).strip("*` ")) is not None
        for row in rows
        for key, value in row.values.items()
    )


def _rates_gaps(rows: Sequence[Row]) -> bool:
    """Tell whether the column that is named for findings holds nothing but grades of how far off.

    ``| Sail plan | Present | Wanted | Low, needs a trial |`` below *Gap* compares with others.
    """
    for key in rows[0].values:
        cells = [str(row.values.get(key, "")) for row in rows]
        opened = [_GRADED_GAP.match(cell) for cell in cells]
        graded = [match is not None and is_grade(match["grade"]) for match in opened]
        named_so = plain_key(key).removesuffix("s") in CALLED - {"risk"}
        if named_so and len(rows) >= _COMPARED and sum(graded) >= 0.7 * len(rows):
            return True
    return False


_GRADED_GAP = re.compile(r"\W*(?P<grade>[^\W\d_]{2,12})\W*(?:\Z|[,;(]|\s[—–-]\s)")


_NO_RISK = re.compile(r"none|no|nil|n/?a|keine?s?|aucune?|ningun[oa]|nenhuma?|无|なし|-", re.I)


def _explains_severities(rows: Sequence[Row]) -> bool:
    """Tell whether a table of two columns says what each severity means."""
    if not 3 <= len(rows) <= 6 or any(len(row.values) != 2 for row in rows):
        return False
    grades = [read_severity(next(iter(row.values.values()))) for row in rows]
    known = {grade.severity for grade in grades if grade is not None}
    placed = any(names_file(str(cell)) for row in rows for cell in row.values.values())
    return len(known) == len(rows) and not placed


_COMPARED = 3
"""Rows from which a table compares."""
