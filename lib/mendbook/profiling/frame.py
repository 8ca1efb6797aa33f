"""The call frame that V8 writes into CPU and heap profiles, and the function it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from mendbook.profiling.scripts import Scripts
from mendbook.repository.snapshot import Snapshot


class CallFrame(msgspec.Struct, frozen=True, rename="camel"):
    """One function as V8 names it; line and column are 0-based, -1 for what has none."""

    function_name: str = ""
    url: str = ""
    line_number: int = -1
    column_number: int = -1


class Function(NamedTuple):
    """One function of the repository; line 0 when the profile does not know it."""

    file: str
    name: str
    line: int


class Frames:
    """The functions of the repository that call frames stand for."""

    def __init__(self, frames: Iterable[CallFrame], snapshot: Snapshot, folder: Path) -> None:
        distinct = set(frames)
        self._scripts = Scripts({frame.url for frame in distinct}, snapshot, folder)
        deepest: dict[str, int] = {}
        for frame in distinct:
            deepest[frame.url] = max(deepest.get(frame.url, 0), frame.line_number)
        # a loader that joins a module into one line (tsx) leaves every function on line 0
        self._flat = {
            url for url, line in deepest.items() if line <= 0 and not self._scripts.mapped(url)
        }
        self._functions = {frame: self._function(frame) for frame in distinct}
        self.unmapped = self._scripts.unmapped

    def function(self, frame: CallFrame) -> Function | None:
        """Return the repository's function for ``frame``; None for all other code."""
        return self._functions[frame]

    def _function(self, frame: CallFrame) -> Function | None:
        found = self._scripts.locate(
            frame.url, frame.function_name, frame.line_number, frame.column_number
        )
        if found is None:
            return None
        path, line = found
        at_start = frame.line_number <= 0 and frame.column_number <= 0
        name = frame.function_name or ("(module)" if at_start else "(anonymous)")
        return Function(path, name, 0 if frame.url in self._flat else line)
