"""Join what a document says of one finding in several places: sections, tables, plans."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import PATH_IN_TEXT
from mendbook.intake.shapes.markdown.grids import is_grade, is_graded
from mendbook.intake.shapes.markdown.matrices import FINDING
from mendbook.intake.shapes.markdown.recaps import placed_again
from mendbook.intake.shapes.markdown.repeats import said_once, told_apart, with_looked_at
from mendbook.intake.shapes.markdown.sections import Reading
from mendbook.intake.shapes.markdown.solutions import with_solutions
from mendbook.intake.shapes.markdown.status_tables import tables_of, without_statuses
from mendbook.intake.shapes.markdown.telling import (
    ALIKE,
    id_of,
    identity,
    says_more,
    title_stems,
    title_words,
)
from mendbook.intake.shapes.rows import Row, same_words
from mendbook.intake.shapes.severities import read_severity
from mendbook.model import Left


def join_rows(reading: Reading) -> tuple[list[Row], list[Left]]:
    """Return rows with what tables say of the same findings; the rest of the tables are rows."""
    rows, told = _without_statuses(reading.rows, reading.tables)
    tables, became = without_statuses(reading.tables, rows)
    left: list[Left] = []
    known = _index(rows)
    repeated = 0
    fresh: list[Row] = []
    alike = _alike(tables, rows)
    for row in tables:
        names = [*_names(row), f"number {_numbered(row)}"]
        at = next((known[name] for name in names if name in known), alike.get(row.place))
        if at is None:
            fresh.append(row)
            continue
        repeated += 1
        if at >= 0:
            rows[at] = _filled(rows[at], row)
    for row in reading.facts:
        at = next((known[name] for name in _names(row) if name in known), -1)
        if at >= 0:
            rows[at] = _filled(rows[at], row)
    once = _each_id_once(fresh)
    repeated += len(fresh) - len(once)
    fresh = once
    pointing = _pointing(fresh, rows)
    for table in tables_of(fresh):
        others = [row for row in (*rows, *fresh) if row not in table]
        pointing += [row for row in placed_again(table, others) if row not in pointing]
    repeated += len(pointing)
    rows += [row for row in fresh if row not in pointing]
    rows = said_once(told_apart(rows, left), left)
    rows = with_looked_at(rows, reading.looked_at, left)
    if not rows:
        rows = list(reading.plans)
    elif reading.plans:
        rows = _with_plans(rows, reading.plans, left)
    if repeated:
        why = "they repeat findings that stand elsewhere"
        left.append(Left("tables", f"{repeated} rows", why))
    rows = _with_statuses(rows, [*reading.statuses, *told, *became])
    return sorted(rows, key=lambda row: row.line or 0), left


def _without_statuses(
    rows: list[Row], tables: list[Row]
) -> tuple[list[Row], list[tuple[str, str, str]]]:
    """Return ``rows`` without items of a chapter of statuses that name findings of the tables.

    ``- B1: Ring the bell`` below *Done in May* says what became of ``B1``: id, status, headline.
    """
    listed = {id_of(row) for row in tables} - {""}
    told = [
        row
        for row in rows
        if row.group == "lists" and "status" in row.outer and id_of(row) in listed
    ]
    statuses = [(id_of(row), row.outer["status"], "") for row in told]
    return [row for row in rows if row not in told], statuses


def _each_id_once(fresh: list[Row]) -> list[Row]:
    """Return rows of tables, of which one that repeats id and headline fills the first.

    ``TD-4`` stands among the open ones, and below *Resolved* with the day.
    """
    kept: list[Row] = []
    at: dict[str, int] = {}
    recaps = _recaps(fresh)
    for row in fresh:
        name = id_of(row)
        first = at.get(name) if name else None
        if first is not None and (row.place in recaps or _says_the_same(row, kept[first])):
            kept[first] = _filled(kept[first], row)
            continue
        at.setdefault(name, len(kept))
        kept.append(row)
    return kept


def _recaps(fresh: list[Row]) -> set[str]:
    """Return the places of rows in tables of which every id stands in tables before them."""
    known: set[str] = set()
    places: set[str] = set()
    for table in tables_of(fresh):
        names = {id_of(row) for row in table}
        if len(names) == len(table) >= _FEW and names <= known - {""}:
            places |= {row.place for row in table}
        known |= names
    return places


_FEW = 2
"""Rows from which a table of known ids says again what stands above."""


def _says_the_same(row: Row, other: Row) -> bool:
    words, others = title_words(row), title_words(other)
    return 2 * len(words & others) >= max(min(len(words), len(others)), 1)


def _with_plans(rows: list[Row], plans: list[Row], left: list[Left]) -> list[Row]:
    """Return ``rows`` with what plans say of them, and with findings that only a plan lists."""
    only = [row for table in tables_of(_of_tables(plans)) for row in _only_here(table, rows)]
    known = _index(rows)
    filled = list(rows)
    rest = [row for row in plans if row not in only]
    for row in rest:
        names = [*_names(row), f"number {_numbered(row)}"]
        at = next((known[name] for name in names if name in known), None)
        if at is not None and "severity" not in filled[at].outer:
            filled[at] = _filled(filled[at], row)
    filled = with_solutions(filled, rest)
    if rest:
        why = f"{len(rest)} left aside: a plan, not what was found"
        left.append(Left(rest[0].place, str(rest[0].values.get("title", ""))[:120], why))
    return filled + only


def _of_tables(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.group == "tables"]


def _only_here(table: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows of a table below a plan that is headed and graded as one of findings.

    Where one of them names a finding that stands elsewhere, the table is a plan after all.
    """
    headed = all(
        is_graded(row) and any(plain_key(key) in FINDING for key in row.values) for row in table
    )
    known = _index(rows)
    titles = [title_words(row) for row in rows]
    for row in table:
        words = title_words(row)
        likes = max((len(words & one) / max(len(words), 1) for one in titles), default=0.0)
        if not headed or likes >= ALIKE or any(name in known for name in _names(row)):
            return []
    return table


def _pointing(tables: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows of tables of which at least half name findings by ids in brackets.

    ``Lock of the crane (ARCH-3)`` in a table of what was put off repeats ``ARCH-3``.
    """
    known = {id_of(row) for row in (*rows, *tables)} - {""}
    repeats: list[Row] = []
    for table in tables_of(tables):
        pointing = [row for row in table if not id_of(row) and _pointed(row) & known]
        if pointing and 2 * len(pointing) >= len(table):
            repeats += table
    return repeats


def _pointed(row: Row) -> set[str]:
    """Return the ids that a row's headline gives in brackets or begins with, or a cell lists."""
    for key, value in row.values.items():
        listed = re.match(r"[A-Z]{1,12}-?\d{1,4}(?:\s*[,;&]\s*[A-Z]{1,12}-?\d{1,4})*", str(value))
        name = named(key)
        pointed = listed is not None and not is_grade(value)
        if listed is not None and pointed and (name is None or name.field != "id"):
            return {identity(one) for one in re.findall(r"[A-Z]{1,12}-?\d{1,4}", listed.group())}
    for key, value in row.values.items():
        name = named(key)
        if (name is None or name.field in {"title", "problem", "id"}) and not is_grade(value):
            text = str(value)
            ids = re.findall(r"\(([A-Za-z]{1,12}[-_ ]?\d{1,4}[a-z]?)\)", text)
            ids += re.findall(r"\A\W*([A-Z]{1,12}[-_]\d{1,4})\b", text)
            return {identity(one) for one in ids}
    return set()


def _alike(tables: list[Row], rows: list[Row]) -> dict[str, int]:
    """Return, for tables that name findings in short, which finding each of their rows names.

    A table does so when at least half of its rows, bare of fix and text, share most of the words
    of a headline elsewhere, each with one.
    """
    titles = [title_stems(row) for row in rows]
    index_by_place: dict[str, int] = {}
    for table in tables_of(tables):
        if counted := _by_number(table, rows):
            # what has a number that nothing else has stands in the table alone
            index_by_place |= counted
            continue
        bare = [row for row in table if not says_more(row)]
        named_rows: dict[str, int] = {}
        for row in bare:
            words = title_stems(row)
            scores = [len(words & one) / max(len(words), 1) for one in titles]
            best = max(range(len(scores)), key=scores.__getitem__, default=None)
            if best is not None and len(words) >= 2 and scores[best] >= ALIKE:
                named_rows[row.place] = best
        several = len(set(named_rows.values()))
        if table and 2 * several >= len(table):
            index_by_place |= named_rows
        if table and several >= 0.7 * len(table):
            index_by_place |= {row.place: -1 for row in bare if row.place not in named_rows}
    return index_by_place


def _by_number(table: list[Row], rows: list[Row]) -> dict[str, int]:
    """Return which findings a table names by number alone, when it does so row by row."""
    numbers = [row.number or _number_of_id(row) or _counted_id(row) for row in rows]
    index_by_place: dict[str, int] = {}
    for row in table:
        told = [v for k, v in row.values.items() if (n := named(k)) and n.field == "id"]
        number = str(told[0]).strip("*#. ") if told else ""
        known = [at for at, other in enumerate(numbers) if other == number]
        if len(known) > 1:
            known = [at for at in known if _names_the_same(row, rows[at])][:1]
        if not number.isdigit() or (number in numbers and not known):
            return {}
        if known:
            index_by_place[row.place] = known[0]
    named_rows = [row for row in table if row.place in index_by_place]
    if len(named_rows) < _MOSTLY * len(table):
        return {}
    alike = sum(_names_the_same(row, rows[index_by_place[row.place]]) for row in named_rows)
    counted = sum(number.isdigit() for number in numbers) <= len(table)
    sure = counted and alike >= _MOSTLY * len(named_rows)
    told_twice = sure or (alike == len(named_rows) and not any(map(says_more, named_rows)))
    return index_by_place if len(index_by_place) >= 3 and told_twice else {}


def _names_the_same(row: Row, other: Row) -> bool:
    """Tell whether two rows share a word of their headlines, or the name or line of a file."""
    if title_stems(row) & title_stems(other):
        return True
    mine, others = (
        {found.group().rpartition("/")[2] for found in PATH_IN_TEXT.finditer(str(one.values))}
        | set(re.findall(r"(?<=\.[a-z]{2}:)\d{2,5}|(?<=\.[a-z]{3}:)\d{2,5}", str(one.values)))
        for one in (row, other)
    )
    return bool(mine & others)


_MOSTLY = 0.7
"""Share of the rows of a table that says as much as what it counts, which name it in its words."""


def _number_of_id(row: Row) -> str:
    """Return the number of an id that has nothing else but a word for findings: ``ISSUE-3``."""
    match = re.fullmatch(r"(?:issue|finding|bug|problem|item|risk|vuln)0*(\d{1,3})", id_of(row))
    return match[1] if match else ""


def _index(rows: list[Row]) -> dict[str, int]:
    index_by_name: dict[str, int] = {}
    for index, row in enumerate(rows):
        for name in _names(row):
            index_by_name.setdefault(name, index)
    counted = [identity(row.number or _counted_id(row)) for row in rows]
    numbers = [number for number in counted if number]
    for index, number in enumerate(counted):
        if number and numbers.count(number) == 1:
            index_by_name.setdefault(f"number {number}", index)
    return index_by_name


def _counted_id(row: Row) -> str:
    """Return the id of a heading that is a mere number: ``Issue #3: …``."""
    text = str(row.values.get("id", "")) if row.group == "headings" else ""
    return text if text.isdigit() else ""


def _numbered(row: Row) -> str:
    """Return the number by which a row of a table names a finding: ``#3: …``, ``2-1. …``."""
    for key, value in row.values.items():
        name = named(key)
        text = str(value).strip("*` ")
        if (name and name.field in {"id", "title", "problem"}) or name is None:
            match = re.match(r"#(\d{1,3})\b|(\d{1,2}(?:[.-]\d{1,2})+)(?=[.:)\s]|\Z)", text)
            if match:
                return identity(match[1] or match[2])
    return ""


def _names(row: Row) -> list[str]:
    names: list[str] = []
    for key, value in row.values.items():
        name = named(key)
        text = identity(value)
        if name and name.field == "id" and not text.isdigit() and text:
            names.append(f"id {text}")
    if not names and (told := id_of(row)):
        names.append(f"id {told}")
    for key, value in row.values.items():
        name = named(key)
        if name and name.field in {"title", "problem"} and 8 <= len(same_words(value)) <= 160:
            names.append(f"title {same_words(value)}")
    return names


def _filled(row: Row, other: Row) -> Row:
    """Return ``row`` with the grade, status, place, effort and fix of ``other`` that it lacks.

    A fix is one only in words: a column of that name may hold no more than *yes*.
    """
    fields = {name.field for key in row.values if (name := named(key))}
    more = {
        key: value
        for key, value in other.values.items()
        if (name := named(key))
        and name.field in {"severity", "status", "file", "effort", "fix"} - fields
        and not (name.field == "fix" and len(re.findall(r"[^\W\d_]{2,}", str(value))) < _WORDS)
        and not (name.field == "severity" and read_severity(value) is None)
    }
    grades = [value for value in other.values.values() if is_grade(value)]
    if grades and not {"severity"} & (fields | set(more)) and not any(map(_names_severity, more)):
        more["severity"] = grades[0]
    return replace(row, values={**row.values, **more})


_WORDS = 3
"""How many words a short fix in a table has at least."""


def _names_severity(key: str) -> bool:
    name = named(key)
    return name is not None and name.field == "severity"


def _with_statuses(rows: list[Row], statuses: list[tuple[str, str, str]]) -> list[Row]:
    numbers = [row.number for row in rows]
    for name, status, words in statuses:
        wanted = _ids(name)
        number = name.strip("*#. ")
        counted = numbers.index(number) if number and numbers.count(number) == 1 else -1
        for index, row in enumerate(rows):
            ids = {
                identity(v) for k, v in row.values.items() if (n := named(k)) and n.field == "id"
            }
            said = index == counted and _speaks_of(words, row)
            if (ids & wanted or said) and not any(
                (n := named(k)) and n.field == "status" for k in row.values
            ):
                rows[index] = replace(row, values={**row.values, "status": status})
    return rows


def _speaks_of(words: str, row: Row) -> bool:
    """Tell whether a headline in a table of statuses shares a word with that of ``row``."""
    return bool(title_words(Row("", {"title": words})) & title_words(row))


def _ids(written: str) -> set[str]:
    """Return the ids that a cell names: ``SEC-1``, ``4.1–4.8``, ``A1, A2``."""
    ids: set[str] = set()
    for part in re.split(r"\s*[,;&]\s*|\s+and\s+", written.strip("*` ")):
        match = re.fullmatch(r"(.*?)(\d+)\s*(?:[-–—]|to)\s*(.*?)(\d+)", part)
        if match and (not match[3] or match[3] == match[1]) and int(match[4]) - int(match[2]) < 500:
            ids |= {identity(f"{match[1]}{n}") for n in range(int(match[2]), int(match[4]) + 1)}
        else:
            ids.add(identity(part))
    return ids
