"""Read what Python's cProfile writes (``python -m cProfile -o FILE``), without running it.

The file is Python's marshal of a dict: (file, line, function) to (primitive calls, calls, own
seconds, total seconds, callers). It is decoded here and not by ``marshal``, which must not be
given data that it does not know. Format: CPython's ``Lib/profile.py`` and ``Python/marshal.c``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mendbook.intake.problem import Problem
from mendbook.model import Profiles
from mendbook.profiling.stacks import Homes, Spent, file_heat, function_heat, sentence
from mendbook.repository.snapshot import Snapshot

_FLAG = 0x80
_DEEPEST = 20


def read_pstats(path: str, raw: bytes, snapshot: Snapshot) -> Profiles:
    """Return own and total time by function and by file of the repository; ``InputError``.

    A file's total is at least that of its hottest function and the sum of its own times: which
    of its functions called each other is not in the file.
    """
    name = Path(path).name
    homes = Homes(snapshot)
    functions: dict[tuple[str, str, int], Spent] = {}
    whole = 0.0
    for (file, line, function), (own, total) in _rows(path, raw).items():
        whole += own
        if home := homes.file(file):
            key = (home, function, line)
            functions[key] = functions.get(key, Spent()).plus(own, total)
    files: dict[str, Spent] = {}
    for (home, _, _), spent in functions.items():
        before = files.get(home, Spent())
        own = before.own + spent.own
        files[home] = Spent(own, max(before.total, spent.total, own))
    return Profiles(
        functions=function_heat(functions, whole, name),
        files=file_heat(files, whole, name),
        sources=(sentence(name, "cProfile", whole, files),),
    )


def _rows(path: str, raw: bytes) -> dict[tuple[str, int, str], tuple[float, float]]:
    """Return own and total milliseconds by (file, line, function)."""
    try:
        profile = _Unmarshal(raw).value()
        if not isinstance(profile, Mapping):
            raise ValueError("no dict")
        return {
            (str(file), int(line), str(function)): (row[2] * 1000.0, row[3] * 1000.0)
            for (file, line, function), row in profile.items()
        }
    except (ValueError, TypeError, IndexError, KeyError, struct.error, RecursionError) as error:
        what = "no profile of Python's cProfile"
        remedy = "write it with python -m cProfile -o FILE"
        raise Problem(path, "", what, remedy).refusal() from error


@dataclass(slots=True)
class _Unmarshal:
    """Decodes the few kinds of values that a profile is made of."""

    raw: bytes
    at: int = 0
    depth: int = 0
    known: list[Any] = field(default_factory=list)

    def value(self) -> Any:  # noqa: ANN401 - what marshal holds
        """Return the value that begins here."""
        code = self._take(1)[0]
        kind, kept = chr(code & ~_FLAG), bool(code & _FLAG)
        if kind == "r":
            return self.known[self._int()]
        slot = len(self.known)
        if kept:
            self.known.append(None)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("nested too deep")
        field = self._of(kind)
        self.depth -= 1
        if kept:
            self.known[slot] = field
        return field

    def _of(self, kind: str) -> Any:  # noqa: ANN401
        if kind == "{":
            return self._dict()
        if kind in ")(":
            size = self._take(1)[0] if kind == ")" else self._int()
            return tuple(self.value() for _ in range(size))
        if kind in _TEXTS:
            size = self._take(1)[0] if kind in "zZ" else self._int()
            return self._take(size).decode("utf-8", "surrogatepass")
        return _SCALARS[kind](self)

    def _dict(self) -> dict[Any, Any]:
        entries = {}
        while self.raw[self.at : self.at + 1] != b"0":
            key = self.value()
            entries[key] = self.value()
        self.at += 1
        return entries

    def _long(self) -> int:
        size = self._int()
        digits = struct.unpack(f"<{abs(size)}H", self._take(2 * abs(size)))
        number = sum(int(digit) << (15 * place) for place, digit in enumerate(digits))
        return -number if size < 0 else number

    def _int(self) -> int:
        return int(struct.unpack("<i", self._take(4))[0])

    def _float(self) -> float:
        return float(struct.unpack("<d", self._take(8))[0])

    def _take(self, size: int) -> bytes:
        taken = self.raw[self.at : self.at + size]
        if size < 0 or len(taken) != size:
            raise ValueError("it ends too early")
        self.at += size
        return taken


_TEXTS = frozenset("zZaAut")
_SCALARS: dict[str, Callable[[_Unmarshal], Any]] = {
    "i": _Unmarshal._int,
    "l": _Unmarshal._long,
    "g": _Unmarshal._float,
    "N": lambda _: None,
    "T": lambda _: True,
    "F": lambda _: False,
}
