"""Who reads a key of a settings file: properties, INI, YAML, TOML and environment files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from mendbook.code.test_files import is_test
from mendbook.code.trees import MODULE
from mendbook.model import (
    Declaration,
    Finding,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

PROVIDER = "settings"
_SETTINGS = {".properties", ".ini", ".yml", ".yaml", ".toml", ".env", ".example", ".conf", ".cfg"}
_CODE = re.compile(
    r"\.(?:py|go|rb|php|cs|java|kt|scala|rs|[cm]?[jt]sx?|ya?ml|properties|xml|sh|toml|ini|vue)$"
    r"|(?:^|/)(?:Dockerfile|Makefile|Procfile)[^/]*$"
)
_LINE = re.compile(
    r"^(?P<indent>\s*)(?:export\s+|-\s+)?[\"']?(?P<key>[A-Za-z_][\w.-]*)[\"']?\s*[:=](?!=)"
)
_DISTINCT = re.compile(r"[a-z][A-Z]|[_.-]")
"""Names of several words: no other code has them by chance."""
_MOST = 200
"""Readers that are listed; a key that stands in more places is a word."""


Around = Callable[[str, int], str]
"""Names the function around a line of a file; empty at the top level."""


def setting_row(finding: Finding, snapshot: Snapshot, around: Around) -> SymbolReferences | None:
    """Return the key of a settings file that the finding quotes, and each line that reads it.

    None where the finding is not about one key of such a file. Lines are found by how the key is
    spelled in code: quoted, as ``${key}``, behind ``process.env.`` and its like, and, where a
    section is bound to a type, as that type's field.
    """
    for place in finding.places:
        if not _is_settings(place.path) or place.path not in snapshot:
            continue
        spot = _key_at(snapshot.text(place.path), finding.evidence, place.line)
        if spot is None:
            continue
        key, line = spot
        readers = tuple(_readers(key, place.path, snapshot, around))[:_MOST]
        return SymbolReferences(
            key,
            SymbolStatus.RESOLVED,
            PROVIDER,
            declarations=(Declaration(place.path, line, line),),
            references=readers,
            reason="" if readers else "what reads it by a name that is put together is not found",
        )
    return None


def _is_settings(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.suffix in _SETTINGS or pure.name.startswith(".env")


def _key_at(text: str, evidence: str, line: int | None) -> tuple[str, int] | None:
    """Return the whole key of the quoted line, with the sections around it, and its line."""
    quoted = _LINE.match(evidence.strip())  # a secret's value is hidden by now: keys are compared
    lines = text.splitlines()
    rows = [(at, _LINE.match(row)) for at, row in enumerate(lines, 1)]
    fitting = [at for at, row in rows if quoted and row and row["key"] == quoted["key"]]
    at = min(fitting, key=lambda each: abs(each - (line or each)), default=None)
    match = _LINE.match(lines[at - 1]) if at is not None else None
    if at is None or match is None:
        return None
    parts, indent = [match["key"]], len(match["indent"])
    for row in reversed(lines[: at - 1]):
        outer = _LINE.match(row)
        if outer is not None and len(outer["indent"]) < indent and row.rstrip().endswith(":"):
            parts.insert(0, outer["key"])
            indent = len(outer["indent"])
    return ".".join(parts), at


def _readers(key: str, home: str, snapshot: Snapshot, around: Around) -> Iterator[Reference]:
    last = key.rpartition(".")[2]
    forms = [_quoted(key), rf"\$\{{\s*{re.escape(key)}\b"]
    if re.fullmatch(r"[A-Z][A-Z0-9_]*", last):
        forms += [rf"\b(?:env|environ|ENV|Env)\??\.{last}\b", rf"^\s+{last}\s*[:=]", _quoted(last)]
    elif _DISTINCT.search(last):
        forms.append(rf"(?<=\w)\.{re.escape(last)}\b(?!\()")
    asked = re.compile("|".join(f"(?:{form})" for form in forms))
    field = re.compile(rf"^\s+{re.escape(last.lower())}\s*:\s*\w")
    for path in snapshot.files:
        if path == home or not _CODE.search(path):
            continue
        text = snapshot.get(path) or ""
        if last not in text and last.lower() not in text:
            continue
        for number, row in enumerate(text.splitlines(), 1):
            bound = field.search(row) if "BaseSettings" in text else None
            match = asked.search(row) or bound
            if match is not None:
                inside = around(path, number) or MODULE
                at = match.start() + 1
                yield Reference(path, number, ReferenceKind.READ, inside, is_test(path), at)


def _quoted(key: str) -> str:
    return rf"[\"'`]{re.escape(key)}[\"'`]"
