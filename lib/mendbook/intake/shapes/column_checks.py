"""Whether what stands in a column is what its name says."""

from __future__ import annotations

import re

from mendbook.intake.shapes.cells import Column
from mendbook.intake.shapes.column_meaning import Meaning
from mendbook.intake.shapes.keys import Named, plain_key
from mendbook.intake.shapes.looks import (
    is_code,
    is_id,
    is_imperative,
    is_lines,
    is_path,
    is_sentence,
    names_file,
)
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import read_status

_LONG_TITLE = 160


def name_checked(column: Column, name: Named | None) -> Meaning | None:
    """Return what ``name`` says unless the values say that it is something else."""
    if name is None:
        return None
    check = _CHECKS.get(name.field)
    return check(column, name) if check else Meaning(name.field, name.rank)


def _severity(column: Column, name: Named) -> Meaning | None:
    if column.share(is_grade) >= 0.5:
        return Meaning("severity", name.rank)
    if column.share(is_sentence) >= 0.5:
        return Meaning("impact", 150, "sentences, not words of a scale", risk_told=True)
    return Meaning("severity", name.rank) if column.share(_graded_somehow) > 0 else None


def _impact(column: Column, name: Named) -> Meaning:
    if column.share(is_exact_grade) >= 0.8:
        return Meaning("severity", 90, "its values are words of a scale of severities")
    return Meaning("impact", name.rank)


def _line(column: Column, name: Named) -> Meaning | None:
    if column.share(is_path) >= 0.5:
        return Meaning("file", 100, "its values are paths")
    return Meaning(name.field, name.rank) if column.share(is_lines) >= 0.3 else None


def _label(column: Column, name: Named) -> Meaning | None:
    """Check a category, rule, function or status: a short name, unless it is a path or a word."""
    if column.share(is_path) >= 0.6 and column.share(_written_path) >= 0.6:
        return Meaning("file", 150, "its values are paths")
    if name.field != "function" and column.share(is_exact_grade) >= 0.8:
        return Meaning("severity", 95, "its values are words of a scale of severities")
    if name.field == "category" and column.length > 80:
        return Meaning("problem", 120, "whole sentences")
    if name.field == "category" and len(column.values) >= 3 and _each_once(column):
        if column.share(_is_numbered_name) == 1:
            return Meaning("id", 60, "short names with numbers, each once")
        if column.share(is_sentence) >= 0.6:
            return Meaning("title", 120, "sentences, each once: no kinds")
    return Meaning(name.field, name.rank)


def _each_once(column: Column) -> bool:
    values = [str(value).strip("*`[] ") for value in column.values]
    return len(set(values)) == len(values)


def _is_numbered_name(value: object) -> bool:
    """Tell whether a value is letters and a number: ``A-12``; ``CWE-79`` names a kind."""
    text = str(value).strip("*`[] ")
    standard = re.match(r"(?:CWE|OWASP|WCAG|ISO|CVE|A\d{2}:)", text, re.I)
    return re.fullmatch(r"[A-Za-z]{1,8}[-_ ]?\d{1,4}[a-z]?", text) is not None and not standard


def _written_path(value: object) -> bool:
    """Tell a path from two names with a stroke between them: ``Login/Access`` is none."""
    return names_file(value) or not re.fullmatch(
        r"[A-Z][\w ]*(?:/[A-Z][\w ]*)+", str(value).strip()
    )


def _status(column: Column, name: Named) -> Meaning | None:
    known = column.share(lambda value: isinstance(value, bool) or read_status(value) is not None)
    if known > 0:
        return Meaning("status", name.rank)
    return _label(column, Named("aside", name.rank))


def _id(column: Column, name: Named) -> Meaning | None:
    if column.share(is_sentence) >= 0.5:
        return Meaning("title", 50, "sentences, not ids")
    named_code = is_function(column) and column.share(joined_name) >= 0.5
    if name.rank and named_code and column.share(lambda one: re.search(r"\d", str(one))) < 0.5:
        return Meaning("function", 60, "its values are names in code")
    return Meaning("id", name.rank) if column.length <= 80 else None


def _evidence(column: Column, name: Named) -> Meaning:
    if column.share(is_path) >= 0.6:
        return Meaning("file", 150, "its values are paths")
    if plain_key(column.path[-1]) in {"code", "context", "source"}:
        if column.share(is_id) >= 0.8:
            return Meaning("id", 60, "short names with numbers")
        if column.share(lambda value: len(str(value)) <= 40 and not is_code(value)) >= 0.9:
            return Meaning("category", 160, "short names, not code")
    return Meaning("evidence", name.rank)


def _title(column: Column, name: Named) -> Meaning:
    if column.length > _LONG_TITLE:
        return Meaning("problem", 30 + name.rank, "longer than a headline")
    if name.rank and column.share(is_path) >= 0.8:
        return Meaning("file", 160, "its values are paths")
    return Meaning("title", name.rank)


def _problem(column: Column, name: Named) -> Meaning:
    values = [str(value).strip("*`[] ") for value in column.values]
    if len(values) > 1 and len(set(values)) == len(values) and all(map(is_id, values)):
        return Meaning("id", 60, "short names with numbers, each once")
    if column.share(is_path) >= 0.6:
        return Meaning("file", 160, "its values are paths")
    if column.share(lambda value: re.fullmatch(r"#?\d+|https?://\S+", str(value).strip())) > 0.8:
        return Meaning("reference", 160, "its values are numbers of issues")
    return Meaning("problem", name.rank)


def _fix(column: Column, name: Named) -> Meaning:
    if column.share(lambda value: bool(_MODE.fullmatch(str(value).strip()))) >= 0.9 and not (
        column.share(is_imperative)
    ):
        return Meaning("aside", 160, "words for how to go about it, not what to do")
    return Meaning("fix", name.rank)


_MODE = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z]+)*")
"""One word that asks for nothing: ``auto-fix``, ``manual``, ``no_op``."""


def _file(column: Column, name: Named) -> Meaning:
    if column.share(is_lines) >= 0.6:
        return Meaning("line", 60, "its values are line numbers")
    if column.share(names_file) == 0 and column.share(is_path) == 0 and column.share(is_code) > 0.5:
        return Meaning("evidence", 150, "its values are code")
    return Meaning("file", name.rank)


_CHECKS = {
    "severity": _severity,
    "impact": _impact,
    "line": _line,
    "end_line": _line,
    "category": _label,
    "rule": _label,
    "function": _label,
    "status": _status,
    "id": _id,
    "evidence": _evidence,
    "title": _title,
    "problem": _problem,
    "fix": _fix,
    "file": _file,
}


def is_grade(value: object) -> bool:
    """Tell whether a value is a grade of any scale, numbers included."""
    return read_severity(value, scale="score") is not None


def _graded_somehow(value: object) -> bool:
    return is_grade(value) or isinstance(value, int | float)


def is_exact_grade(value: object) -> bool:
    """Tell whether a value is the very word of a severity."""
    grade = read_severity(value)
    return grade is not None and grade.exact


def joined_name(value: object) -> bool:
    """Tell whether a name is put together as code does it: ``saveAll``, ``a.b``, ``run()``."""
    return re.search(r"[a-z][A-Z]|\(\)|_|\.|::", str(value)) is not None


def is_function(column: Column) -> bool:
    """Tell whether nearly all cells of a column name a function."""
    return column.share(lambda value: bool(_CALLABLE.fullmatch(str(value).strip()))) >= 0.8


_CALLABLE = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(\))?")
