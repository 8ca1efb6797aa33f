"""Load measurements, whatever their format, into one set of profiles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode, read_bytes, text_of
from mendbook.model import CoveredFile, Profiles
from mendbook.profiling.formats import BINARY_FORMATS, FORMATS, BinaryFormat, Format
from mendbook.repository.snapshot import Snapshot

_TABLE = re.compile(r"[^\n{#]+(?:,[^\n,{]+){2,}\n")
"""A first line with names between commas; Prometheus' text has none."""


def load_profiles(paths: Sequence[Path], snapshot: Snapshot) -> Profiles:
    """Read the measurements at ``paths`` and join them to the files of ``snapshot``.

    A format is known by the end of the file's name, else by its keys. Raises ``InputError`` for
    the first file that cannot be read or is of none of the ``FORMATS``.
    """
    read = [_read(path, snapshot) for path in paths]
    return Profiles(
        functions=tuple(one for profiles in read for one in profiles.functions),
        measurements=tuple(one for profiles in read for one in profiles.measurements),
        sources=tuple(one for profiles in read for one in profiles.sources),
        not_run=tuple(one for profiles in read for one in profiles.not_run),
        files=tuple(one for profiles in read for one in profiles.files),
    )


def load_coverage(paths: Sequence[Path], snapshot: Snapshot) -> tuple[CoveredFile, ...]:
    """Return which lines of the files of ``snapshot`` ran, by those of ``paths`` that tell."""
    files: list[CoveredFile] = []
    for path in paths:
        raw = read_bytes(path)
        if _binary(path, raw) is None:
            text = text_of(path, raw)
            lines = _format(text).lines
            files += lines(text, snapshot) if lines is not None else ()
    return tuple(files)


def _read(path: Path, snapshot: Snapshot) -> Profiles:
    raw = read_bytes(path)
    binary = _binary(path, raw)
    if binary is not None:
        return binary.read(str(path), raw, snapshot)
    text = text_of(path, raw)
    return _format(text).read(text, snapshot)


def _binary(path: Path, raw: bytes) -> BinaryFormat | None:
    name = path.name.lower()
    known = (
        each
        for each in BINARY_FORMATS
        if name.endswith(each.suffixes) or raw.startswith(each.begins)
    )
    return next(known, None)


def _format(text: Text) -> Format:
    name = Path(text.path).name.lower()
    for known in FORMATS:
        if name.endswith(known.suffixes):
            return known
    if not text.text.lstrip().startswith("{"):
        begun = (each for each in FORMATS if each.begins and text.text.startswith(each.begins))
        if (first := next(begun, None)) is not None:
            return first
        if _TABLE.match(text.text):
            what, remedy = "a table of no measurement that is known", "give Locust's NAME_stats.csv"
            raise Problem(text.path, "", what, f"{remedy}, or what JMeter saves").refusal()
        return next(each for each in FORMATS if not each.keys and not each.begins)
    data = decode(text).data
    for known in FORMATS:
        if known.keys and isinstance(data, Mapping) and set(known.keys) <= set(data):
            return known
    every = [each.name for each in FORMATS] + [each.name for each in BINARY_FORMATS]
    names = ", ".join(dict.fromkeys(every))
    raise Problem(text.path, "", "no measurement that is known", f"give one of: {names}").refusal()
