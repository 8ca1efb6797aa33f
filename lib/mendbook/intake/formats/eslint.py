"""Read what ``eslint --format json`` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import NOTHING, Evidence, at, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root, plain
from mendbook.intake.texts import BOM, text_digest
from mendbook.model import Audit, Note, OfferedFix, Region, Severity

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_SEVERITIES = {2: Severity.MEDIUM, 1: Severity.LOW}


class _Fix(msgspec.Struct):
    range: tuple[int, int]
    text: str


class _Message(msgspec.Struct, rename="camel"):
    message: str
    rule_id: str | None = None
    severity: int = 1
    fatal: bool = False
    line: int | None = None
    end_line: int | None = None
    fix: _Fix | None = None


class _File(msgspec.Struct, rename="camel"):
    file_path: str
    messages: list[_Message]
    source: str | None = None


def eslint_evidence(data: object) -> Evidence:
    """Return how far ``data`` is ESLint's JSON: a list of files with messages, or with metadata."""
    needed, signs = ("filePath", "messages"), ("errorCount", "warningCount")
    with_metadata = by_keys(data, ("results", "metadata")) if _cwd(data) else NOTHING
    return best(
        (
            by_items(data, needed, signs),
            by_items(at(data, "results"), needed, signs),
            with_metadata,
        )
    )


def read_eslint(document: Document) -> Audit:
    """Return ESLint's messages as an audit, its fixes as offered fixes."""
    notes: list[Note] = []
    plain = isinstance(document.data, list)
    written = document.data if plain else document.data["results"]
    files = entries(written, _File, "" if plain else "results", notes)
    root = Root((file.file_path for file in files), at=_cwd(document.data))
    observations = [item for file in files for item in _observations(file, root, notes)]
    source = Source(
        document.path, document.sha256, "eslint", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, observations)


def _observations(file: _File, root: Root, notes: list[Note]) -> Iterator[Observation]:
    path = root.relative(file.file_path)
    lines = _LINE_END.split(file.source or "")
    for message in file.messages:
        yield Observation(
            tool="ESLint",
            rule=message.rule_id or ("parse-error" if message.fatal else "eslint"),
            path=path,
            written=plain(file.file_path) if _ABSOLUTE.match(plain(file.file_path)) else "",
            message=message.message,
            severity=Severity.HIGH
            if message.fatal
            else _SEVERITIES.get(message.severity, Severity.LOW),
            line=message.line,
            end_line=message.end_line,
            code=_code(lines, message),
            fix="Apply the fix that ESLint offers" if message.fix else "",
            fixes=_fixes(path, file.source, message, notes),
        )


def _cwd(data: object) -> str:
    """Return the folder that ESLint ran in, which ``json-with-metadata`` tells."""
    said = at(data, "metadata", "cwd")
    return said if isinstance(said, str) else ""


def _code(lines: list[str], message: _Message) -> str:
    first = (message.line or 0) - 1
    last = min(message.end_line or first + 1, first + 3)
    return "\n".join(lines[first:last]).strip() if 0 <= first < len(lines) else ""


def _fixes(
    path: str, source: str | None, message: _Message, notes: list[Note]
) -> tuple[OfferedFix, ...]:
    if message.fix is None:
        return ()
    if source is None:
        why = "the report lacks the file's text, without which the fix cannot be placed"
        notes.append(Note(f"{path}:{message.line}", f"fix of {message.rule_id}", "", why))
        return ()
    # ESLint counts without the byte order mark, which its source has
    start, end = (_position(source.removeprefix(BOM), offset) for offset in message.fix.range)
    region = Region(*start, *end, "characters")
    return (
        OfferedFix(
            path,
            -1,
            -1,
            message.fix.text,
            "ESLint",
            message.message,
            region,
            text_digest(source),
        ),
    )


def _position(text: str, units: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset in JavaScript's UTF-16 units.

    -1 is the byte order mark, and column 0.
    """
    if units < 0:
        return 1, 0
    before = text[:units]
    if not text.isascii():
        before = text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode(
            "utf-16-le", "ignore"
        )
    line = before.count("\n")
    return line + 1, len(before) - (before.rfind("\n") + 1) + 1
