"""Put together the places of one finding: its paths, its lines, and paths inside its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.intake.places import Reading, read_places
from mendbook.intake.shapes.cells import Cell
from mendbook.intake.shapes.looks import (
    PATH_IN_TEXT,
    bare_path,
    is_lines,
    is_path,
    names_file,
    whole_number,
)
from mendbook.model import Place, PlaceKind

Span = tuple[int, int | None]
_MOST = 12
"""Places taken out of a finding's sentences."""
_LINES_SAID = re.compile(
    r"(?:\b(?:lines?|zeilen?|lignes?|l[ií]neas?|linhas?|righe?|regels?)|第"
    r"|\bL(?=\d))\s*[:#]?\s*[~≈]?\s*L?(\d{1,6})"
    r"(?:\s*(?:[-–—~]|to|bis|à|至|到)\s*L?(\d{1,6}))?",
    re.I,
)


_ROWS_BEHIND = re.compile(
    r"[`\s,，(（]*(?P<told>第)?(?:约|大约|～|~)?\s*(?P<lines>\d{1,6}(?:\s*[-–~至到、,，/]\s*\d{1,6})*)\s*行(?![数代])"
)
"""Numbers of lines before the word for them, behind a path: ``约 12、30 行``."""


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a finding, and why they differ from what was written."""

    places: tuple[Place, ...] = ()
    why: tuple[str, ...] = ()
    written: str = ""
    """The paths as they were written."""
    lines: tuple[Span, ...] = ()
    """Lines that stand beside no path: the path is elsewhere in the finding."""


@dataclass(slots=True)
class _Unit:
    files: list[str] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    end: int | None = None


def find_places(
    files: Sequence[Cell], lines: Sequence[Cell], ends: Sequence[Cell], outer: str
) -> Where:
    """Return the places that cells of paths, lines and last lines give together.

    ``outer`` is the path that stands around the finding. An item of a list is a path of its own.
    """
    units: dict[str, _Unit] = {}
    for cell in files:
        unit = units.setdefault(cell.unit, _Unit())
        for text in _texts(cell.value):
            text = re.sub(r"(?:,?\s*(?:…|\.{3}))+(?=`?\Z)", "", text)
            text = with_rows(re.sub(r"(?<=[:\d]\d)\.\Z", "", _without_remark(text)))
            said = next(_lines_said(text), None)
            if said and not is_path(text) and (not names_file(text) or _own_line(text, unit)):
                unit.lines.append(said)
            elif is_lines(text) and len(files) > 1:
                unit.lines += read_lines(text)
            else:
                unit.files.append(text)
    for cell in lines:
        units.setdefault(cell.unit, _Unit()).lines += read_lines(cell.value)
    for cell in ends:
        units.setdefault(cell.unit, _Unit()).end = whole_number(_first(cell.value))
    row = units.setdefault("", _Unit())
    written = [text for unit in units.values() for text in unit.files]
    if not written and outer:
        row.files.append(outer)
    places: list[Place] = []
    why: list[str] = []
    paths = row.files or next((unit.files for unit in units.values() if unit.files), [])
    for unit in units.values():
        unit_places = _unit_places(unit, paths[:1], why)
        places += unit_places if unit is not row or unit.files else []
    if outer:
        places = [_in_outer(place, outer, why) for place in places]
    listed = dict.fromkeys(places)
    if len(listed) > 1:
        why.insert(0, f"{len(listed)} places")
    alone = () if listed else tuple(span for unit in units.values() for span in unit.lines)
    return Where(tuple(listed), tuple(dict.fromkeys(why)), _shown(written, outer), alone)


def _without_remark(text: str) -> str:
    """Return a path without the words that a wide colon opens: ``dock.rs：`moor` ``."""
    path, colon, _ = text.partition("：")
    return path if colon and names_file(path) else text


def with_rows(text: str) -> str:
    """Return a path with the lines that stand behind it before the word for them."""
    path = PATH_IN_TEXT.search(text)
    behind = _ROWS_BEHIND.fullmatch(text.rstrip("` "), path.end()) if path else None
    if path is None or behind is None or not is_path(path.group()):
        return text
    return f"{path.group()}:{re.sub(r'[、，/]', ',', behind['lines'])}"


def _own_line(text: str, unit: _Unit) -> bool:
    """Tell whether words beside a path give its lines before they name any other file."""
    line, other = _LINES_SAID.search(text), PATH_IN_TEXT.search(text)
    before = line is not None and (other is None or line.start() < other.start())
    return before and any(is_path(one) for one in unit.files)


def _shown(written: list[str], outer: str) -> str:
    return "\n".join(dict.fromkeys(written)) or outer


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [str(item) for item in items if item not in (None, "")]


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _unit_places(unit: _Unit, fallback: list[str], why: list[str]) -> list[Place]:
    spans = unit.lines
    if unit.end and len(spans) == 1 and spans[0][1] is None and unit.end > spans[0][0]:
        spans = [(spans[0][0], unit.end)]
    places: list[Place] = []
    for text in unit.files or (fallback if spans else []):
        reading = read_places(text)
        why += reading.normalised
        places += reading.places
    if not spans or not places or any(place.line for place in places):
        return places
    why += [f"line {a}" if b is None else f"lines {a} to {b}" for a, b in spans]
    first, *rest = places
    return [*(replace(first, line=a, end_line=b) for a, b in spans), *rest]


def _in_outer(place: Place, outer: str, why: list[str]) -> Place:
    """Return ``place`` with its whole path where ``outer`` ends with what it gives of it."""
    whole = next(iter(read_places(outer).places), None)
    if whole and whole.path != place.path and whole.path.endswith(f"/{place.path}"):
        why.append("the path is completed by what stands around it")
        return replace(place, path=whole.path)
    return place


def read_lines(value: Any) -> list[Span]:  # noqa: ANN401 - any JSON value
    """Return the ranges of lines that ``value`` gives: ``3``, ``"12-30, 45"``, ``[3, 4]``."""
    if isinstance(value, list):
        numbers = [whole_number(item) for item in value]
        if len(numbers) == 2 and numbers[0] and numbers[1] and numbers[0] <= numbers[1]:
            return [(numbers[0], numbers[1] if numbers[1] > numbers[0] else None)]
        return [span for item in value for span in read_lines(item)]
    if (number := whole_number(value)) is not None:
        return [(number, None)]
    if not isinstance(value, str):
        return []
    spans: list[Span] = []
    for first, last in re.findall(
        r"(\d{1,7})(?:\s*(?:[-–—:~]|to|bis|\.\.+|至|à)\s*L?(\d{1,7}))?", value
    ):
        start, end = int(first), int(last or 0)
        if start > 0:
            spans.append((start, end if end > start else None))
    return spans


def with_said(where: Where, texts: Iterable[str], evidence: str, fix: str = "") -> Where:
    """Return ``where`` with the lines and paths that stand inside the finding's sentences.

    A path with a line in the ``fix`` is the place of a finding that names no other.
    """
    said = list(texts)
    said_places = [
        *_in_text(evidence),
        *(place for text in said for place in _in_text(text, prose=True)),
    ]
    places, why = list(where.places), list(where.why)
    if not places:
        chosen = [*(p for text in said for p in _in_text(text, prose=True)), *_in_text(evidence)]
        placed = [place for place in chosen if place.line] or chosen[:1]
        placed = placed or [place for place in _in_text(fix) if place.line][:1]
        if placed:
            why.append("the path stands in a sentence")
        places = placed
    if where.lines and places and places[0].line is None:
        first, *rest = places
        places = [*(replace(first, line=a, end_line=b) for a, b in where.lines), *rest]
    for index, place in enumerate(places):
        if place.line is None:
            line = next(
                (one for one in said_places if one.line and _same(one.path, place.path)), None
            )
            if line is not None:
                places[index] = replace(place, line=line.line, end_line=line.end_line)
                why.append("the line stands in a sentence")
    if places and places[0].line is None and places[0].kind is PlaceKind.FILE:
        span = next((s for text in said for s in _lines_said(text)), None)
        if span is not None:
            places[0] = replace(places[0], line=span[0], end_line=span[1])
            why.append("the line stands in a sentence")
    places = [_whole(place, said_places) for place in places]
    known = {place.path for place in places}
    for place in [one for one in said_places if one.line][:_MOST]:
        if place.path not in known and not any(_same(place.path, path) for path in known):
            places.append(place)
    return Where(tuple(dict.fromkeys(places)), tuple(dict.fromkeys(why)), where.written)


def _whole(place: Place, said_places: Sequence[Place]) -> Place:
    """Return ``place`` with the longer path that the sentences give of the same file."""
    if "/" in place.path:
        return place
    if place.path.startswith(".") and any(one.path == place.path for one in said_places):
        return place  # ``.env`` beside ``gate/.env``: both are named
    longer = {one.path for one in said_places if one.path.endswith(f"/{place.path}")}
    return replace(place, path=longer.pop()) if len(longer) == 1 else place


def _same(short: str, whole: str) -> bool:
    return whole == short or whole.endswith(f"/{short}") or short.endswith(f"/{whole}")


def _in_text(text: str, *, prose: bool = False) -> Iterator[Place]:
    for match in PATH_IN_TEXT.finditer(text[:20_000]):
        written = bare_path(match.group())
        lined = re.search(r":\d|\(\d|#L?\d", written)
        heads = _HEADS_COMMENT.search(text, 0, match.start()) is not None and _is_source(written)
        told = _alone(match) or heads or (prose and _is_source(written))
        if "/" not in written and not lined and not told:
            continue
        rest = text[match.end() :].partition("\n")[0]
        near = _LINES_SAID.match(rest.lstrip("`,( ")) is not None
        span = next(_lines_said(rest), None) if (heads or near) and not lined else None
        rows = _ROWS_BEHIND.match(rest) if span is None and not lined else None
        if rows is not None and (rows["told"] or not rows["lines"].isdigit()):
            span = next(iter(read_lines(rows["lines"])), None)
        reading: Reading = read_places(written)
        for place in reading.places:
            if place.kind is PlaceKind.FILE:
                yield replace(place, line=span[0], end_line=span[1]) if span else place


_HEADS_COMMENT = re.compile(r"(?:\A|\n)[ \t]*(?://|#|--|/\*+|<!--|;)[ \t]*\Z")
"""A comment that opens, before the name of the file from which quoted code is."""


_SOURCE = re.compile(
    r"[\w-]{3,}\.(?:py|pyi|rs|go|java|kts?|tsx?|[cm]?jsx?|vue|svelte|rb|php|cs|cpp|hpp|swift|dart"
    r"|scala|exs?|sol|tf|sql|ya?ml|toml|ipynb|gradle|csproj|prisma|proto|sh)"
)
"""A bare name of a file, and no attribute."""
_PRODUCTS = {
    *(
        "node",
        "next",
        "nuxt",
        "vue",
        "react",
        "preact",
        "nest",
        "express",
        "three",
        "chart",
        "ember",
    ),
    *(
        "backbone",
        "knockout",
        "moment",
        "discord",
        "electron",
        "alpine",
        "solid",
        "svelte",
        "angular",
    ),
    *(
        "meteor",
        "socket",
        "fastify",
        "hapi",
        "koa",
        "sails",
        "marko",
        "lit",
        "qwik",
        "astro",
        "remix",
    ),
    *(
        "gatsby",
        "babylon",
        "phaser",
        "pixi",
        "paper",
        "konva",
        "anime",
        "hammer",
        "leaflet",
        "video",
    ),
    *(
        "hls",
        "dash",
        "highlight",
        "prism",
        "underscore",
        "lodash",
        "require",
        "handlebars",
        "mustache",
    ),
    *("ethers", "web3", "bignumber", "crypto", "brain", "ml5", "tensorflow", "plotly", "cytoscape"),
}
"""Products that are called by a name with ``.js``: without back ticks these are no files."""


def _is_source(written: str) -> bool:
    """Tell whether a bare name in a sentence is a file's, and no product's: ``Node.js``."""
    name = written.rpartition(".")[0].lower()
    product = written.lower().endswith(".js") and name in _PRODUCTS
    return _SOURCE.fullmatch(written) is not None and not product


def _alone(match: re.Match[str]) -> bool:
    """Tell whether a bare file name stands in back ticks, as a person marks a file."""
    text = match.string
    return (
        text[match.start() - 1 : match.start()] == "`"
        and text[match.end() : match.end() + 1] == "`"
    )


def _lines_said(text: str) -> Iterator[Span]:
    for match in _LINES_SAID.finditer(text[:2000]):
        start, end = int(match[1]), int(match[2] or 0)
        if start:
            yield start, end if end > start else None
