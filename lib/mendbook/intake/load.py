"""Load an audit from a file in any known format: read, recognise, check, normalise."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mendbook.intake.formats import AUDIT, JsonFormat, json_format, text_format
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, collector_paused, decode, read_text
from mendbook.intake.shape import audit_problems
from mendbook.model import Audit


def load_audit(path: Path) -> Audit:
    """Return the audit at ``path``: our own JSON, or a tool's report (``formats`` lists them).

    Which format it is, is told by its content. Raises ``InputError`` with the first thing wrong.
    """
    source = read_text(path)
    if not source.text.lstrip().startswith(("{", "[")) and (form := text_format(source.text)):
        return form.read(source)
    document = decode(source)
    found = json_format(document.data)
    if found is AUDIT:
        for problem in audit_problems(document.path, document.data):
            raise problem.refusal()
    with collector_paused():
        return _read(found, document)


def _read(form: JsonFormat, document: Document) -> Audit:
    try:
        return form.read(document)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$")
        what = f"not as {form.name} writes it ({said.lower()})"
        remedy = "run the tool again, or remove the file"
        raise Problem(document.path, place.strip("`."), what, remedy).refusal() from error
