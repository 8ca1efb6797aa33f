"""Read speedscope's file format, which py-spy, rbspy, dotnet-trace, Austin and others write.

Format: https://www.speedscope.app/file-format-schema.json
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import Profiles
from mendbook.profiling.check_json import shaped
from mendbook.profiling.stacks import Homes, Place, file_heat, function_heat, sentence, summed
from mendbook.repository.snapshot import Snapshot

_MILLISECONDS = {
    "nanoseconds": 1e-6,
    "microseconds": 1e-3,
    "milliseconds": 1.0,
    "seconds": 1000.0,
    "none": 1.0,
}


class _Frame(msgspec.Struct, frozen=True):
    name: str = ""
    file: str | None = None
    line: int | None = None


class _Shared(msgspec.Struct, frozen=True):
    frames: tuple[_Frame, ...]


class _Event(msgspec.Struct, frozen=True):
    type: str
    frame: int
    at: float


class _Profile(msgspec.Struct, frozen=True, rename="camel"):
    type: str
    unit: str = "none"
    samples: tuple[tuple[int, ...], ...] = ()
    weights: tuple[float, ...] = ()
    events: tuple[_Event, ...] = ()
    start_value: float = 0.0
    end_value: float = 0.0


class _Document(msgspec.Struct, frozen=True):
    shared: _Shared
    profiles: tuple[_Profile, ...]


def read_speedscope(text: Text, snapshot: Snapshot) -> Profiles:
    """Return own and total time by function and by file, over all threads; ``InputError``.

    A profile that counts bytes or nothing at all is read as shares: its numbers are no time.
    """
    document = shaped(decode(text).data, _Document, text.path)
    name = Path(text.path).name
    places = [Place(each.file or "", each.name, each.line or 0) for each in document.shared.frames]
    stacks = list(_stacks(document, len(places), text.path))
    weighted = (([places[frame] for frame in stack], weight) for stack, weight in stacks)
    functions, files, whole = summed(weighted, Homes(snapshot))
    return Profiles(
        functions=function_heat(functions, whole, name),
        files=file_heat(files, whole, name),
        sources=(sentence(name, "speedscope", whole, files, f"{len(stacks):,} samples"),),
    )


def _stacks(document: _Document, frames: int, path: str) -> Iterator[tuple[tuple[int, ...], float]]:
    for profile in document.profiles:
        scale = _MILLISECONDS.get(profile.unit, 1.0)
        evented = profile.type == "evented"
        for stack, weight in _evented(profile) if evented else _sampled(profile):
            if any(not 0 <= frame < frames for frame in stack):
                what = "a frame that is not in shared.frames"
                raise Problem(path, "profiles", what, "profile again").refusal()
            if weight > 0:
                yield stack, weight * scale


def _sampled(profile: _Profile) -> Iterator[tuple[tuple[int, ...], float]]:
    weights = profile.weights or (1.0,) * len(profile.samples)
    yield from zip(profile.samples, weights, strict=False)


def _evented(profile: _Profile) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield the stack between each two events; a frame that is closed unopened is ignored."""
    stack: list[int] = []
    before = profile.start_value
    for event in profile.events:
        if stack:
            yield tuple(stack), event.at - before
        before = event.at
        if event.type == "O":
            stack.append(event.frame)
        elif stack and stack[-1] == event.frame:
            stack.pop()
    if stack:
        yield tuple(stack), profile.end_value - before
