"""Add up sampled stacks of any language by the repository's functions and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mendbook.model import FunctionHeat
from mendbook.repository.snapshot import Snapshot

_FOREIGN = re.compile(
    r"(?:^|/)(?:site-packages|dist-packages|node_modules|\.venv|venv|\.tox|go/pkg/mod|vendor"
    r"|\.cargo/registry|gems|rustc|usr/lib|usr/local/go/src|lib/python\d[\d.]*)/|^[<~]"
)
_SEPARATORS = re.compile(r"[\\/]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One function as a profiler names it; ``path`` is as it was where the program ran."""

    path: str
    function: str
    line: int = 0
    """1-based line where it begins; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds in a function itself, and in it and all that it called."""

    own: float = 0.0
    total: float = 0.0

    def plus(self, own: float, total: float) -> Spent:
        """Return the sum."""
        return Spent(self.own + own, self.total + total)


class Homes:
    """Finds the repository's files behind the paths of the machine that was measured."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, str | None] = {}

    def file(self, path: str) -> str | None:
        """Return the repository's file that ``path`` ends with; None for all other code."""
        if path not in self._known:
            self._known[path] = self._own_file(path)
        return self._known[path]

    def _own_file(self, path: str) -> str | None:
        plain = _SEPARATORS.sub("/", path.removeprefix("file://"))
        if _FOREIGN.search(plain):
            return None
        parts = [part for part in plain.split("/") if part not in {"", "."}]
        ends = ("/".join(parts[at:]) for at in range(len(parts)))
        return next((end for end in ends if end in self._snapshot), None)


def summed(
    stacks: Iterable[tuple[Sequence[Place], float]], homes: Homes
) -> tuple[dict[tuple[str, str, int], Spent], dict[str, Spent], float]:
    """Return what functions and files of the repository took, and the whole time.

    A stack is outermost first, with its milliseconds. A function or file that stands in a stack
    several times is counted once.
    """
    functions: dict[tuple[str, str, int], Spent] = {}
    files: dict[str, Spent] = {}
    whole = 0.0
    for stack, weight in stacks:
        whole += weight
        ours = [
            (file, place.function, place.line) if (file := homes.file(place.path)) else None
            for place in stack
        ]
        leaf = ours[-1] if ours else None
        for key in {one for one in ours if one is not None}:
            functions[key] = functions.get(key, Spent()).plus(weight * (key == leaf), weight)
        for name in {one[0] for one in ours if one is not None}:
            own = weight * (leaf is not None and leaf[0] == name)
            files[name] = files.get(name, Spent()).plus(own, weight)
    return functions, files, whole


def function_heat(
    spent: Mapping[tuple[str, str, int], Spent], whole: float, source: str
) -> tuple[FunctionHeat, ...]:
    """Return the heat of functions, hottest first."""
    heat = [
        _heat(file, name, line or None, each, whole, source)
        for (file, name, line), each in spent.items()
    ]
    return tuple(sorted(heat, key=lambda one: (-one.total_ms, one.file, one.function)))


def file_heat(spent: Mapping[str, Spent], whole: float, source: str) -> tuple[FunctionHeat, ...]:
    """Return the heat of whole files, hottest first."""
    heat = [_heat(file, "", None, each, whole, source) for file, each in spent.items()]
    return tuple(sorted(heat, key=lambda one: (-one.total_ms, one.file)))


def _heat(
    file: str, name: str, line: int | None, spent: Spent, whole: float, source: str
) -> FunctionHeat:
    return FunctionHeat(
        file=file,
        function=name,
        line=line,
        self_ms=round(spent.own, 3),
        total_ms=round(spent.total, 3),
        self_share=min(spent.own / whole, 1.0) if whole else 0.0,
        total_share=min(spent.total / whole, 1.0) if whole else 0.0,
        source=source,
    )


def sentence(
    name: str, kind: str, whole: float, files: Mapping[str, Spent], amount: str = ""
) -> str:
    """Return what a profile is, how long it lasted, and how much of it is the repository's."""
    ours = sum(each.own for each in files.values())
    share = f"{ours / whole:.0%}" if whole else "none"
    said = f", {amount}" if amount else ""
    return f"{name}: {kind}{said}, {whole / 1000:.1f} s; {share} of it in the repository's own code"
