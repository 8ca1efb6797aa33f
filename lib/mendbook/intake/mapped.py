"""Read an audit by a map that a person wrote, and write the map that one is read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mendbook.intake.formats.formats import FORMAT_OF_SUFFIX, text_format
from mendbook.intake.normalise import audit_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, decode, read_any_text
from mendbook.intake.shapes.cells import columns_of
from mendbook.intake.shapes.choose import choose
from mendbook.intake.shapes.columns import meanings
from mendbook.intake.shapes.guess import nearest
from mendbook.intake.shapes.map_file import FIELDS, FieldMap, ask, map_text, path_expression
from mendbook.intake.shapes.markdown.read import markdown_rows
from mendbook.intake.shapes.rows import Row, find_rows
from mendbook.intake.shapes.tables import rows_of_table
from mendbook.intake.shapes.understand import understand
from mendbook.intake.shapes.yaml_audit import yaml_document
from mendbook.model import Audit, MappedKey

_ROWS = {"markdown": markdown_rows, "csv": rows_of_table}


def read_mapped(source: Text, field_map: FieldMap) -> Audit:
    """Return the audit in ``source`` read by ``field_map``; refuse what it finds nothing in."""
    document, rows, _ = _document(source)
    rows = _asked(document, field_map) if field_map.findings else rows
    if not rows:
        where = f"`{field_map.findings}`" if field_map.findings else "it"
        what = f"the map finds no list of findings at {where}"
        remedy = f"correct `findings` in {field_map.path}"
        raise Problem(source.path, "", what, remedy).refusal()
    told = [_row(row, field_map) for row in rows]
    understood = understand(told, "audit", given={FIELDS[name]: FIELDS[name] for name in FIELDS})
    if not understood.findings:
        what = "the map gives no finding a title or a problem"
        remedy = f"correct `title` and `problem` in {field_map.path}"
        raise Problem(source.path, "", what, remedy).refusal()
    says = {FIELDS[name]: said for name, said in field_map.fields.items()}
    mapped = tuple(
        replace(one, key=says.get(one.key.partition(".")[0].removesuffix("[]"), one.key))
        for one in understood.mapped
    )
    shape = f"read by the map {Path(field_map.path).name}"
    return audit_of(document, replace(understood, mapped=mapped), shape)


def drafted_map(path: Path) -> str:
    """Return the text of a map of the audit at ``path``: as it is understood, else as guessed."""
    document, rows, paths = _document(read_any_text(path))
    if not rows:
        guess, items = nearest(document.data)
        rows = [Row(f"{guess}[{index}]", item) for index, item in enumerate(items)]
        paths = [guess]
    columns = columns_of(rows)
    by_path = meanings(columns)
    ranked = sorted(columns, key=lambda one: by_path[one.path].rank if one.path in by_path else 999)
    keys = [
        MappedKey(
            one.key, by_path[one.path].field if one.path in by_path else "", _example(one.values)
        )
        for one in ranked
    ]
    known = [key for key in keys if key.field]
    return map_text(_joined(rows, paths), known, [key for key in keys if not key.field])


def _example(values: Sequence[object]) -> str:
    return next((str(value) for value in values if str(value).strip()), "")


def _joined(rows: Sequence[Row], paths: Sequence[str]) -> str:
    """Return one expression for all ``paths``; none where what stands around findings counts."""
    if not paths or any(row.outer for row in rows):
        return ""
    said = [path_expression(path) if path != "[]" else "[]" for path in paths]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}][]"


def _document(source: Text) -> tuple[Document, list[Row], list[str]]:
    """Return the document, the rows that are told in it, and the paths of their lists."""
    suffix = Path(source.path).suffix
    form = text_format(source.text, suffix)
    name = FORMAT_OF_SUFFIX.get(suffix.lower()) or (form.name if form else "json")
    if name in _ROWS:
        rows, redactions = _ROWS[name](source)
        data = [dict(row.values) for row in rows]
        return Document(source.path, source.sha256, data, redactions), rows, []
    document = yaml_document(source) if name == "yaml" else decode(source)
    rows, _ = choose(find_rows(document.data).rows)
    return document, rows, list(dict.fromkeys(row.group for row in rows))


def _asked(document: Document, field_map: FieldMap) -> list[Row]:
    answer = ask(field_map.findings, document.data)
    items = answer if isinstance(answer, list) else [answer] if isinstance(answer, dict) else []
    group = field_map.findings
    return [
        Row(f"findings[{index}]", item, {}, group)
        for index, item in enumerate(items)
        if isinstance(item, dict)
    ]


def _row(row: Row, field_map: FieldMap) -> Row:
    """Return ``row`` with the map's fields as its keys, and what no field took besides."""
    whole = {**row.outer, **row.values}
    values = {FIELDS[name]: ask(said, whole) for name, said in field_map.fields.items()}
    rest = {key: value for key, value in row.values.items() if key not in values}
    outer = {name: said for name, said in row.outer.items() if not values.get(name)}
    return replace(row, values={**values, **rest}, outer=outer)
