"""Check an audit, a tool's report or a remediation JSON and say all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mendbook import schemas
from mendbook.intake.audit_file import known_text, read_as
from mendbook.intake.check_audit import audit_problems
from mendbook.intake.faults import join
from mendbook.intake.formats.formats import json_format
from mendbook.intake.problem import Problem, RefusedError, quoted
from mendbook.intake.reader import Document, Text, decode, decode_to_judge, read_text

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

REMEDIATION_SCHEMAS = ("remediation.seed.schema.json", "remediation.schema.json")
_MOST = 200
"""Problems listed for one file; what is wrong 200 times is wrong for one reason."""


def problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the file at ``path``; empty when it is valid.

    What it is, is told by its content: a remediation JSON has ``remediations``, an audit has
    ``findings``, and a tool's report is valid when an audit can be made from it.
    """
    try:
        return tuple(islice(_problems(path), _MOST))
    except RefusedError as error:
        return (error.problem,)


def _problems(path: Path) -> Iterator[Problem]:
    source = read_text(path)
    if (known := known_text(source)) is not None:
        known.read(source)
        return
    if _is_sound(source):
        return
    document = decode(source)
    if is_remediation(document.data):
        yield from _by_schema(document.path, document.data)
        return
    yield from _refused(document)


def _is_sound(source: Text) -> bool:
    """Tell whether ``source`` is a remediation JSON that both schemas take.

    Nothing of it has to be shown then, so nothing has to be redacted, which takes most of the time.
    """
    if '"remediations"' not in source.text:
        return False
    data = decode_to_judge(source)
    return is_remediation(data) and all(schemas.is_valid(one, data) for one in REMEDIATION_SCHEMAS)


def _refused(document: Document) -> Iterator[Problem]:
    """Yield why ``document`` is not read; all of it where it means to be our own audit."""
    try:
        read_as(json_format(document.path, document.data).form, document)
    except RefusedError as error:
        own = isinstance(document.data, dict) and "findings" in document.data
        listed = tuple(audit_problems(document.path, document.data)) if own else ()
        yield from listed or (error.problem,)


def is_remediation(data: object) -> bool:
    """Tell whether ``data`` means to be a remediation JSON."""
    return isinstance(data, dict) and "remediations" in data and "findings" not in data


def _by_schema(file: str, data: object) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in REMEDIATION_SCHEMAS:
        errors = [] if schemas.is_valid(name, data) else schemas.errors(name, data)
        for problem in (
            explanation for error in errors for explanation in _explained(file, name, error)
        ):
            if problem.path not in seen:
                seen.add(problem.path)
                yield problem


def _explained(file: str, schema: str, error: ValidationError) -> Iterator[Problem]:
    path = ""
    for step in error.absolute_path:
        path = join(path, step)
    rule = str(error.validator)
    wanted: Any = error.validator_value
    value: Any = error.instance
    if rule == "required":
        for key in wanted:
            if key not in value:
                yield Problem(file, join(path, key), "the key is missing", "add it")
    elif rule == "additionalProperties" and isinstance(error.schema, Mapping):
        for key in value:
            if key not in error.schema.get("properties", {}):
                yield Problem(file, join(path, key), "the key is unknown", "remove it")
    elif rule in {"enum", "const"}:
        allowed = ", ".join(map(str, wanted if rule == "enum" else [wanted]))
        yield Problem(file, path, f"{quoted(value)} is not allowed here", f"use one of {allowed}")
    elif rule == "type":
        kinds = wanted if isinstance(wanted, str) else " or ".join(wanted)
        yield Problem(file, path, f"{kinds} is needed, this is {quoted(value)}", "correct it")
    else:
        said = f"{quoted(value)} does not satisfy {rule} {quoted(str(wanted))}"
        yield Problem(file, path, said, f"see {schema}")
