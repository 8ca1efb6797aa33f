"""Load an audit from a file in any known format: read, recognise, check, normalise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from mendbook.intake.formats.formats import JsonFormat, TextFormat, json_format, text_format
from mendbook.intake.mapped import read_mapped
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text, collector_paused, decode, read_any_text
from mendbook.intake.shapes.map_file import read_map
from mendbook.model import Audit, Left, Note


def load_audit(path: Path, field_map: Path | None = None) -> Audit:
    """Return the audit at ``path``: our own JSON, or a tool's report (``formats`` lists them).

    Which format it is, is told by its content, unless ``field_map`` says how to read it. Raises
    ``InputError`` with the first thing wrong.
    """
    source = read_any_text(path)
    if field_map is not None:
        audit = read_mapped(source, read_map(field_map))
    elif (form := known_text(source)) is not None:
        audit = form.read(source)
    else:
        document = decode(source)
        audit = read_as(json_format(document.path, document.data).form, document)
    return audit if source.encoding == "UTF-8" else _with_encoding(audit, source.encoding)


def _with_encoding(audit: Audit, encoding: str) -> Audit:
    """Return ``audit`` with a word on the ``encoding`` that its file was read in."""
    why = f"not UTF-8; read as {encoding}: where letters look wrong, save it as UTF-8"
    note = Note("the file", "", encoding, why)
    left = Left("the document", encoding, why)
    return replace(audit, notes=(note, *audit.notes), left=(left, *audit.left))


def known_text(source: Text) -> TextFormat | None:
    """Return the format of ``source`` when it is one that is read from its text."""
    return text_format(source.text, Path(source.path).suffix)


def read_as(form: JsonFormat, document: Document) -> Audit:
    """Return ``document`` read as ``form``; raise ``InputError`` for what a tool never writes."""
    try:
        with collector_paused():
            return form.read(document)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$")
        what = f"not as {form.tool or form.name} writes it ({said.lower()})"
        remedy = "run the tool again, or remove the file"
        raise Problem(document.path, place.strip("`."), what, remedy).refusal() from error
