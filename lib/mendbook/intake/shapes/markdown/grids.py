"""Read the tables: which list findings, and what each of their rows says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mendbook.intake.shapes.cells import are_ids, unnamed_column
from mendbook.intake.shapes.containers import holds_findings, holds_no_findings
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_imperative, is_path, is_sentence, names_file
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.rows import Row, has_words, likeness
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import read_status

_NUMERIC = re.compile(
    r"\b(?:count|total|found|number|anzahl|nombre|total|sum|数量|件数|#|files|open|fixed)\b"
)


def table_rows(block: Block, context: Context) -> list[Row]:
    """Return a row for each row of a table; none when the table only counts."""
    (_, head), *body = block.rows
    keys = [cell.strip("*` ") or unnamed_column(index + 1) for index, cell in enumerate(head)]
    if keys and not head[0].strip("*` ") and _has_words(keys):
        # beside a column of words, one without a name may count or mark the rows
        firsts = [cells[0].strip("*` ") for _, cells in body if cells]
        if all(re.fullmatch(r"#?\d{1,4}[.)]?|[A-Z]{1,8}-?\d{1,4}", one) for one in firsts):
            keys[0] = "#"
        elif not any(re.search(r"[^\W\d_]{2}", one) for one in firsts):
            keys[0] = _MARK
    if keys and named(keys[0]) is None and are_ids([cells[0] for _, cells in body if cells]):
        keys[0] = "#"
    keys = [
        key if keys.index(key) == index else f"{key} {index + 1}" for index, key in enumerate(keys)
    ]
    if _is_count(keys, [cells for _, cells in body]) or tells_fields(block):
        return []
    keys = _with_ranks(keys, [cells for _, cells in body])
    keys = _with_titles(_with_places(keys, [cells for _, cells in body]))
    instances = _is_instances(keys, [cells for _, cells in body], context)
    measured = "" if instances else _measures_files(keys, [cells for _, cells in body], context)
    if measured:
        # how many lines a file has is no place
        keys = [f"{key} count" if _names_lines(key) else key for key in keys]
    rows = []
    for line, cells in body:
        values: dict[str, Any] = {}
        for key, cell in zip(keys, cells, strict=False):
            text = cell.strip()
            struck = re.fullmatch(r"(?:[✅✔☑]\ufe0f?\s*)?~~(.+)~~", text, re.DOTALL)
            if struck:
                values.setdefault("status", "fixed")
                text = struck[1]
            signed = re.fullmatch(r"[✅✔☑]\ufe0f?\s*(\S.{0,15})", text)
            if signed and (name := named(key)) and name.field == "id":
                values.setdefault("status", "✅")
                text = signed[1]
            if text and not re.fullmatch(r"[\s–—‑…-]+|n/?a", text, re.I):
                values[key] = (
                    text.strip("*") if text.startswith("**") and text.endswith("**") else text
                )
        if instances and values:
            said = [text for key, text in values.items() if named(key) is None]
            values["title"] = f"{context.heading}: {', '.join(map(str, said))}"
        elif measured and values:
            values["title"] = f"{context.heading}: {values[measured]}"
        if values:
            rows.append(Row(f"line {line}", values, dict(context.outer), "tables", line))
    return _with_opening_grades(rows)


def _with_opening_grades(rows: list[Row]) -> list[Row]:
    """Return ``rows`` with the severity with which each cell of one column opens.

    ``High: the mill stands still`` below *Impact*, where no column is for the severity.
    """
    if len(rows) < 2 or any(map(is_graded, rows)):
        return rows
    for key in rows[0].values:
        opened = [_OPENING.match(str(row.values.get(key, ""))) for row in rows]
        if all(match is not None and is_grade(match["grade"]) for match in opened):
            return [
                replace(row, values={**row.values, "severity": match["grade"]})
                for row, match in zip(rows, opened, strict=True)
                if match is not None
            ]
    return rows


_OPENING = re.compile(r"\W*(?P<grade>[^\W\d_]{2,12})\W{0,2}\s*(?::|—|–)\s+\S")


def _with_titles(keys: list[str]) -> list[str]:
    """Call the column that names findings ``title`` where another one describes them."""
    names = [named(key) for key in keys]
    if any(name and name.field == "title" for name in names):
        return keys
    called = [index for index, key in enumerate(keys) if plain_key(key) in CALLED]
    described = any(plain_key(key) in _DESCRIBES for key in keys)
    if len(called) != 1 or not described:
        return keys
    return [*keys[: called[0]], "title", *keys[called[0] + 1 :]]


CALLED = {
    *("issue", "finding", "problem", "vulnerability", "bug", "defect", "risk", "gap", "befund"),
    *("mangel", "schwachstelle", "fehler", "problème", "faille", "problema", "hallazgo", "achado"),
    *("проблема", "问题", "漏洞", "問題", "문제"),
}
_DESCRIBES = {
    *("description", "details", "detail", "explanation", "beschreibung", "descripción"),
    *("descrição", "descrizione", "описание", "说明", "描述", "問題の説明", "説明", "설명"),
}


def _with_ranks(keys: list[str], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Call a column of numbers ``priority`` where ranks stand in it, some of them twice.

    ``| # | Finding |`` over ``| P1 | Bell is dumb |`` and ``| P1 | Rope is torn |``.
    """
    for index, key in enumerate(keys):
        cells = [cells[index].strip("*` ") for cells in rows if index < len(cells)]
        name = named(key)
        ranks = name is not None and name.field == "id" and len(set(cells)) < len(cells)
        if ranks and all(re.fullmatch(r"[PS][0-4]", cell) for cell in cells):
            return [*keys[:index], "priority", *keys[index + 1 :]]
    return keys


def _with_places(keys: list[str], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Call a column of paths ``file`` in a table that has none, whatever its name says."""
    if any((name := named(key)) and name.field == "file" for key in keys):
        return keys
    for index, key in enumerate(keys):
        cells = [cells[index] for cells in rows if index < len(cells) and cells[index]]
        name = named(key)
        spare = name is None or name.field == "function"
        if len(cells) > 1 and spare and all(map(is_path, cells)):
            return [*keys[:index], "file", *keys[index + 1 :]]
    return keys


def _is_instances(keys: Sequence[str], rows: Sequence[tuple[str, ...]], context: Context) -> bool:
    """Tell whether a table lists the places of what its heading names, each with an id and a file.

    ``| # | Part | Actual | Expected | File |`` below *Handles below 44 px*.
    """
    names = [named(key) for key in keys]
    fields = {name.field for name in names if name is not None and name.rank < 200}
    expected = "severity" in context.outer or context.findings
    if not expected or not context.heading or fields & {"title", "problem"}:
        return False
    if not {"id", "file"} <= fields:
        return False
    at = next(index for index, name in enumerate(names) if name and name.field == "id")
    ids = [cells[at].strip("*` ") for cells in rows if at < len(cells)]
    return len(set(ids)) == len(ids) and all(
        re.fullmatch(r"[A-Z]{1,8}-?\d{1,4}", one) for one in ids
    )


def _names_lines(key: str) -> bool:
    name = named(key)
    return name is not None and name.field == "line"


def _measures_files(keys: Sequence[str], rows: Sequence[tuple[str, ...]], context: Context) -> str:
    """Return the column of files of a table that measures each and says what to do with it.

    ``| File | Lines | Action |`` below *Files above 500 lines*: the heading is what is wrong.
    """
    names = [named(key) for key in keys]
    fields = {name.field for name in names if name is not None and name.rank < 200}
    if fields & {"title", "problem", "id", "severity", "status"} or context.plan:
        return ""
    if not context.heading or not {"file", "fix"} <= fields or len(rows) < _COMPARED:
        return ""
    columns = list(zip(*rows, strict=True)) if len({len(cells) for cells in rows}) == 1 else []
    counted = any(all(re.fullmatch(r"[\d.,]{1,9}\+?", cell) for cell in one) for one in columns)
    orders = [
        cells
        for cells, name in zip(columns, names, strict=False)
        if name is not None and name.field == "fix"
    ]
    told = bool(orders) and all(map(is_imperative, orders[0]))
    at = next(at for at, name in enumerate(names) if name is not None and name.field == "file")
    return keys[at] if counted and told else ""


_MARK = "mark"
"""The key of a column of signs that has no name."""


def _has_words(keys: Sequence[str]) -> bool:
    """Tell whether one of a table's columns is named for what is wrong."""
    return any((name := named(key)) and name.field in {"title", "problem"} for key in keys)


def as_points(rows: Sequence[Row]) -> str:
    """Return the rows of a table as points of a list."""
    return "\n".join(f"- {' — '.join(map(str, row.values.values()))}" for row in rows)


def is_finding_row(row: Row, context: Context) -> bool:
    """Tell whether the row of a table is a finding, by what it holds and where it stands."""
    around = 2.0 * ("severity" in context.outer) + 1.5 * ("file" in context.outer)
    measures = sum(
        _MEASURED.match(str(value).strip("*` ")) is not None for value in row.values.values()
    )
    return (
        has_words(row.values)
        and (measures < _COMPARED or is_graded(row))
        and likeness(row.values) + around + _CALLS * _called_so(row, context) >= _ENOUGH
        and not _says_nothing(row)
        and _says_words(row, context)
    )


_CALLS = 1.5
"""Points of likeness for a column that is the very name of findings: ``Issue``, ``问题``."""


def _called_so(row: Row, context: Context) -> bool:
    """Tell whether a column is called findings, beside a status or below such a headline."""
    named_so = any(
        plain_key(key).removesuffix("s") in CALLED - {"risk"}
        and re.search(r"[^\W\d_]{3}", str(value))
        for key, value in row.values.items()
    )
    told = any(
        (name := named(key)) and name.field == "status" and read_status(value)
        for key, value in row.values.items()
    )
    return named_so and not context.summary and (told or holds_findings(context.heading))


_COMPARED = 2
"""Measures from which a row compares them: before and after, or wanted and found."""
_ENOUGH = 3.5
"""Points of likeness from which the row of a table is a finding; see ``likeness``."""


def tells_fields(block: Block) -> bool:
    """Tell whether a table of two columns gives the fields of one finding, a name in each row."""
    (_, head), *body = block.rows
    names = [named(cells[0].strip("*` ")) for _, cells in body if len(cells) == 2]
    known = [name for name in names if name is not None and name.rank < 200]
    first = named(head[0].strip("*` ")) if head else None
    return (
        len(names) == len(body) >= 2
        and first is None
        and len({name.field for name in known}) >= max(2, (len(body) + 1) // 2)
    )


def works(row: Row) -> bool:
    """Tell whether a row says of a part that it works: a name, a sign for good, a remark."""
    cells = [(named(key), str(value)) for key, value in row.values.items()]
    told = {name.field for name, _ in cells if name is not None and name.rank < 200}
    marked = any(
        re.fullmatch(r"[✅✔☑]\ufe0f?", text.strip("* "))
        for name, text in cells
        if name and name.field == "status"
    )
    return marked and not told & {"severity", "fix", "file", "line", "problem", "title", "id"}


def _is_count(keys: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a table only counts: numbers under every key but the first."""
    if _counts_grades(keys, rows) or _counts_twice(keys, rows):
        return True
    for index, key in enumerate(keys):
        column = [cells[index] for cells in rows if index < len(cells)]
        counts = [
            re.fullmatch(r"[*~\s]*\d+[*~\s]*(?:\([^()]*\))?|[–-]?", cell) is not None
            for cell in column
        ]
        if (
            index
            and column
            and all(counts)
            and any(re.search(r"\d", cell) for cell in column)
            and (_NUMERIC.search(plain_key(key)) or named(key) is None)
            and not any(names_file(cell) for cells in rows for cell in cells)
            and len({cells[0] for cells in rows}) == len(rows)
        ):
            graded = [read_severity(re.sub(r"[*`]", "", cells[0])) for cells in rows]
            if 2 * sum(grade is not None for grade in graded) >= len(rows) or len(keys) <= 3:
                return True
    return False


def _counts_twice(keys: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a table counts under two names: files affected and issues found of each kind."""
    columns = [
        [cells[index] for cells in rows if index < len(cells)]
        for index, key in enumerate(keys)
        if index and _NUMERIC.search(plain_key(key))
    ]
    counted = [
        column
        for column in columns
        if all(re.fullmatch(r"[*~\s]*\d+\+?[*\s]*", one) for one in column)
    ]
    placed = any(names_file(cell) for cells in rows for cell in cells)
    return len(counted) >= 2 and bool(rows) and not placed


def _counts_grades(keys: Sequence[str], rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a table says how many findings each grade has, whatever stands beside that."""
    grades = [read_severity(re.sub(r"[*`]", "", cells[0])) for cells in rows if cells]
    words = [grade for grade in grades if grade is not None and grade.exact]
    if len(words) < 3 or len({grade.severity for grade in words}) < len(words):
        return False
    return any(
        index
        and _NUMERIC.search(plain_key(key))
        and all(re.fullmatch(r"[*~\s]*(?:\d+\+?|[–-])[*~\s]*", cells[index]) for cells in rows)
        for index, key in enumerate(keys)
        if all(index < len(cells) for cells in rows)
    )


def _says_words(row: Row, context: Context) -> bool:
    """Tell whether a row without a severity has a column that is named for words."""
    words = {"problem", "title", "fix", "impact", "id"}
    around = "severity" in context.outer or context.findings
    if around and any(
        _MEASURED.fullmatch(str(value).strip("*` ")) for value in row.values.values()
    ):
        around = any(
            (n := named(key)) is not None and n.field in words and n.rank < 100
            for key in row.values
        )
    graded = around or is_graded(row)
    return (
        graded
        or any(is_grade(value) for value in row.values.values())
        or any((n := named(key)) is not None and n.field in words for key in row.values)
    )


_MEASURED = re.compile(
    r"[<>~≈]?\s*\d+(?:[.,]\d+)?\s*(?:ms|s|sec|min|kb|mb|gb|%|fps|x|rps|qps|:1)(?:\s*\(.*\))?\Z",
    re.I,
)


def is_graded(row: Row) -> bool:
    """Tell whether a row of a table has a severity of its own."""
    return any(
        (name := named(key)) is not None
        and name.field == "severity"
        and read_severity(value) is not None
        for key, value in row.values.items()
    )


def is_grade(value: object) -> bool:
    """Tell whether ``value`` is nothing but a word of a scale."""
    graded = read_severity(value)
    none = isinstance(value, str) and value.strip("*`_ ").lower() == "none"
    return graded is not None and graded.exact and not none


def _says_nothing(row: Row) -> bool:
    """Tell whether all sentences of a row say that nothing was found."""
    texts = [str(value) for value in row.values.values() if is_sentence(value)]
    if len(row.values) == 1:
        # a row that says so once and has no grade, id or place may explain it
        texts = [re.split(r"(?<=[.!。])\s", text, maxsplit=1)[0] for text in texts]
    return bool(texts) and all(holds_no_findings(text.strip(" .()_*")) for text in texts)
