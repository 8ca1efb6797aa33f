"""Read and write maps: which expression of an audit's findings fills which field.

A map is YAML. ``fields`` gives for each field a JMESPath expression (https://jmespath.org) that is
asked of each finding; ``findings`` gives one for the list of them, where Mendbook does not find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jmespath
import yaml
from jmespath.exceptions import JMESPathError

from mendbook.intake.problem import Problem, quoted
from mendbook.intake.reader import read_text
from mendbook.intake.shapes.yaml_audit import decode_yaml
from mendbook.model import MappedKey
from mendbook.text.closest import did_you_mean

FIELDS = {
    "id": "id",
    "title": "title",
    "severity": "severity",
    "dimension": "category",
    "file": "file",
    "line": "line",
    "endLine": "end_line",
    "function": "function",
    "problem": "problem",
    "evidence": "evidence",
    "impact": "impact",
    "fix": "fix",
    "hours": "effort",
    "status": "status",
    "repro": "repro",
    "rule": "rule",
}
"""Field of a map to the field that it fills."""
_KEYS = ("findings", "fields")
_SIMPLE = re.compile(r"[A-Za-z_]\w*\Z")
_HEAD = """\
# How Mendbook reads this audit; give it with --map. Each value is a JMESPath expression
# (https://jmespath.org): `findings` is asked of the document, the fields of each finding.
# Change what was understood wrongly, and delete what is not there.
"""


@dataclass(frozen=True, slots=True)
class FieldMap:
    """A map, checked: every field is known and every expression can be asked."""

    path: str
    fields: Mapping[str, str]
    findings: str = ""
    """Of the list of findings; empty where the findings are told as without a map."""


def read_map(path: Path) -> FieldMap:
    """Return the map at ``path``; raise ``InputError`` with the first thing wrong."""
    source = read_text(path)
    try:
        data = decode_yaml(source.text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise Problem(str(path), place, "not YAML", "correct it there").refusal() from error
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
        what = "not a map: `fields` with an expression for each field is needed"
        remedy = "write one with mendbook intake AUDIT --write-map map.yaml"
        raise Problem(str(path), "", what, remedy).refusal()
    for key in data:
        if key not in _KEYS:
            what = f"unknown key {quoted(str(key))}{did_you_mean(str(key), _KEYS)}"
            raise Problem(str(path), "", what, "remove it").refusal()
    fields = {str(name): said for name, said in data["fields"].items() if said not in (None, "")}
    for name, said in fields.items():
        if name not in FIELDS:
            what = f"no such field{did_you_mean(name, FIELDS)}; there are {', '.join(FIELDS)}"
            raise Problem(str(path), f"fields.{name}", what, "correct it").refusal()
        _check(path, f"fields.{name}", said)
    if not {"title", "problem"} & set(fields):
        what = "neither title nor problem is given, so no finding says what is wrong"
        raise Problem(str(path), "fields", what, "give one of them").refusal()
    findings = data.get("findings") or ""
    _check(path, "findings", findings or "@")
    return FieldMap(str(path), fields, str(findings))


def ask(expression: str, value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return what ``expression`` gives of ``value``; None where it cannot be asked of it."""
    try:
        return jmespath.search(expression, value)
    except JMESPathError:
        return None


def map_text(findings: str, mapped: Iterable[MappedKey], unknown: Iterable[MappedKey]) -> str:
    """Return the text of a map that says what was understood, and names the keys left over."""
    names = {field: name for name, field in FIELDS.items()}
    chosen: dict[str, list[MappedKey]] = {}
    rest = list(unknown)
    for one in mapped:
        name = names.get(one.field, one.field)
        if one.key.startswith("("):
            continue
        (chosen.setdefault(name, []) if name in FIELDS else rest).append(one)
    lines = [_HEAD.rstrip(), f"findings: {_scalar(findings)}", "fields:"]
    for name in FIELDS:
        keys = chosen.get(name, [])
        said = " || ".join(path_expression(one.key) for one in keys)
        example = f"  # {_comment(keys[0].example)}" if keys else ""
        lines.append(f"  {name}: {_scalar(said)}{example}")
    if rest:
        lines.append("# Keys that fill no field:")
        lines += [f"#   {path_expression(one.key)}  ({_comment(one.example)})" for one in rest]
    return "\n".join(lines) + "\n"


def path_expression(key: str) -> str:
    """Return the path ``locations[].line start`` as JMESPath: names with spaces are quoted."""
    parts = re.split(r"(\[\]|\.)", key)
    return "".join(
        part if part in {"[]", ".", "", "*"} or _SIMPLE.match(part) else _quoted(part)
        for part in parts
    )


def _check(path: Path, place: str, said: object) -> None:
    if not isinstance(said, str):
        what = f"{quoted(said)} is not an expression"
        raise Problem(str(path), place, what, "write it as text").refusal()
    try:
        jmespath.compile(said)
    except (JMESPathError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it cannot be read"
        remedy = "see https://jmespath.org; names with spaces stand in double quotes"
        raise Problem(str(path), place, f"not JMESPath ({reason})", remedy).refusal() from error


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _comment(text: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:60]
