"""Understand the ``file`` of a finding: files, directories and globs, with lines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mendbook.intake.shapes.looks import PATH_IN_TEXT, bare_path, is_path
from mendbook.model import Place, PlaceKind

_SEPARATOR = re.compile(
    r"\s*[;\n→·]\s*|\s+(?:\+|&|and|und|et|y|vs\.?|versus|->|\|)\s+|,\s+(?!lines?\s|zeilen?\s|lignes?\s|l[ií]neas?\s|L\d)(?=\D)|,(?=[^\d\s{}()]*[./])|、|，"
)
_COLUMN = re.compile(r"\((\d{1,7}),\s?\d{1,7}(?:,\s?\d+){0,2}\)\Z")
_LEADING = re.compile(
    r"\A(?:[-*•]\s+)?(?:(?:the\s+)?(?:files?|paths?|location|datei|fichier|archivo|文件)\s*[:：=]\s*(?!/)|(?:in|at|see|from)\s+)+",
    re.I,
)
_MISSING = re.compile(r"\s*\((?:missing|absent|not found|does not exist|none|new)\)\s*\Z", re.I)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*\Z")
_RANGE = r"[~≈]?\s?L?\d+(?:\s*(?:[-–]|to)\s*L?\d+)?"
_LINES = re.compile(
    rf"(?:\#(L\d+(?:-L?\d+)?)|:({_RANGE}(?:\s*,\s*{_RANGE})*)(?::\d+)?"
    rf"|,?\s+(?:lines?|zeilen?|lignes?|l[ií]neas?)\s+({_RANGE}(?:\s*,\s*{_RANGE})*))\Z",
    re.I,
)
_LINES_ASIDE = re.compile(
    rf"(?:at\s+|(?:lines?|zeilen?|lignes?)\s+)?({_RANGE}(?:\s*(?:,|and|&)\s*{_RANGE})*)", re.I
)
_AND = r"(?:,|&|(?!to\b)\b[^\W\d_]{1,3}\b)"
"""What joins numbers of lines: a sign, or a short word of any language but that of a range."""
_LINES_WORDED = re.compile(rf"[^\W\d_]{{1,12}}\.?\s+({_RANGE}(?:\s*{_AND}\s*{_RANGE})*)")
"""A word of any language before numbers, in brackets behind a path: ``(riadok 63–69)``."""
_END = re.compile(r"(?<=`)(?:[.;,]|（[^（）]*）)\Z")
"""What ends the sentence behind a path in back ticks, or a remark in wide brackets."""
_LINES_WITHIN = re.compile(
    rf"\b(?:lines?|zeilen?|lignes?|l[ií]neas?)\s+({_RANGE}(?:\s*(?:,|and|&)\s*{_RANGE})*)", re.I
)
_DECLARED_IN = re.compile(
    r"[,;]\s*(?:(?:the|die|la|le|el)\s+)?(?:functions?|func|methods?|class(?:es)?|handlers?|hooks?"
    r"|components?|structs?|types?|interfaces?|constructor|fonction|funktion|funci[oó]n)\s+"
    r"`?[\w$]+(?:(?:\.|::|\#)[\w$]+)*(?:\(\))?`?(?=\s*(?:[,;]|\Z))",
    re.I,
)
"""What stands in the file, told behind it: ``gate.go, function Open``."""
_NAME_BEHIND = re.compile(
    r"(?P<path>[^\s:]{2,}\.\w{1,8}):{1,2}[A-Za-z_$][\w$]*(?:(?:\.|::|\#|/)[A-Za-z_$][\w$]*)*(?:\(\))?"
)
"""A path and the name of what stands in it: ``gate.go:openGate``."""
_NOTHING = re.compile(
    r"\W*(?:n/?a|none|unknown|global|general|tbd|everywhere|project|codebase|repo(?:sitory)?)?\W*",
    re.I,
)
_IN_WORDS = re.compile(
    r"[^./*\\]*\b(?:multiple|various|several|all|entire|whole|across)\b[^./*\\]*", re.I
)
_FILES_NAMED = re.compile(r"[^./*\\()`]+\(([^()]+)\)")
"""Words with the paths they mean in brackets: ``several files (price.ts, total.ts)``."""
_PROSE = re.compile(
    r"\A(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s|\S\s+\S+\s+\S|[\u3040-\u30ff\u3400-\u9fff]"
)
"""A route, or words of which none is a path."""
_FOLDER_MARKED = re.compile(r"`((?:[\w@.-]+/)+[\w@.*-]*)(?:`|\Z)")
"""A folder in back ticks inside a sentence; those at its end are gone already."""
_ABSOLUTE = re.compile(r"(?:/|~|[A-Za-z]:/|[A-Za-z][A-Za-z0-9+.-]*://)")
_WHOLE_ABSOLUTE = re.compile(
    r"(?:[A-Za-z]:[\\/]|/(?=[\w ]+/))(?:[^\\/:*?\"<>|`,;]+[\\/])+[^\\/\s]+"
)
"""A path from the root of a disk, in whose folders words may stand apart."""
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
_DOT_FOLDERS = {".github", ".husky", ".vscode", ".circleci", ".storybook", ".devcontainer"}
_FILES_WITHOUT_SUFFIX = re.compile(
    r"(?:Dockerfile|Makefile|LICENSE|CODEOWNERS|Procfile|Jenkinsfile|README|CHANGELOG)\Z"
)


_LONGEST = 1000
"""Characters; keeps hostile text from costing more than linear time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a field was understood as, and why that differs from what was written."""

    places: tuple[Place, ...]
    normalised: tuple[str, ...] = ()
    """One clause for each thing that was normalised; empty where all are plain paths."""

    @property
    def why(self) -> tuple[str, ...]:
        """Every clause that says why this differs from what was written."""
        several = (f"{len(self.places)} places",) if len(self.places) > 1 else ()
        return (*several, *self.normalised)


def read_places(written: str) -> Reading:
    """Return the places that ``written`` names; none, with the reason, when it names none.

    ``src/a.ts + sub/b.ts`` means ``src/sub/b.ts``: a path after the first that does not begin
    at the root is relative to the folder of the first.
    """
    text = _END.sub("", written.strip()).strip("`'\"").strip()
    if len(text) > _LONGEST:
        return Reading((), ("too long to be a path",))
    places: list[Place] = []
    why: list[str] = []
    if len(text) > len(alone := _DECLARED_IN.sub("", text)):
        text = alone
        why.append("what is named behind the path stands in it")
    within = _FILES_NAMED.fullmatch(text)
    if within and all(is_path(one) for one in within[1].split(",")):
        text = within[1]
        why.append("the words around the paths are left aside")
    for part in _parts(text):
        part_places, reasons = _read_one(part.strip().strip("`'\""), places[0] if places else None)
        why += reasons
        places += part_places
    once = tuple(dict.fromkeys(places))
    if len(once) < len(places):
        why.append("a place that is named twice")
    return Reading(once, tuple(dict.fromkeys(why)))


def _parts(text: str) -> Iterator[str]:
    """Yield the paths that separators part, but for those inside brackets."""
    start, closed = 0, text.count("(") == text.count(")")
    for match in _SEPARATOR.finditer(text):
        before = text[: match.start()]
        if closed and before.count("(") > before.count(")") and "\n" not in match.group():
            continue
        if text[start : match.start()].strip():
            yield text[start : match.start()]
        start = match.end()
    if text[start:].strip():
        yield text[start:]


def _read_one(part: str, first: Place | None) -> tuple[list[Place], list[str]]:
    path, missing, why = part, False, []
    spans: list[tuple[int, int | None]] = []
    if match := _MISSING.search(path):
        path, missing = path[: match.start()], True
        why.append("the audit says that it does not exist")
    elif match := _COLUMN.search(path):
        path, spans = path[: match.start()], _spans(match[1])
    elif match := _ASIDE.search(path):
        path = path[: match.start()]
        said = match[1].strip()
        if lines := (
            _LINES_ASIDE.fullmatch(said)
            or _LINES_WORDED.fullmatch(said)
            or _LINES_WITHIN.search(said)
        ):
            spans = _spans(lines[1])
        else:
            why.append(f"the remark ({match[1]}) is left aside")
    if match := _LINES.search(path):
        path = path[: match.start()]
        spans = _spans(next(group for group in match.groups() if group))
        why += [] if spans else ["lines count from 1"]
    path, reasons = _bare(_plain(path))
    why += reasons
    if (match := _NAME_BEHIND.fullmatch(path)) and is_path(match["path"]):
        path = match["path"]
        why.append("what is named behind the path stands in it")
    if match := _LINES.search(path):
        own = _spans(next(filter(None, match.groups())))
        path, spans = path[: match.start()], [*own, *(span for span in spans if span not in own)]
    apart = first is not None and " " in path and not is_path(path)
    if not path or apart or _names_nothing(path):
        return [], [*why, f"no place is named by {part!r}"]
    place, reasons = _resolve(path, first)
    place = replace(place, said_missing=missing)
    places = [replace(place, line=line, end_line=end) for line, end in spans] or [place]
    why += [f"line {line}" if end is None else f"lines {line} to {end}" for line, end in spans]
    return places, why + reasons


def _plain(path: str) -> str:
    text = path.strip().strip("`'\"").strip()
    return text[2:-2] if text.startswith("**") and text.endswith("**") and len(text) > 4 else text


def _bare(path: str) -> tuple[str, list[str]]:
    """Return ``path`` without the words around it, and that they were left aside."""
    plain = _LEADING.sub("", path, count=1).strip("`'\"")
    if " " not in plain:
        return plain, [] if plain == path else ["the word before it is left aside"]
    inside = PATH_IN_TEXT.search(plain)
    if inside is not None and _WHOLE_ABSOLUTE.fullmatch(plain):
        return plain, []
    folder = _FOLDER_MARKED.search(path)
    if inside is None and folder is not None and not is_path(plain):
        return folder[1], ["the words around the path are left aside"]
    if inside is None and not is_path(plain) and _PROSE.search(plain):
        return "", []
    if inside is None or _IN_WORDS.fullmatch(plain) or inside.group() == plain:
        return plain, []
    reference = bare_path(inside.group())
    behind = plain[inside.end() :]
    if _LINES.search(reference) is None and PATH_IN_TEXT.search(behind) is None:
        said = _LINES_WITHIN.search(behind)
        reference += f":{said[1]}" if said else ""
    return reference, ["the words around the path are left aside"]


def _spans(written: str) -> list[tuple[int, int | None]]:
    spans: list[tuple[int, int | None]] = []
    for item in re.split(rf"\s*{_AND}\s*", written):
        numbers = sorted(int(digits[:9]) for digits in re.findall(r"\d+", item))
        if numbers and numbers[0] > 0:
            spans.append((numbers[0], numbers[-1] if numbers[-1] > numbers[0] else None))
    return spans


def _names_nothing(path: str) -> bool:
    if re.fullmatch(r"[~≈><]?\d+\+?(?:\s+[^\W\d_]+){1,3}", path):
        return True  # how many there are: ``10 files``
    unspaced = re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+", path) is not None
    part = re.fullmatch(r"[A-Z][a-z]+|[A-Z]+", path) and not _FILES_WITHOUT_SUFFIX.match(path)
    return unspaced or bool(part) or any(one.fullmatch(path) for one in (_NOTHING, _IN_WORDS))


def _resolve(written: str, first: Place | None) -> tuple[Place, list[str]]:
    why: list[str] = []
    alone = ""
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
            alone = posixpath.normpath(path)
            path = f"{folder.rstrip('/')}/{path}"
            why.append("relative to the first's folder")
    normal = posixpath.normpath(path) if path else "."
    if normal == ".." or normal.startswith("../"):
        return Place(path, PlaceKind.OUTSIDE), [*why, "outside the repository: not looked at"]
    kind = _kind(path)
    normal += "/" if kind is PlaceKind.DIRECTORY and path.endswith("/") else ""
    if normal != path:
        why.append("written as a plain path")
    return Place(normal, kind, written="" if alone == normal else alone), why


def _from_root(path: str, first: Place) -> bool:
    head, _, rest = path.partition("/")
    if not rest:
        return _TOP_FILES.fullmatch(head) is not None
    return head in _TOP_FOLDERS or head == first.path.partition("/")[0] or path.startswith("./")


def _kind(path: str) -> PlaceKind:
    if re.search(r"[*?]|\{[^{}]*,[^{}]*\}", path):
        return PlaceKind.PATTERN
    last = path.rstrip("/").rpartition("/")[2]
    if path.endswith("/") or last in _DOT_FOLDERS or last in {"", ".", ".."}:
        return PlaceKind.DIRECTORY
    if "." in last or _FILES_WITHOUT_SUFFIX.match(last):
        return PlaceKind.FILE
    return PlaceKind.DIRECTORY
