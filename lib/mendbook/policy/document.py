"""Read a YAML file that a person wrote and hold it to its schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from mendbook import schemas
from mendbook.errors import PolicyError
from mendbook.text.closest import did_you_mean

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MAX_BYTES = 1_000_000
MAX_DEPTH = 60

Document: TypeAlias = "dict[str, Document] | list[Document] | str | int | float | bool | None"


def read_document(path: Path, schema: str) -> Document:
    """Return the YAML document at ``path``, valid under ``schemas/<schema>.schema.json``.

    Dates come back as ISO strings. Raises ``PolicyError`` with one line that names the file, the
    place in it and what is wrong.
    """
    document = _plain(_load(path))
    name = f"{schema}.schema.json"
    if not schemas.is_valid(name, document):
        problem = schemas.worst(name, document)
        remedy = _meant(problem) or "; correct it"
        raise PolicyError(f"{path}: {problem.json_path}: {_short(problem.message)}{remedy}")
    return document


def _meant(problem: ValidationError) -> str:
    """Return the key or value that was probably meant; empty where that cannot be told."""
    allowed: Any = problem.validator_value
    given: Any = problem.instance
    if problem.validator == "enum":
        return did_you_mean(str(problem.instance), map(str, allowed))
    if problem.validator != "additionalProperties" or not isinstance(problem.schema, Mapping):
        return ""
    known = problem.schema.get("properties", {})
    unknown = (key for key in given if key not in known)
    return next((meant for key in unknown if (meant := did_you_mean(key, known))), "")


def _load(path: Path) -> object:
    try:
        if not path.is_file():
            raise PolicyError(f"{path}: not a file; check the path")
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            raise PolicyError(f"{path}: larger than {MAX_BYTES} bytes; make it smaller")
        text = raw.decode("utf-8-sig")
        _refuse_tricks(text)
        return yaml.safe_load(text)
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (yaml.YAMLError, ValueError) as error:
        message = f"{path}: not valid YAML ({_short(str(error))}); correct it"
        raise PolicyError(message) from error


def _refuse_tricks(text: str) -> None:
    """Refuse what makes a file say something else than it seems to, or takes long to read."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ValueError(f"line {line}: aliases are not allowed")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"line {line}: nested too deep")
    _refuse_repeated(yaml.compose(text, yaml.SafeLoader))


def _refuse_repeated(node: yaml.Node | None) -> None:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                line = key.start_mark.line + 1
                raise ValueError(f"line {line}: {str(key.value)[:60]!r} is given twice")
            seen.add(str(key.value))
            _refuse_repeated(value)


def _plain(value: object) -> Document:
    """Return ``value`` with text keys and with dates as ISO text, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= 200 else line[:199] + "…"
