"""Read an audit in YAML: decoded by the safe loader alone, then as any JSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from mendbook.intake.faults import MAX_DEPTH
from mendbook.intake.normalise import read_audit
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text
from mendbook.intake.redact import HINTS
from mendbook.intake.values import TooDeepError, clean
from mendbook.model import Audit


class _NoAliasLoader(yaml.SafeLoader):
    """Reads no alias: a few lines of them can stand for more than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; refuse an alias with its place."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
        return super().compose_node(parent, index)


def decode_yaml(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a YAML text as JSON has it; raise ``yaml.YAMLError`` when it is not."""
    return _plain(yaml.load(text, Loader=_NoAliasLoader), 0)  # noqa: S506 - a SafeLoader


def read_yaml(source: Text) -> Audit:
    """Return the audit that a YAML document holds."""
    return read_audit(yaml_document(source), "YAML")


def yaml_document(source: Text) -> Document:
    """Return the decoded YAML of ``source`` without its secrets; refuse what is not YAML."""
    try:
        data = decode_yaml(source.text)
        data, redactions = clean(data, HINTS)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or str(error)
        raise Problem(
            source.path, place, f"not YAML ({said})", "correct it there"
        ).refusal() from error
    except (RecursionError, TooDeepError) as error:
        what = f"nested more than {MAX_DEPTH} deep"
        raise Problem(source.path, "", what, "write it flatter").refusal() from error
    return Document(source.path, source.sha256, data, redactions)


def _plain(value: object, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    if depth > MAX_DEPTH:
        raise TooDeepError
    if isinstance(value, dict):
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
