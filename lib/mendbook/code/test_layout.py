"""Where the target keeps its tests: the file that tests a unit, or the one that should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.repository.snapshot import Snapshot

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_PASSED_ON = re.compile(r"(?:export|import)\s+(?:type\s+)?[^;\"']*?from\s*[\"'][^\"']+[\"']")
_MARKS = (".test", ".spec")
_BESIDE = ("", "", ".test")


class Layout:
    """The target's own convention for test files, read from the tests that it has.

    A convention is a folder that mirrors the sources (empty when tests stand beside them), a
    subfolder such as ``__tests__``, and the mark in the name. The most frequent one is used; a
    target without tests gets ``x.test.ts`` beside ``x.ts``, which Vitest and Jest both find.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        sources = [path for path in snapshot.files if is_source(path)]
        self._tests = [path for path in sources if is_test(path)]
        self._units = [path for path in sources if not is_test(path)]
        self._snapshot = snapshot
        seen = Counter(self._conventions())
        self._convention = seen.most_common(1)[0][0] if seen else _BESIDE

    def test_file(self, unit: str, known: Sequence[str] = ()) -> str:
        """Return the test file of ``unit``: an existing one, ``known`` ones first, or a new one."""
        for tests in (known, self._tests):
            existing = [test for test in tests if _stem(test) == _stem(unit)]
            if existing:
                return max(existing, key=lambda test: _shared(test, unit))
        return self._new(unit)

    def exists(self, test: str) -> bool:
        """Tell whether ``test`` is a test file of the target."""
        return test in self._tests

    def text(self, path: str) -> str:
        """Return the text of ``path``, nothing when there is no such file."""
        return self._snapshot.get(path) or ""

    def is_barrel(self, path: str) -> bool:
        """Tell whether ``path`` only passes on what other files export."""
        text = _COMMENT.sub("", self.text(path)).strip()
        return bool(text) and not _PASSED_ON.sub("", text).strip(" ;\r\n\t")

    def _new(self, unit: str) -> str:
        mirror, subfolder, mark = self._convention
        path = PurePosixPath(unit)
        name = f"{_stem(unit)}{mark}{path.suffix}"
        if mirror:
            below = path.parent.parts[1:]
            return PurePosixPath(mirror, *below, name).as_posix()
        return (path.parent / subfolder / name).as_posix()

    def _conventions(self) -> Iterable[tuple[str, str, str]]:
        by_stem: dict[str, list[PurePosixPath]] = {}
        for source in self._units:
            by_stem.setdefault(_stem(source), []).append(PurePosixPath(source))
        for test in self._tests:
            path = PurePosixPath(test)
            mark = next((mark for mark in _MARKS if mark in path.suffixes), "")
            for unit in by_stem.get(_stem(test), ()) if mark else ():
                if path.parent == unit.parent:
                    yield "", "", mark
                elif path.parent.parent == unit.parent:
                    yield "", path.parent.name, mark
                elif mirror := _mirror(path, unit):
                    yield mirror, "", mark


def _mirror(test: PurePosixPath, unit: PurePosixPath) -> str:
    """Return the folder that ``test`` stands in as ``unit`` stands in its first folder."""
    below = unit.parent.parts[1:]
    own = test.parent.parts
    head = own[: len(own) - len(below)]
    return "/".join(head) if head and own[len(head) :] == below else ""


def _stem(path: str) -> str:
    name = PurePosixPath(path).name
    for suffix in PurePosixPath(path).suffixes[-1:]:
        name = name.removesuffix(suffix)
    for mark in _MARKS:
        name = name.removesuffix(mark)
    return name


def _shared(test: str, unit: str) -> int:
    return len(set(PurePosixPath(test).parts) & set(PurePosixPath(unit).parts))
