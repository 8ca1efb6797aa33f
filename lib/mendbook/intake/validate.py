"""Check an audit or a remediation JSON and say all that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mendbook.intake.faults import join
from mendbook.intake.problem import Problem, RefusedError, quoted
from mendbook.intake.reader import read_json
from mendbook.intake.shape import audit_problems

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

REMEDIATION_SCHEMAS = ("remediation.seed.schema.json", "remediation.schema.json")
_MOST = 200
"""Problems listed for one file; what is wrong 200 times is wrong for one reason."""


def problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the audit or remediation JSON at ``path``; empty when it is valid.

    Which of the two it is, is told by its content: a remediation has ``remediations``.
    """
    try:
        document = read_json(path)
    except RefusedError as error:
        return (error.problem,)
    found = (
        _by_schema(document.path, document.data)
        if is_remediation(document.data)
        else audit_problems(document.path, document.data)
    )
    return tuple(problem for problem, _ in zip(found, range(_MOST), strict=False))


def is_remediation(data: object) -> bool:
    """Tell whether ``data`` means to be a remediation JSON."""
    return isinstance(data, dict) and "remediations" in data and "findings" not in data


def load_schema(name: str) -> dict[str, Any]:
    """Return one of the schemas that Mendbook ships, by its file name."""
    text = resources.files("mendbook.schemas").joinpath(name).read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _by_schema(file: str, data: object) -> Iterator[Problem]:
    # imported here: jsonschema costs up to 1.7 s, and only this command needs it
    from jsonschema import Draft202012Validator, FormatChecker

    seen: set[str] = set()
    for name in REMEDIATION_SCHEMAS:
        validator = Draft202012Validator(load_schema(name), format_checker=FormatChecker())
        errors = sorted(validator.iter_errors(data), key=lambda error: list(map(str, error.path)))
        for problem in (found for error in errors for found in _explained(file, name, error)):
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
