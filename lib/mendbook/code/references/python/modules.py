"""Which file of the snapshot a Python import means: packages, relative imports, source roots."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mendbook.repository.snapshot import Snapshot


class PythonModules:
    """Resolve dotted names among the files of one snapshot only."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._by_tail: dict[str, list[str]] = {}
        self.files = tuple(path for path in snapshot.files if path.endswith((".py", ".pyi")))
        for path in self.files:
            stem = posixpath.splitext(path)[0].removesuffix("/__init__")
            self._by_tail.setdefault(posixpath.basename(stem), []).append(path)
        self._known: dict[tuple[str, str, int], str | None] = {}

    def resolve(self, file: str, module: str, level: int = 0) -> str | None:
        """Return the file that ``module`` means in ``file``; None for what is not ours.

        Of several source roots that hold it the one nearest to ``file`` is meant.
        """
        key = (posixpath.dirname(file), module, level)
        if key not in self._known:
            self._known[key] = self._find(file, module, level)
        return self._known[key]

    def _find(self, file: str, module: str, level: int) -> str | None:
        below = module.replace(".", "/")
        if level:
            folder = posixpath.dirname(file)
            for _ in range(level - 1):
                folder = posixpath.dirname(folder)
            wanted = posixpath.join(folder, below) if below else folder
            return self._exact(wanted)
        if not below:
            return None
        fitting = [path for path in self._ending(below) if path != file or module]
        return max(fitting, key=lambda path: (_shared(path, file), -len(path)), default=None)

    def _exact(self, stem: str) -> str | None:
        known = self._by_tail.get(posixpath.basename(stem), ())
        ends = (f"{stem}.py", f"{stem}/__init__.py", f"{stem}.pyi", f"{stem}/__init__.pyi")
        if not stem:
            return None
        return next((end for end in ends if end in known), None)

    def _ending(self, below: str) -> Iterator[str]:
        for path in self._by_tail.get(posixpath.basename(below), ()):
            stem = posixpath.splitext(path)[0].removesuffix("/__init__")
            if stem == below or stem.endswith("/" + below):
                yield path


def _shared(one: str, other: str) -> int:
    """Return how many folders two paths have in common from the root."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
