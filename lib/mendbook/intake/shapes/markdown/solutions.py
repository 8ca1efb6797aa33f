"""Give counted solutions to the findings that they count along with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Section
from mendbook.intake.shapes.markdown.heads import Head, read_head
from mendbook.intake.shapes.markdown.labels import fenced, split
from mendbook.intake.shapes.markdown.records import row_of
from mendbook.intake.shapes.rows import Row

_COUNTED = re.compile(
    r"(?:(?:proposed |recommended |suggested )?(?:solution|remedy|fix)|lösung|maßnahme|solution"
    r"|soluci[oó]n|solução|soluzione|решение|解决方案|解決策|対策|해결책|해결 ?방안)"
    r"\s*#?(?P<number>\d{1,3})"
    r"\s*[:.：)–—-]",
    re.I,
)


def solution_row(section: Section, outer: Mapping[str, str]) -> Row | None:
    """Return the row of a heading that counts a solution, or None where it is none.

    ``Solution 2: keep one owner of the brake`` says what to do, unless it grades what is wrong.
    """
    parts = split(section.blocks)
    graded = read_head(section.title).severity or parts.fields(sure=True) & {"severity", "problem"}
    if _COUNTED.match(section.title) is None or graded:
        return None
    return row_of(Head(section.title), parts, section.line, outer, "headings")


def with_solutions(rows: list[Row], plans: list[Row]) -> list[Row]:
    """Return ``rows`` with the solutions among ``plans``, where these are counted as they are.

    ``Cause 1`` to ``Cause 3`` and ``Solution 1`` to ``Solution 3`` belong together; where one of
    them has a fix, or the counts differ, it is not known which is whose.
    """
    solutions = {
        match["number"]: row
        for row in plans
        if (match := _COUNTED.match(str(row.values.get("title", ""))))
    }
    counted = [(str(row.values.get("id", "")), row) for row in rows]
    along = {number: row for number, row in counted if number in solutions}
    alone = len(along) == len(solutions) == sum(number.isdigit() for number, _ in counted)
    if not solutions or not alone or any(map(_is_fixed, along.values())):
        return rows
    return [
        replace(row, values={**row.values, "fix": _told(solutions[number])})
        if number in along
        else row
        for number, row in counted
    ]


def _is_fixed(row: Row) -> bool:
    return any((name := named(key)) is not None and name.field == "fix" for key in row.values)


def _told(solution: Row) -> str:
    """Return what a solution says: its headline, its words, and its code between fences."""
    title = str(solution.values["title"])
    said = [title[match.end() :].strip() if (match := _COUNTED.match(title)) else title]
    said += [str(text) for key, text in solution.values.items() if key not in _APART]
    code = str(solution.values.get("evidence", ""))
    said += [fenced(code)] if code else []
    return "\n\n".join(text for text in said if re.search(r"\w", text))


_APART = {"title", "evidence", "id"}
