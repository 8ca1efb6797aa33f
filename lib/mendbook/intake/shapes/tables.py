"""Read an audit as CSV or another table of text: one finding a row, the head names the keys."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from mendbook.intake.normalise import audit_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, redacted
from mendbook.intake.shapes.cells import unnamed_column
from mendbook.intake.shapes.rows import ENOUGH, Row, has_words, likeness
from mendbook.intake.shapes.understand import understand
from mendbook.model import Audit, Left

_SEPARATORS = ",;\t|"
_LOOKED_AT = 50


def table_rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the head and the rows of ``text``, each with its line; none when it is no table."""
    best: tuple[list[str], list[tuple[int, list[str]]]] = ([], [])
    for separator in _SEPARATORS:
        if separator not in text.partition("\n")[0]:
            continue
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        try:
            head = next(reader, [])
            rows: list[tuple[int, list[str]]] = []
            before = reader.line_num
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append((before + 1, cells))
                before = reader.line_num
        except csv.Error:
            continue
        even = sum(len(cells) == len(head) for _, cells in rows[:_LOOKED_AT])
        if len(head) > max(1, len(best[0])) and even >= 0.8 * len(rows[:_LOOKED_AT]):
            best = (head, rows)
    return best


def read_table(source: Text) -> Audit:
    """Return the audit that a table of text holds; refuse one whose rows are no findings."""
    text, redactions = redacted(source)
    keys, rows = _rows(text)
    told = [row for row in rows if has_words(row.values)]
    if rows and not (told and looks_like_findings(text)):
        what = f"a table with the columns {', '.join(keys[:8])}, which does not look like findings"
        remedy = (
            "give a column of what is wrong, one of severity and one of the file, or write a map"
            " with mendbook intake FILE --write-map map.yaml"
        )
        raise Problem(source.path, "line 1", what, remedy).refusal()
    understood = understand(told, "CSV")
    aside = [
        Left(row.place, "; ".join(map(str, row.values.values()))[:120], "it says nothing in words")
        for row in rows
        if row not in told
    ]
    document = Document(source.path, source.sha256, {}, redactions)
    audit = audit_of(document, understood, f"a table of the columns {', '.join(keys[:8])}")
    return _with_left(audit, aside)


def rows_of_table(source: Text) -> tuple[list[Row], int]:
    """Return the rows of a table of text, each by its head's keys, and what was redacted."""
    text, redactions = redacted(source)
    return _rows(text)[1], redactions


def _rows(text: str) -> tuple[list[str], list[Row]]:
    head, rows = table_rows(text)
    keys = [cell.strip().lstrip("\ufeff") or unnamed_column(at + 1) for at, cell in enumerate(head)]
    return keys, [
        Row(
            f"line {line}",
            {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if cell.strip()},
            {},
            "rows",
            line,
        )
        for line, cells in rows
    ]


def _with_left(audit: Audit, aside: list[Left]) -> Audit:
    return replace(audit, left=(*aside, *audit.left))


def looks_like_findings(text: str) -> bool:
    """Tell whether the rows of the table ``text`` look like findings."""
    head, rows = table_rows(re.sub(r"\r\n?", "\n", text[:200_000]))
    if len(head) < 3:
        return False
    looked_at = rows[:_LOOKED_AT]
    if not looked_at:
        return likeness(dict.fromkeys(head, "a word that says something")) >= ENOUGH
    points = [
        likeness(dict(zip(head, map(str.strip, cells), strict=False))) for _, cells in looked_at
    ]
    return sum(points) / len(points) >= ENOUGH
