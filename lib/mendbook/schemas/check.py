"""Hold data to one of the schemas that Mendbook ships.

``jsonschema_rs`` decides; ``jsonschema`` is loaded only to explain, because importing it costs up
to 1.7 s of processor time where JupyterLab has brought its optional format checkers.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


@cache
def schema_text(name: str) -> str:
    """Return the text of the schema in the file ``name``."""
    return (resources.files("mendbook.schemas") / name).read_text("utf-8")


def load_schema(name: str) -> dict[str, Any]:
    """Return the schema in the file ``name``."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


def is_valid(name: str, data: object) -> bool:
    """Tell whether ``data`` is what the schema in the file ``name`` asks for, formats included."""
    try:
        return _validator(name).is_valid(data)
    except ValueError:  # a lone surrogate, or a key that is no text: not JSON, so to be explained
        return not any(True for _ in errors(name, data))


def errors(name: str, data: object) -> list[ValidationError]:
    """Return what is wrong with ``data`` under the schema in the file ``name``, by its place."""
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError

    validator = Draft202012Validator(load_schema(name), format_checker=FormatChecker())
    violations = sorted(validator.iter_errors(data), key=lambda error: list(map(str, error.path)))
    if not violations:  # JSON has no NaN, which jsonschema takes for a number
        violations = [
            ValidationError(each.message, path=each.instance_path)
            for each in _validator(name).iter_errors(data)
        ]
    return violations


def worst(name: str, data: object) -> ValidationError:
    """Return the one of the ``errors`` that says most, where there is one."""
    from jsonschema.exceptions import best_match

    problem: ValidationError = best_match(iter(errors(name, data)))
    return problem


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(name), validate_formats=True)
