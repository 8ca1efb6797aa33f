"""From rows to findings: what each key means over the whole audit, then each finding by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mendbook.intake.fingerprint import distinct
from mendbook.intake.shapes.build import RANKED_ID, Meanings, Scale, apart, build, joined
from mendbook.intake.shapes.cells import Column, columns_of
from mendbook.intake.shapes.column_meaning import Meaning
from mendbook.intake.shapes.columns import KEPT, meanings
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.severities import lowest_rank
from mendbook.intake.shapes.statuses import says_passed
from mendbook.model import Finding, Left, MappedKey, Status

_EXAMPLE = 120
_RANKS = {
    "priority",
    "prio",
    "rank",
    "level",
    "urgency",
    "importance",
    "priorität",
    "stufe",
    "tier",
}
_NAMES = {"category": "dimension", "effort": "hours", "end_line": "endLine", "docs": "docsPath"}


@dataclass(frozen=True, slots=True)
class Understood:
    """What an audit was understood as."""

    findings: tuple[Finding, ...]
    mapped: tuple[MappedKey, ...] = ()
    left: tuple[Left, ...] = ()


def understand(
    rows: Sequence[Row],
    form: str,
    *,
    own: Iterable[str] = (),
    given: Mapping[str, str] | None = None,
    legend: Mapping[str, Status] | None = None,
) -> Understood:
    """Return the findings that ``rows`` are, how each key was understood, and what was not.

    ``form`` names the layout. ``own`` are keys of the built-in shape; ``given`` maps keys to
    fields as a person decided it; ``legend`` says what an audit's signs mean as a status.
    """
    columns = columns_of(rows)
    by_path = meanings(columns, own)
    if given is not None:
        by_path = {
            column.path: Meaning(given[column.path[0]], 0, "the mapping says so")
            for column in columns
            if column.path[0] in given
        }
    scale = _scale(columns, by_path)
    findings: list[Finding] = []
    left: list[Left] = []
    for row in rows:
        if passed := _passed(row):
            left.append(Left(row.place, _shown(row), f"its status says that it passed: {passed}"))
            continue
        finding = build(row, by_path, scale, legend or {}, form)
        if finding is not None:
            findings.append(finding)
        else:
            left.append(Left(row.place, _shown(row), "it does not say what is wrong"))
    unique = _fingerprinted(apart(findings))
    return Understood(unique, _mapped(columns, by_path, rows), (*left, *_unclear(columns, by_path)))


def _shown(row: Row) -> str:
    return "; ".join(f"{key}: {joined(value)}" for key, value in row.values.items())[:_EXAMPLE]


def _passed(row: Row) -> str:
    """Return the status of a row that passed what was tested; empty for any other."""
    for key, value in row.values.items():
        name = named(key)
        if name is not None and name.field == "status" and isinstance(value, str):
            return value if says_passed(value) else ""
    return ""


def _fingerprinted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    identities = distinct(finding.fingerprint for finding in findings)
    return tuple(
        finding if finding.fingerprint == identity else replace(finding, fingerprint=identity)
        for finding, identity in zip(findings, identities, strict=True)
    )


def _scale(columns: Iterable[Column], by_path: Meanings) -> Scale:
    numbers: dict[tuple[str, ...], str] = {}
    words: list[object] = []
    for column in columns:
        meaning = by_path.get(column.path)
        if meaning is None or meaning.field != "severity":
            continue
        words += column.values
        values = [value for value in map(_number, column.values) if value is not None]
        if len(values) < len(column.values) or not values:
            continue
        key = set(plain_key(column.path[-1]).split())
        whole = all(
            not isinstance(value, float) and "." not in str(value) for value in column.values
        )
        if key & {"cvss", "score"} or max(values) > 5 or not whole:
            numbers[column.path] = "score"
        else:
            numbers[column.path] = "rank" if key & _RANKS else "five"
    return Scale(lowest_rank(words), numbers, _ids_rank(columns, by_path))


def _ids_rank(columns: Iterable[Column], by_path: Meanings) -> bool:
    """Tell whether ids begin with ranks that come again: counted ones each stand once."""
    for column in columns:
        if column.path in by_path and by_path[column.path].field == "id":
            ranks = [match[1] for one in column.values if (match := RANKED_ID.match(str(one)))]
            if len(ranks) == len(column.values) and len(set(ranks)) < len(ranks):
                return True
    return False


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _mapped(
    columns: Iterable[Column], by_path: Meanings, rows: Sequence[Row]
) -> tuple[MappedKey, ...]:
    listed = [
        MappedKey(column.key, _field(meaning), _example(column), meaning.why, column.rows)
        for column in columns
        if (meaning := by_path.get(column.path)) is not None
    ]
    around: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for name in row.outer:
            around.setdefault((row.group, name), []).append(row)
    listed += [
        MappedKey(f"({group})", _NAMES.get(name, name), inside[0].outer[name][:_EXAMPLE],
                  "it stands around the finding", len(inside))
        for (group, name), inside in around.items()
    ]  # fmt: skip
    return tuple(listed)


def _field(meaning: Meaning) -> str:
    return "kept" if meaning.field in KEPT else _NAMES.get(meaning.field, meaning.field)


def _example(column: Column) -> str:
    text = next((str(value) for value in column.values if str(value).strip()), "")
    return " ".join(text.split())[:_EXAMPLE]


def _unclear(columns: Iterable[Column], by_path: Meanings) -> Iterable[Left]:
    for column in columns:
        if column.path not in by_path:
            yield Left(column.key, _example(column), "neither its name nor its values tell a field")
