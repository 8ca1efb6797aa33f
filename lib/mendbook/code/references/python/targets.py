"""What a dotted name in a Python file leads to: through imports, packages and stars."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache

from mendbook.code.references.python.modules import PythonModules
from mendbook.code.references.python.read import read_python
from mendbook.code.references.python.records import PythonFile, Taken
from mendbook.code.word_index import Words
from mendbook.repository.snapshot import Snapshot

_LONGEST_WAY = 8


class PythonTargets:
    """The Python files of a snapshot, each read once, and where their names lead."""

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self._snapshot = snapshot
        self._words = words
        self._modules = PythonModules(snapshot)
        self._read: dict[str, PythonFile] = {}

    def file(self, path: str) -> PythonFile:
        """Return what the file at ``path`` declares, imports and uses."""
        if path not in self._read:
            self._read[path] = _python_of(self._snapshot.text(path))
        return self._read[path]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The files read so far that this Python cannot parse."""
        return tuple(sorted(path for path, read in self._read.items() if read.problem))

    def target(self, path: str, dotted: str, depth: int = 0) -> tuple[str, str] | None:
        """Return the file and the top-level name that ``dotted`` means in ``path``."""
        if depth > _LONGEST_WAY:
            return None
        head, _, rest = dotted.partition(".")
        read = self.file(path)
        if not rest and any(one.name == head and not one.owner for one in read.defined):
            meant = read.aliases.get(head, head)
            followed = self.target(path, meant, depth + 1) if meant != head else None
            return followed or (path, head)
        longest = next(
            (
                one
                for one in sorted(read.imports, key=len, reverse=True)
                if dotted == one or dotted.startswith(one + ".")
            ),
            "",
        )
        taken = read.imports.get(longest)
        if taken is None:
            return self._from_stars(path, dotted, depth)
        rest = dotted[len(longest) + 1 :]
        if taken.name:
            inner = self._modules.resolve(path, _joined(taken.module, taken.name), taken.level)
            if inner is not None and (rest or taken.name not in self._names(path, taken)):
                return self._below(inner, rest, depth) if rest else None
            home = self.module(path, taken)
            whole = taken.name + (f".{rest}" if rest else "")
            return self.target(home, whole, depth + 1) if home is not None else None
        home = self.module(path, taken)
        if home is None and rest:
            more, _, last = f"{taken.module}.{rest}".rpartition(".")
            home, rest = self._modules.resolve(path, more, taken.level), last
        return self._below(home, rest, depth) if home is not None and rest else None

    def _below(self, home: str, rest: str, depth: int) -> tuple[str, str] | None:
        """Return what ``rest`` means below the module ``home``: a name, or one of a submodule."""
        head, _, more = rest.partition(".")
        if more and posixpath.basename(home) == "__init__.py":
            inner = self._modules.resolve(home, head, 1)
            if inner is not None:
                return self._below(inner, more, depth)
        return self.target(home, rest, depth + 1)

    def _names(self, path: str, taken: Taken) -> set[str]:
        home = self.module(path, taken)
        return {one.name for one in self.file(home).defined} if home is not None else set()

    def _from_stars(self, path: str, dotted: str, depth: int) -> tuple[str, str] | None:
        for taken in self.file(path).stars:
            home = self.module(path, taken)
            target = (
                self.target(home, dotted, depth + 1) if home not in {None, path} and home else None
            )
            if target is not None:
                return target
        return None

    def imports(self, path: str) -> Iterator[Taken]:
        """Yield what the file at ``path`` imports, the stars last."""
        read = self.file(path)
        yield from read.imports.values()
        yield from read.stars

    def module(self, path: str, taken: Taken) -> str | None:
        """Return the file of the module that ``taken`` is of in ``path``; None if not ours."""
        return self._modules.resolve(path, taken.module, taken.level)

    def is_of(self, path: str, taken: Taken, file: str) -> bool:
        """Tell whether ``taken`` in ``path`` is the module ``file``, or a name of it."""
        if self.module(path, taken) == file:
            return True
        below = _joined(taken.module, taken.name)
        return bool(taken.name) and self._modules.resolve(path, below, taken.level) == file

    def mentions(self, name: str) -> tuple[str, ...]:
        """Return the Python files in which the word ``name`` stands."""
        return self._words.holding(name, self._modules.files)


@lru_cache(maxsize=4096)
def _python_of(text: str) -> PythonFile:
    """Return what ``text`` declares: the trees of a series have most of their files in common."""
    return read_python(text)


def _joined(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name
