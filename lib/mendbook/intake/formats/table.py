"""The input formats that an audit can be made from; a new one is a file and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.intake.formats.depcheck import is_depcheck, read_depcheck
from mendbook.intake.formats.eslint import is_eslint, read_eslint
from mendbook.intake.formats.knip import is_knip, read_knip
from mendbook.intake.formats.npm_audit import is_npm_audit, read_npm_audit
from mendbook.intake.formats.sarif import is_sarif, read_sarif
from mendbook.intake.formats.ts_prune import is_ts_prune, read_ts_prune
from mendbook.intake.normalise import read_audit
from mendbook.intake.reader import Document, Text
from mendbook.model import Audit


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """A format in JSON: how its content is told from the others', and how it is read."""

    name: str
    recognise: Callable[[object], bool]
    read: Callable[[Document], Audit]


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format that is not JSON."""

    name: str
    recognise: Callable[[str], bool]
    read: Callable[[Text], Audit]


def is_audit(data: object) -> bool:
    """Tell whether ``data`` has findings, as an audit in our own schema does."""
    return isinstance(data, dict) and "findings" in data


AUDIT = JsonFormat("audit", is_audit, read_audit)

JSON_FORMATS: tuple[JsonFormat, ...] = (
    AUDIT,
    JsonFormat("sarif", is_sarif, read_sarif),
    JsonFormat("eslint", is_eslint, read_eslint),
    JsonFormat("knip", is_knip, read_knip),
    JsonFormat("depcheck", is_depcheck, read_depcheck),
    JsonFormat("npm-audit", is_npm_audit, read_npm_audit),
)

TEXT_FORMATS: tuple[TextFormat, ...] = (TextFormat("ts-prune", is_ts_prune, read_ts_prune),)


def json_format(data: object) -> JsonFormat:
    """Return the format of ``data``; our own when it is none, so that its faults can be said."""
    return next((known for known in JSON_FORMATS if known.recognise(data)), AUDIT)


def text_format(text: str) -> TextFormat | None:
    """Return the format of ``text`` that is not JSON, or None."""
    return next((known for known in TEXT_FORMATS if known.recognise(text)), None)
