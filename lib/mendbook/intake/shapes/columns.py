"""Decide which field each key of an audit fills: by its name, checked against its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mendbook.intake.shapes.cells import Column
from mendbook.intake.shapes.column_checks import is_grade, name_checked
from mendbook.intake.shapes.column_meaning import Meaning
from mendbook.intake.shapes.column_values import meanings_by_values
from mendbook.intake.shapes.keys import Named, is_cause, named, plain_key
from mendbook.intake.shapes.looks import is_code, is_lines, is_path, is_sentence

KEPT = {"reference", "confidence", "aside"}
"""What is understood and kept beside the finding, but fills none of its fields."""
_ENDS = {"end", "stop", "to", "until", "last"}


def meanings(columns: Sequence[Column], own: Iterable[str] = ()) -> dict[tuple[str, ...], Meaning]:
    """Return what each of ``columns`` means; a column that says nothing to us is not in it.

    ``own`` are keys of the built-in shape, which mean what their names say whatever they hold.
    """
    fixed = set(own)
    by_path: dict[tuple[str, ...], Meaning] = {}
    for column in columns:
        meaning = _by_name(column, fixed)
        if meaning is not None:
            by_path[column.path] = meaning
    _nested_words(by_path)
    _prose_evidence(columns, by_path)
    meanings_by_values(columns, by_path)
    _told_otherwise(columns, by_path)
    _told_by_tests(columns, by_path)
    if not fixed:
        _share_words(columns, by_path)
    return by_path


def _nested_words(by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Take the words of things that a list in a finding names for no words of the finding.

    ``affected[].name`` beside a message of its own; what names it outside of lists counts.
    """
    outside = {meaning.field for path, meaning in by_path.items() if "[]" not in path}
    said = {"title", "problem"} & outside
    for path, meaning in by_path.items():
        words = meaning.field in {"title", "problem"} and bool(said)
        if "[]" in path and (words or (meaning.field == "id" and "id" in outside)):
            by_path[path] = Meaning("aside", 50)


def _prose_evidence(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Take evidence in sentences for the problem where nothing else says it and code is apart."""
    said = [
        one.at for one in columns if one.path in by_path and by_path[one.path].field == "problem"
    ]
    told = frozenset().union(*said)
    proofs = [
        one
        for one in columns
        if one.path in by_path
        and by_path[one.path].field == "evidence"
        and len(one.at & told) <= 0.2 * len(one.at)
    ]
    prose = [one for one in proofs if one.share(is_sentence) >= 0.6 and one.share(is_code) < 0.3]
    alone = len(proofs) > 1 or plain_key(prose[0].path[-1]) in _FORMERLY if prose else False
    worded = len(prose) == 1 and prose[0].share(_tells) >= _MOSTLY
    if len(prose) == 1 and (alone or worded):
        by_path[prose[0].path] = Meaning("problem", 120, "sentences, and code stands elsewhere")


def _tells(value: object) -> bool:
    """Tell whether a proof is prose that is long enough to say what is wrong."""
    return is_sentence(value) and len(str(value)) >= _TOLD and not is_code(value)


_MOSTLY = 0.8
_TOLD = 60
"""Signs from which prose says what is wrong."""
_FORMERLY = {
    "before",
    "antes",
    "avant",
    "vorher",
    "før",
    "до",
    "prima",
    "修改前",
    "修复前",
    "修正前",
}
"""Names of what was there before a fix: code, or what was wrong in words."""


def _told_otherwise(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Take a symptom, or a risk in sentences, for the problem of findings that name no other.

    A cause stands behind the symptom; a risk beside a headline has to explain what is wrong.
    """
    for column in columns:
        meaning = by_path.get(column.path)
        if meaning is None or meaning.field != "impact":
            continue
        symptom = "sympt" in plain_key(column.path[-1]) or "síntoma" in plain_key(column.path[-1])
        explained = symptom or column.length >= _EXPLAINED
        said = {"problem"} if explained else {"problem", "title"}
        told = [
            one
            for one in columns
            if one.path in by_path
            and by_path[one.path].field in said
            and not (symptom and is_cause(one.path[-1]))
        ]
        among = frozenset().union(*(one.at for one in told))
        if (symptom or meaning.risk_told) and len(column.at & among) <= 0.2 * len(column.at):
            rank = 0 if symptom else 140
            by_path[column.path] = Meaning("problem", rank, "nothing else says what is wrong")


_EXPLAINED = 100
"""Signs on average from which a risk explains what is wrong, and names no mere consequence."""


def _told_by_tests(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Take what was tested for the headline, and what came out for the problem.

    Where rows of tests have neither: ``{"test": "Contrast", "result": "2.1 of 4.5"}``.
    """
    if {meaning.field for meaning in by_path.values()} & {"title", "problem"}:
        return
    for field, names in (("problem", _OUTCOMES), ("title", _TESTED)):
        column = next((one for one in columns if plain_key(one.path[-1]) in names), None)
        if column is not None and len(column.path) == 1:
            by_path[column.path] = Meaning(field, 200, "nothing else says what is wrong")


_OUTCOMES = {
    "result",
    "results",
    "outcome",
    "actual",
    "output",
    "response",
    "ergebnis",
    "resultado",
}
_TESTED = {
    "test",
    "test name",
    "check",
    "check name",
    "control",
    "requirement",
    "criterion",
    "rule",
}


def _by_name(column: Column, fixed: set[str]) -> Meaning | None:
    keys = [part for part in column.path if part != "[]"]
    name = named(keys[-1])
    if len(keys) == 1:
        if keys[0] in fixed and name is not None:
            return Meaning(name.field, name.rank)
        return name_checked(column, name)
    parent = next(
        (outer_name for key in keys[-2::-1] if (outer_name := named(key)) is not None), None
    )
    if parent is None:
        return name_checked(column, name)
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
        if parent.field == "evidence" and plain_key(keys[-1]).removesuffix("s") in _PROOFS:
            return Meaning("aside", 50)
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
        kept = parent.field != "severity" or column.share(is_grade) < 0.5
        return Meaning("aside", 50) if kept else Meaning("severity", 30)
    if parent.field in {"status", "effort", "category", "rule", "id"} and own not in {"severity"}:
        prose = column.share(is_sentence) > 0.5 and parent.field != "effort"
        return Meaning("aside", 50) if prose else Meaning(parent.field, 20)
    return name_checked(column, name) or Meaning(parent.field, 60)


_PROOFS = {"artifact", "artefact", "log", "log file", "report", "screenshot", "attachment"}
"""Files in which a proof is kept, and not what it proves."""


def _says_line(keys: list[str], parent: Named) -> bool:
    name = named(keys[-1])
    return parent.field == "line" or bool(name and name.field in {"line", "end_line"})


def _share_words(columns: Sequence[Column], by_path: dict[tuple[str, ...], Meaning]) -> None:
    """Make one headline and one problem of the keys that could be either."""
    lengths = {column.path: column.length for column in columns}
    rows = {column.path: column.rows for column in columns}
    titles = _claims(by_path, "title")
    problems = _claims(by_path, "problem")
    at = {column.path: column.at for column in columns}
    headed = at[titles[0]] if titles else frozenset()
    for path in titles[1:]:
        if len(at[path] & headed) > 0.2 * len(at[path]):
            by_path[path] = Meaning("problem", 60 + by_path[path].rank, by_path[path].why)
        else:
            headed |= at[path]  # findings of their own, in another table
    if titles or len(problems) < 2:
        return
    first, *others = [path for path in problems if rows[path] >= max(rows.values()) / 2] or problems
    for other in others:
        short, long = sorted((first, other), key=lambda path: lengths[path])
        if lengths[short] <= 110 and lengths[short] <= 0.7 * lengths[long]:
            by_path[short] = Meaning("title", 70, "the shorter of two texts")
            return


def _claims(by_path: dict[tuple[str, ...], Meaning], field: str) -> list[tuple[str, ...]]:
    claims = [(meaning.rank, path) for path, meaning in by_path.items() if meaning.field == field]
    return [path for _, path in sorted(claims, key=lambda claim: claim[0])]
