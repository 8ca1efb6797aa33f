"""The call frame that V8 writes into CPU and heap profiles, and the function it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from mendbook.code.trees import function_at, function_name, is_source, parse
from mendbook.profiling.scripts import Scripts
from mendbook.repository.snapshot import Snapshot

MODULE = "(module)"
ANONYMOUS = "(anonymous)"


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
        self._snapshot = snapshot
        self._scripts = Scripts({frame.url for frame in distinct}, snapshot, folder)
        self.unmapped = self._scripts.unmapped
        located = {frame: function for frame in distinct if (function := self._located(frame))}
        misnumbered = _misnumbered(located, snapshot)
        self._functions = {
            frame: function._replace(line=0)
            if frame.url in misnumbered and not self._scripts.mapped(frame.url)
            else function
            for frame, function in located.items()
        }

    def function(self, frame: CallFrame) -> Function | None:
        """Return the repository's function for ``frame``; None for all other code."""
        return self._functions.get(frame)

    def _located(self, frame: CallFrame) -> Function | None:
        name = frame.function_name
        if not name:
            name = MODULE if frame.line_number <= 0 and frame.column_number <= 0 else ANONYMOUS
        if name == MODULE and self._scripts.bundled(frame.url):
            return None  # the top level of a bundle is that of all its sources
        place = self._scripts.locate(
            frame.url, frame.function_name, frame.line_number, frame.column_number
        )
        if place is None:
            return None
        path, line = place
        if frame.function_name and self._scripts.mapped(frame.url):
            name = self._written_name(name, path, line)
        return Function(path, name, line)

    def _written_name(self, name: str, path: str, line: int) -> str:
        """Return what the function at ``line`` was called before a minifier renamed it."""
        text = self._snapshot.text(path)
        if _stands(name, text) or not is_source(path):
            return name
        function = function_at(parse(path, text), line - 1)
        return (function_name(function) if function is not None else "") or name


def _misnumbered(located: dict[CallFrame, Function], snapshot: Snapshot) -> set[str]:
    """Return the scripts whose line numbers are not those of the source.

    A loader that compiles in memory (tsx) joins a module into one line, broken only by its
    template literals. Such lines are told by the names that do not stand on them.
    """
    right: dict[str, int] = {}
    for frame, function in located.items():
        lines = snapshot.text(function.file).splitlines()
        name = frame.function_name.rpartition(".")[2].rpartition(" ")[2]
        within = 0 < function.line <= len(lines)
        if name and not name.startswith("<"):
            stands = within and _stands(name, lines[function.line - 1])
            right[frame.url] = right.get(frame.url, 0) + (1 if stands else -1)
        elif not within or frame.line_number <= 0 < frame.column_number:
            right[frame.url] = right.get(frame.url, 0) - 1
    return {url for url, balance in right.items() if balance < 0}


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text) is not None
