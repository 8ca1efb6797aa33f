"""Read pprof, which Go's ``runtime/pprof`` and many other profilers write.

Format: https://github.com/google/pprof/blob/main/proto/profile.proto
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.intake.problem import Problem
from mendbook.model import Profiles
from mendbook.profiling.frame import ANONYMOUS
from mendbook.profiling.stacks import Homes, Place, file_heat, function_heat, sentence, summed
from mendbook.repository.snapshot import Snapshot

_LARGEST = 200_000_000
_TIMES = {"nanoseconds": 1e-6, "microseconds": 1e-3, "milliseconds": 1.0, "seconds": 1000.0}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
Message = dict[int, list[int | bytes]]
"""Field number to the values that it has, in order."""


@dataclass(slots=True)
class _Profile:
    strings: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """What each value of a sample counts: ``samples``, ``cpu``, ``alloc_space`` …"""
    units: list[str] = field(default_factory=list)
    places: dict[int, list[Place]] = field(default_factory=dict)
    """Location to its functions, the outermost of those inlined there first."""
    samples: list[tuple[list[int], list[int]]] = field(default_factory=list)
    """Locations, innermost first, and values."""


def read_pprof(path: str, raw: bytes, snapshot: Snapshot) -> Profiles:
    """Return own and total time by function and by file of the repository; ``InputError``.

    Of several values the last that is a time counts, as pprof shows it; where none is, the last
    one, whose shares are then those of bytes or counts.
    """
    name = Path(path).name
    try:
        profile = _read(_unpacked(raw))
        column, scale = _column(profile.units)
        stacks = [
            (
                [place for at in reversed(locations) for place in profile.places.get(at, [])],
                values[column] * scale,
            )
            for locations, values in profile.samples
        ]
    except (ValueError, IndexError, KeyError, TypeError, OSError, zlib.error, EOFError) as error:
        what = "no profile in pprof's format"
        raise Problem(path, "", what, "save it as pprof does, gzipped").refusal() from error
    functions, files, whole = summed(stacks, Homes(snapshot))
    return Profiles(
        functions=function_heat(functions, whole, name),
        files=file_heat(files, whole, name),
        sources=(sentence(name, "pprof", whole, files, _amount(profile)),),
    )


def _amount(profile: _Profile) -> str:
    """Return how many samples were taken, where the profile counts them; else how many stacks."""
    counted = [at for at, kind in enumerate(profile.kinds) if kind in {"sample", "samples"}]
    if not counted:
        stacks = len(profile.samples)
        return f"{stacks:,} {'stack' if stacks == 1 else 'stacks'}"
    return f"{sum(values[counted[0]] for _, values in profile.samples):,} samples"


def _unpacked(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
        unpacked = file.read(_LARGEST + 1)
    if len(unpacked) > _LARGEST:
        raise ValueError("it is too large")
    return unpacked


def _column(units: list[str]) -> tuple[int, float]:
    timed = [at for at, unit in enumerate(units) if unit in _TIMES]
    return (timed[-1], _TIMES[units[timed[-1]]]) if timed else (-1, 1.0)


def _read(raw: bytes) -> _Profile:
    fields = _fields(raw)
    strings = [_bytes(each).decode("utf-8", "replace") for each in fields.get(6, [])]
    if not strings or not fields.get(2):
        raise ValueError("it has no samples")
    functions = dict(_functions(fields, strings))
    profile = _Profile(strings)
    values = [_fields(_bytes(each)) for each in fields.get(1, [])]
    profile.kinds = [strings[_number(each, 1)] for each in values]
    profile.units = [strings[_number(each, 2)] for each in values]
    for each in fields.get(4, []):
        location = _fields(_bytes(each))
        lines = [_fields(_bytes(line)) for line in location.get(4, [])]
        places = [functions[_number(line, 1)] for line in lines if _number(line, 1) in functions]
        profile.places[_number(location, 1)] = places[::-1]
    for each in fields[2]:
        sample = _fields(_bytes(each))
        profile.samples.append((_numbers(sample, 1), [_signed(one) for one in _numbers(sample, 2)]))
    return profile


def _functions(fields: Message, strings: list[str]) -> Iterator[tuple[int, Place]]:
    for each in fields.get(5, []):
        function = _fields(_bytes(each))
        place = Place(
            strings[_number(function, 4)],
            _plain(strings[_number(function, 2)]),
            _number(function, 5),
        )
        yield _number(function, 1), place


def _plain(name: str) -> str:
    """Return ``Type.method`` of Go's ``path/pkg.(*Type).method``; of other names what they are."""
    if name.startswith("(anonymous"):  # V8's, with a line and a column behind it
        return ANONYMOUS
    short = name.rpartition("/")[2].partition(".")[2] or name
    return re.sub(r"\(\*(\w+)\)", r"\1", short)


# --- protocol buffers, as far as they are needed ------------------------------------------------


def _fields(raw: bytes) -> Message:
    fields: Message = {}
    at = 0
    while at < len(raw):
        tag, at = _varint(raw, at)
        number, kind = tag >> 3, tag & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _varint(raw, at)
        elif kind == _BYTES:
            size, at = _varint(raw, at)
            value, at = raw[at : at + size], at + size
        elif kind in {_FIXED64, _FIXED32}:
            width = 8 if kind == _FIXED64 else 4
            value, at = int.from_bytes(raw[at : at + width], "little"), at + width
        else:
            raise ValueError("an unknown kind of field")
        if at > len(raw):
            raise ValueError("it ends too early")
        fields.setdefault(number, []).append(value)
    return fields


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
        if shift > 63:
            raise ValueError("a number is too long")


def _numbers(message: Mapping[int, list[int | bytes]], field_number: int) -> list[int]:
    """Return a repeated number, packed or not."""
    numbers: list[int] = []
    for value in message.get(field_number, []):
        if isinstance(value, int):
            numbers.append(value)
            continue
        at = 0
        while at < len(value):
            one, at = _varint(value, at)
            numbers.append(one)
    return numbers


def _number(message: Mapping[int, list[int | bytes]], field_number: int) -> int:
    numbers = _numbers(message, field_number)
    return numbers[-1] if numbers else 0


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise TypeError("a number where a message belongs")
    return value
