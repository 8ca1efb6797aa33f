"""Tell which entries below the heading of a plan are findings all the same."""

from __future__ import annotations

import re

from mendbook.intake.shapes.containers import holds_measures, holds_plans
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import is_imperative
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.markdown.telling import id_of
from mendbook.intake.shapes.rows import Row


def is_finding_of_plan(row: Row, context: Context) -> bool:
    """Tell whether a row below ``context.plan`` says what is wrong, and not only what to do."""
    told = {name.field for key in row.values if (name := named(key))}
    if row.group == "headings":
        return _is_told_in_full(row, told)
    if row.group != "lists":
        return False
    # a plan says what to do: what is placed and explained in one item is a finding
    placed = told >= {"file", "title"} and bool(told & {"impact", "evidence", "severity"})
    named_so = not is_imperative(row.values.get("title")) and told >= {"impact", "fix"}
    # a chapter of measures lists what it measured: what is graded or to be mended is a finding
    measured = holds_measures(context.plan) and bool(told & {"severity", "fix"})
    return placed or named_so or measured


def _is_told_in_full(row: Row, told: set[str]) -> bool:
    """Tell whether a heading has a grade of its own, and a place or what is wrong."""
    listed = re.match(r"- [^\n]+\n- ", str(row.values.get("problem", ""))) is not None
    whole = bool(told & {"problem", "file"}) and not (listed and not id_of(row))
    planned = holds_plans(str(row.values.get("title", "")))
    ranked = "file" not in told and _is_ranked(row)
    return "severity" in told and whole and not (planned or ranked)


def _is_ranked(row: Row) -> bool:
    """Tell whether a heading has a mere rank, with which a plan says what comes first."""
    grades = [
        value for key, value in row.values.items() if (n := named(key)) and n.field == "severity"
    ]
    return bool(grades) and all(_RANK.fullmatch(str(value)) for value in grades)


_RANK = re.compile(r"\W*(?:[PS]|(?:tier|priority|level|stufe|niveau|nivel)\s)[0-5]\W*", re.I)
