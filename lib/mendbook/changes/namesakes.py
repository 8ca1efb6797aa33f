"""Functions of one name in several files: which of them a test means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot

_DECLARES = re.compile(
    r"\b(?:(?:def|function|func|fn|fun)\s+(?:\([^)]*\)\s*)?|export\s+(?:const|let)\s+)([\w$]+)"
)
_NOWHERE: frozenset[str] = frozenset()


class Namesakes:
    """Where the functions of a snapshot are declared, tests aside; every file is read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._spoken: dict[tuple[str, str], bool] = {}
        self._declaring: dict[str, set[str]] = {}
        for path in snapshot.files:
            if not is_test(path):
                for name in _DECLARES.findall(snapshot.text(path)):
                    self._declaring.setdefault(name, set()).add(path)

    def is_alone(self, name: str, own: Iterable[str]) -> bool:
        """Tell whether no file beside ``own`` declares a function called ``name``."""
        return self._declaring.get(name, _NOWHERE) <= set(own)

    def speaks_of_module(self, test: str, files: Iterable[str]) -> bool:
        """Tell whether ``test`` names the module of one of ``files``: ``till/tasks``."""
        return any(self._speaks(test, path) for path in files)

    def _speaks(self, test: str, path: str) -> bool:
        key = (test, path)
        if key not in self._spoken:
            self._spoken[key] = _names_module(self._snapshot.get(test) or "", path)
        return self._spoken[key]


@lru_cache(maxsize=2)
def namesakes_of(snapshot: Snapshot) -> Namesakes:
    """Return the functions of ``snapshot``, read once for all who ask."""
    return Namesakes(snapshot)


def _names_module(text: str, path: str) -> bool:
    """Tell whether ``text`` names the module of the file at ``path``: ``till/tasks``, its dots."""
    last = path.rpartition(".")[0].split("/")[-2:]
    return "/".join(last) in text or ".".join(last) in text
