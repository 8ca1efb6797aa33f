"""Decide which field each key of an audit fills: by its name, checked against its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mendbook.intake.shapes.cells import Column
from mendbook.intake.shapes.keys import Named, named, plain_key
from mendbook.intake.shapes.looks import (
    is_code,
    is_effort,
    is_id,
    is_imperative,
    is_lines,
    is_path,
    is_sentence,
    names_file,
    tells_consequence,
    whole_number,
)
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import read_status

KEPT = {"reference", "confidence", "aside"}
"""What is understood and kept beside the finding, but fills none of its fields."""
_LONG_TITLE = 160
_ENDS = {"end", "stop", "to", "until", "last"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column fills, how sure that is (lower is surer), and why."""

    field: str
    rank: int
    why: str = ""
    risk_told: bool = False
    """Its name is that of a scale, and it holds sentences that tell the risk."""


def meanings(columns: Sequence[Column], own: Iterable[str] = ()) -> dict[tuple[str, ...], Meaning]:
    """Return what each of ``columns`` means; a column that says nothing to us is not in it.

    ``own`` are keys of the built-in shape, which mean what their names say whatever they hold.
    """
    fixed = set(own)
    found: dict[tuple[str, ...], Meaning] = {}
    for column in columns:
        meaning = _by_name(column, fixed)
        if meaning is not None:
            found[column.path] = meaning
    _by_values(columns, found)
    _prose_evidence(columns, found)
    _told_otherwise(columns, found)
    if not fixed:
        _share_words(columns, found)
    return found


def _prose_evidence(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    """Take evidence in sentences for the problem where nothing else says it and code is apart."""
    if any(meaning.field == "problem" for meaning in found.values()):
        return
    proofs = [one for one in columns if one.path in found and found[one.path].field == "evidence"]
    prose = [one for one in proofs if one.share(is_sentence) >= 0.6 and one.share(is_code) < 0.3]
    if len(prose) == 1 and len(proofs) > 1:
        found[prose[0].path] = Meaning("problem", 120, "sentences, and code stands elsewhere")


def _told_otherwise(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    """Take a symptom, or a risk in sentences, for the problem of findings that name no other."""
    for column in columns:
        meaning = found.get(column.path)
        if meaning is None or meaning.field != "impact":
            continue
        symptom = "sympt" in plain_key(column.path[-1]) or "síntoma" in plain_key(column.path[-1])
        said = {"problem"} if symptom else {"problem", "title"}
        told = [one for one in columns if one.path in found and found[one.path].field in said]
        among = frozenset().union(*(one.at for one in told))
        if (symptom or meaning.risk_told) and len(column.at & among) <= 0.2 * len(column.at):
            found[column.path] = Meaning("problem", 140, "nothing else says what is wrong")


# --- by name -----------------------------------------------------------------------------------


def _by_name(column: Column, fixed: set[str]) -> Meaning | None:
    keys = [part for part in column.path if part != "[]"]
    name = named(keys[-1])
    if len(keys) == 1:
        if keys[0] in fixed and name is not None:
            return Meaning(name.field, name.rank)
        return _checked(column, name)
    parent = next((found for key in keys[-2::-1] if (found := named(key)) is not None), None)
    if parent is None:
        return _checked(column, name)
    return _inside(column, keys, name, parent)


def _inside(column: Column, keys: list[str], name: Named | None, parent: Named) -> Meaning | None:
    """Return what a key inside an object means: ``location.line``, ``fix.description``."""
    own = name.field if name else ""
    if parent.field in {"file", "line", "end_line", "evidence", "function"}:
        numbers = column.share(is_lines) > 0.5
        words = {word for key in keys for word in plain_key(key).split()}
        if numbers and words & _ENDS and own not in {"aside", "reference", "id"}:
            return Meaning("end_line", 5)
        if numbers and own not in {"aside", "reference", "id"} and _says_line(keys, parent):
            return Meaning("line", 5)
        if own in {"file", "function", "severity"} and parent.field != "function":
            return Meaning(own, 5 + (parent.field == "evidence") * 90)
        if parent.field == "evidence" or own == "evidence":
            return Meaning("evidence", 20)
        if column.share(is_path) > 0.5:
            return Meaning("file", 30)
        return Meaning("function", 40) if parent.field == "function" else Meaning("aside", 50)
    if parent.field in {"fix", "impact", "repro"} and own not in {"effort", "status", "severity"}:
        prose = own not in {"file", "line", "end_line", "aside", "id", "reference", "confidence"}
        return Meaning(parent.field, 20) if prose else Meaning("aside", 50)
    if parent.field in KEPT or (parent.field == "severity" and own not in {"severity", "effort"}):
        kept = parent.field != "severity" or column.share(_grade) < 0.5
        return Meaning("aside", 50) if kept else Meaning("severity", 30)
    if parent.field in {"status", "effort", "category", "rule", "id"} and own not in {"severity"}:
        prose = column.share(is_sentence) > 0.5 and parent.field != "effort"
        return Meaning("aside", 50) if prose else Meaning(parent.field, 20)
    return _checked(column, name) or Meaning(parent.field, 60)


def _says_line(keys: list[str], parent: Named) -> bool:
    name = named(keys[-1])
    return parent.field == "line" or bool(name and name.field in {"line", "end_line"})


def _checked(column: Column, name: Named | None) -> Meaning | None:
    """Return what ``name`` says unless the values say that it is something else."""
    if name is None:
        return None
    check = _CHECKS.get(name.field)
    return check(column, name) if check else Meaning(name.field, name.rank)


def _severity(column: Column, name: Named) -> Meaning | None:
    if column.share(_grade) >= 0.5:
        return Meaning("severity", name.rank)
    if column.share(is_sentence) >= 0.5:
        return Meaning("impact", 150, "sentences, not words of a scale", risk_told=True)
    return Meaning("severity", name.rank) if column.share(_graded_somehow) > 0 else None


def _impact(column: Column, name: Named) -> Meaning:
    if column.share(_exact_grade) >= 0.8:
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
    if name.field != "function" and column.share(_exact_grade) >= 0.8:
        return Meaning("severity", 95, "its values are words of a scale of severities")
    if name.field == "category" and column.length > 80:
        return Meaning("problem", 120, "whole sentences")
    return Meaning(name.field, name.rank)


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
    named_code = _is_function(column) and column.share(_joined_name) >= 0.5
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
    "file": _file,
}


def _grade(value: object) -> bool:
    return read_severity(value, scale="score") is not None


def _graded_somehow(value: object) -> bool:
    return _grade(value) or isinstance(value, int | float)


def _exact_grade(value: object) -> bool:
    found = read_severity(value)
    return found is not None and found.exact


# --- by values ---------------------------------------------------------------------------------


def _by_values(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    """Give the columns whose names say nothing to the fields that are still without a key."""
    for test, field, why in _TESTS:
        taken = [one for one in columns if one.path in found and found[one.path].field == field]
        if taken and field not in _BESIDE:
            continue
        rows = frozenset().union(*(one.at for one in taken))
        column = next(
            (
                one
                for one in columns
                if one.path not in found and len(one.at & rows) <= 0.2 * len(one.at) and test(one)
            ),
            None,
        )
        if column is not None:
            found[column.path] = Meaning(field, 300, why)
            if field == "line":
                _second_line(columns, found, column)
    _words_by_values(columns, found)


def _joined_name(value: object) -> bool:
    """Tell whether a name is put together as code does it: ``saveAll``, ``a.b``, ``run()``."""
    return re.search(r"[a-z][A-Z]|\(\)|_|\.|::", str(value)) is not None


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


def _is_function(column: Column) -> bool:
    return column.share(lambda value: bool(_CALLABLE.fullmatch(str(value).strip()))) >= 0.8


_CALLABLE = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(\))?")


_TESTS = (
    (lambda one: one.share(_exact_grade) >= 0.8, "severity", "its values are words of a scale"),
    (lambda one: one.share(is_path) >= 0.8, "file", "its values are paths"),
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
        lambda one: _is_function(one) and one.share(_joined_name) >= 0.5,
        "function",
        "its values are names in code",
    ),
)


def _second_line(
    columns: Sequence[Column], found: dict[tuple[str, ...], Meaning], first: Column
) -> None:
    """Take a second column of lines, none before the first's, for the end of a range."""
    for column in columns:
        if column.path in found or not _is_lines(column) or len(column.values) != len(first.values):
            continue
        pairs = zip(first.values, column.values, strict=True)
        if all((whole_number(a) or 0) <= (whole_number(b) or 0) for a, b in pairs):
            found[column.path] = Meaning("end_line", 300, "line numbers, none before the others")
            return


def _words_by_values(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    """Find the words of the findings; of those in tables of their own, each by itself."""
    _words_among(columns, found)
    told: set[int] = set()
    for column in columns:
        if column.path in found and found[column.path].field in {"title", "problem"}:
            told |= column.at
    rest = frozenset().union(*(column.at for column in columns)) - told
    among = [column for column in columns if len(column.at & rest) >= 0.6 * max(len(column.at), 1)]
    if rest and among:
        _words_among(among, found)


def _words_among(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    paths = {column.path for column in columns}
    texts = [
        column
        for column in columns
        if column.path not in found and (column.share(is_sentence) >= 0.6 or column.length >= 40)
    ]

    def free(*fields: str) -> bool:
        return not {found[path].field for path in paths & found.keys()} & set(fields)

    if free("fix"):
        asked = max(texts, key=lambda one: one.share(is_imperative), default=None)
        enough = 0.5 if len(texts) > 1 or not free("problem", "title") else 2.0
        if asked is not None and asked.share(is_imperative) >= enough:
            found[asked.path] = Meaning("fix", 300, "its sentences say what to do")
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
            found[head.path] = Meaning("title", 300, "the shortest of its sentences")
            texts.remove(head)
            chosen = max(texts, key=lambda one: (not _is_effect(one), one.length))
        found[chosen.path] = Meaning("problem", 300, "the longest of its sentences")
        texts.remove(chosen)
    elif free("title") and texts:
        head = min(texts, key=lambda one: one.length)
        if head.length <= 90 and not _is_effect(head):
            found[head.path] = Meaning("title", 300, "the shortest of its sentences")
            texts.remove(head)
    if free("impact") and texts:
        effect = max(texts, key=lambda one: one.share(tells_consequence))
        if effect.share(tells_consequence) >= 0.5:
            found[effect.path] = Meaning("impact", 300, "its sentences tell what follows")
            texts.remove(effect)
    if free("category"):
        for column in columns:
            few = len(set(map(str, column.values))) <= max(2, len(column.values) // 2)
            short = column.length <= 30 and column.rows > 1
            text = column.share(lambda value: isinstance(value, str)) == 1
            if column.path not in found and short and few and text:
                found[column.path] = Meaning("category", 300, "few short names, each again")
                break


def _is_effect(column: Column) -> bool:
    return column.share(tells_consequence) >= 0.6


def _share_words(columns: Sequence[Column], found: dict[tuple[str, ...], Meaning]) -> None:
    """Make one headline and one problem of the keys that could be either."""
    lengths = {column.path: column.length for column in columns}
    rows = {column.path: column.rows for column in columns}
    titles = _claims(found, "title")
    problems = _claims(found, "problem")
    for path in titles[1:]:
        found[path] = Meaning("problem", 60 + found[path].rank, found[path].why)
    if titles or len(problems) < 2:
        return
    first, *others = [path for path in problems if rows[path] >= max(rows.values()) / 2] or problems
    for other in others:
        short, long = sorted((first, other), key=lambda path: lengths[path])
        if lengths[short] <= 110 and lengths[short] <= 0.7 * lengths[long]:
            found[short] = Meaning("title", 70, "the shorter of two texts")
            return


def _claims(found: dict[tuple[str, ...], Meaning], field: str) -> list[tuple[str, ...]]:
    claims = [(meaning.rank, path) for path, meaning in found.items() if meaning.field == field]
    return [path for _, path in sorted(claims, key=lambda claim: claim[0])]
