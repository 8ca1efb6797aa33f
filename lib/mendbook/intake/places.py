"""Understand the ``file`` of a finding: files, directories and globs, with lines."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace

from mendbook.model import Place, PlaceKind

_SEPARATOR = re.compile(r"\s*[;\n]\s*|\s+(?:\+|&|and|→|->)\s+|,\s+(?=\D)|,(?=[^\d\s{}]*[./])")
_MISSING = re.compile(r"\s*\((?:missing|absent|not found|does not exist|none|new)\)\s*\Z", re.I)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*\Z")
_LINES = re.compile(
    r"""(?: \#L(\d+)(?:-L?(\d+))?
          | :(\d+)(?:\s*[-–]\s*(\d+)|(?:,\s*\d+)*(?:,\s*(\d+))|:\d+)?
          | ,?\s+lines?\s+(\d+)(?:\s*(?:[-–]|to)\s*(\d+))? )\Z""",
    re.VERBOSE | re.I,
)
_IN_WORDS = re.compile(
    r"lines?\s+(\d+)(?:\s*(?:[-–]|to)\s*(\d+))?|L?(\d+)(?:\s*[-–]\s*L?(\d+))?", re.I
)
_NOWHERE = re.compile(
    r"\W*(?:n/?a|none|unknown|various|multiple|several|all|many|global|general|tbd)?\W*\Z"
    r"|.*\b(?:multiple|various|several|all|entire|whole|across)\b.*",
    re.I,
)
_ABSOLUTE = re.compile(r"(?:/|~|[A-Za-z]:/|[A-Za-z][A-Za-z0-9+.-]*://)")
_BLOB = re.compile(r"https?://[^/\s]+/[^/\s]+/[^/\s]+/blob/[^/\s]+/(.+)")
_TOP_FOLDERS = {
    *("src", "lib", "app", "apps", "packages", "server", "client", "test", "tests", "spec", "e2e"),
    *("docs", "doc", "scripts", "config", "public", "bin", "tools", "bench", "benchmarks", "infra"),
    *("deploy", "docker", "k8s", "prisma", "migrations", "reports", "examples", ".github"),
}
_TOP_FILES = re.compile(
    r"package(?:-lock)?\.json|[\w.-]*config\.\w+|tsconfig[\w.-]*|Dockerfile.*|docker-compose.*"
    r"|Makefile|README.*|LICENSE.*|CHANGELOG.*|\.[\w.-]+|pnpm-.*|yarn\.lock"
)
_FOLDERS_WITH_DOT = {
    ".github",
    ".husky",
    ".vscode",
    ".circleci",
    ".idea",
    ".storybook",
    ".devcontainer",
}
_FILES_WITHOUT_SUFFIX = re.compile(
    r"(?:Dockerfile|Makefile|LICENSE|CODEOWNERS|Procfile|Jenkinsfile|README|CHANGELOG)\Z"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a field was understood as, and why that differs from what was written."""

    places: tuple[Place, ...]
    why: tuple[str, ...] = ()
    """One clause for each thing that was normalised; empty when it was a plain path."""


def read_places(written: str) -> Reading:
    """Return the places that ``written`` names; none, with the reason, when it names none.

    ``src/a.ts + sub/b.ts`` means ``src/sub/b.ts``: a path after the first that does not begin
    at the root is relative to the folder of the first.
    """
    text = written.strip().strip("`'\"").strip()
    if not text:
        return Reading(())
    if " " not in text.strip() and _plain(text):
        return Reading((Place(text, _kind(text)),))
    places: list[Place] = []
    why: list[str] = []
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    for part in parts:
        place, reasons = _read_one(part, places[0] if places else None)
        why.extend(reasons)
        if place is not None:
            places.append(place)
    if len(parts) > 1 and places:
        why.insert(0, f"{len(places)} places")
    return Reading(tuple(dict.fromkeys(places)), tuple(dict.fromkeys(why)))


def _plain(text: str) -> bool:
    return (
        re.fullmatch(r"[\w@.-]+(?:/[\w@.\[\]-]+)*", text) is not None
        and posixpath.normpath(text) == text
        and not text.startswith("..")
        and not _NOWHERE.match(text)
    )


def _read_one(part: str, first: Place | None) -> tuple[Place | None, list[str]]:
    text, why, missing = part.strip().strip("`'\""), [], False
    if match := _MISSING.search(text):
        text, missing = text[: match.start()], True
        why.append("the audit says that it does not exist")
    line, end = None, None
    if not missing and (match := _ASIDE.search(text)):
        line, end = _numbers(_IN_WORDS.fullmatch(match[1].strip()))
        text = text[: match.start()]
        if line is None:
            why.append(f"the remark ({match[1]}) is left aside")
    if match := _LINES.search(text):
        line, end = _numbers(match)
        text = text[: match.start()]
    if line is not None:
        why.append(f"line {line}" if end is None else f"lines {line} to {end}")
    path = text.strip().strip("`'\"")
    if (
        not re.search(r"[./*]", path)
        and _NOWHERE.match(path)
        and not _FILES_WITHOUT_SUFFIX.match(path)
    ):
        return None, [*why, f"no place is named by {part.strip()!r}"]
    place, reasons = _resolve(path, first)
    place = replace(place, line=line, end_line=end, said_missing=missing)
    return place, why + reasons


def _numbers(match: re.Match[str] | None) -> tuple[int | None, int | None]:
    found = [int(group[:9]) for group in match.groups() if group] if match else []
    if not found or min(found) < 1:
        return None, None
    return min(found), max(found) if len(found) > 1 else None


def _resolve(written: str, first: Place | None) -> tuple[Place, list[str]]:
    why: list[str] = []
    path = written.replace("\\", "/")
    if path != written:
        why.append("backslashes are read as slashes")
    if match := _BLOB.match(path):
        path = match[1]
        why.append("the path in the page's address")
    if _ABSOLUTE.match(path):
        return Place(path, PlaceKind.OUTSIDE), [*why, "outside the repository: not looked at"]
    if first is not None and first.kind is not PlaceKind.OUTSIDE and not _from_root(path, first):
        folder = first.path if first.kind is PlaceKind.DIRECTORY else posixpath.dirname(first.path)
        if folder:
            path = f"{folder.rstrip('/')}/{path}"
            why.append("relative to the first's folder")
    normal = posixpath.normpath(path) if path else "."
    if normal == ".." or normal.startswith("../"):
        return Place(path, PlaceKind.OUTSIDE), [*why, "outside the repository: not looked at"]
    kind = _kind(path)
    normal += "/" if kind is PlaceKind.DIRECTORY and path.endswith("/") else ""
    if normal != path:
        why.append("written as a plain path")
    return Place(normal, kind), why


def _from_root(path: str, first: Place) -> bool:
    head, _, rest = path.partition("/")
    if not rest:
        return _TOP_FILES.fullmatch(head) is not None
    return head in _TOP_FOLDERS or head == first.path.partition("/")[0] or path.startswith("./")


def _kind(path: str) -> PlaceKind:
    if re.search(r"[*?]|\{[^{}]*,[^{}]*\}", path):
        return PlaceKind.PATTERN
    last = path.rstrip("/").rpartition("/")[2]
    if path.endswith("/") or last in _FOLDERS_WITH_DOT or last in {"", ".", ".."}:
        return PlaceKind.DIRECTORY
    if "." in last or _FILES_WITHOUT_SUFFIX.match(last):
        return PlaceKind.FILE
    return PlaceKind.DIRECTORY
