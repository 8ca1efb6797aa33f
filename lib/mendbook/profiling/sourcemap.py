"""Read a source map (version 3): from a place in a built script to the line it was written on.

Format: https://tc39.es/ecma426/
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DIGITS = {
    char: value
    for value, char in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}

Segment = tuple[int, int, int]
"""Generated column, index of the source, line in the source; all 0-based."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The segments of each generated line, sorted by column, and the sources they point into."""

    sources: tuple[str, ...]
    lines: tuple[tuple[Segment, ...], ...]

    def original(self, line: int, column: int) -> tuple[str, int] | None:
        """Return source and 1-based line for a 0-based place; None where nothing is mapped."""
        if not 0 <= line < len(self.lines):
            return None
        segments = self.lines[line]
        index = bisect_right(segments, (column, len(self.sources), 0)) - 1
        if index < 0:
            return None
        _, source, original = segments[index]
        inside = 0 <= source < len(self.sources) and original >= 0
        return (self.sources[source], original + 1) if inside else None


def parse_source_map(data: Any) -> SourceMap:  # noqa: ANN401 - any JSON value
    """Return the map in ``data``; raise ``ValueError`` when it is not a map of version 3.

    Maps with sections are taken apart; names and the texts of the sources are not needed.
    """
    if not isinstance(data, Mapping) or data.get("version") != 3:
        message = "not a source map of version 3"
        raise ValueError(message)
    if isinstance(data.get("sections"), list):
        return _joined(data["sections"])
    sources, mappings = data.get("sources"), data.get("mappings")
    if not isinstance(sources, list) or not isinstance(mappings, str):
        message = "a source map without sources or mappings"
        raise ValueError(message)
    root = data.get("sourceRoot")
    prefix = f"{root.rstrip('/')}/" if isinstance(root, str) and root else ""
    return SourceMap(tuple(f"{prefix}{source or ''}" for source in sources), _lines(mappings))


def _joined(sections: list[Any]) -> SourceMap:
    """Return one map for an indexed one; a section starts on a line of its own or on a column."""
    sources: list[str] = []
    lines: list[tuple[Segment, ...]] = []
    for section in sections:
        try:
            part = parse_source_map(section["map"])
            line, column = int(section["offset"]["line"]), int(section["offset"]["column"])
        except (KeyError, TypeError) as error:
            message = "a section without map or offset"
            raise ValueError(message) from error
        if not 0 <= line <= len(lines) + 1_000_000:
            message = "a section far outside the script"
            raise ValueError(message)
        lines += [()] * (line + len(part.lines) - len(lines))
        for index, segments in enumerate(part.lines):
            shift = column if index == 0 else 0
            moved = ((at + shift, source + len(sources), row) for at, source, row in segments)
            lines[line + index] = (*lines[line + index], *moved)
        sources += part.sources
    return SourceMap(tuple(sources), tuple(lines))


def _lines(mappings: str) -> tuple[tuple[Segment, ...], ...]:
    source = row = 0
    lines: list[tuple[Segment, ...]] = []
    for text in mappings.split(";"):
        column = 0
        segments: list[Segment] = []
        for field in text.split(",") if text else ():
            values = _numbers(field)
            column += values[0]
            if len(values) >= 4:
                source += values[1]
                row += values[2]
                segments.append((column, source, row))
        lines.append(tuple(sorted(segments)))
    return tuple(lines)


def _numbers(field: str) -> list[int]:
    """Return the numbers of a base-64 VLQ field; the lowest bit of each is its sign."""
    numbers: list[int] = []
    value = shift = 0
    for char in field:
        digit = _DIGITS.get(char)
        if digit is None or shift > 60:
            message = f"{char!r} in its mappings"
            raise ValueError(message)
        value += (digit & 31) << shift
        shift += 5
        if not digit & 32:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    if shift or not numbers:
        message = "mappings that end too early"
        raise ValueError(message)
    return numbers
