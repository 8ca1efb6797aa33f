"""Functions of one name in several files: which of them a test means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mendbook.code.test_files import is_test
from mendbook.code.word_index import words_of
from mendbook.repository.snapshot import Snapshot


class Namesakes:
    """Where the functions of a snapshot have others of their name; each name is asked once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words = words_of(snapshot)
        self._code = tuple(path for path in snapshot.files if not is_test(path))
        self._alone: set[str] = set()
        self._declaring: dict[str, frozenset[str]] = {}

    def is_alone(self, name: str, own: Iterable[str]) -> bool:
        """Tell whether no file beside ``own`` declares a function called ``name``."""
        if name in self._alone:
            return True
        if not self._declared(name) <= set(own):
            return False
        self._alone.add(name)
        return True

    def _declared(self, name: str) -> frozenset[str]:
        """Return the files, tests aside, that declare a function called ``name``."""
        if name not in self._declaring:
            declares = re.compile(
                rf"\b(?:def|function|func|fn|fun)\s+(?:\([^)]*\)\s*)?{re.escape(name)}\b"
            )
            held = self._words.holding(name, self._code)
            found = (path for path in held if declares.search(self._snapshot.text(path)))
            self._declaring[name] = frozenset(found)
        return self._declaring[name]


def speaks_of_module(text: str, files: Iterable[str]) -> bool:
    """Tell whether ``text`` names the module of a file: ``till/tasks`` or ``till.tasks``."""
    for path in files:
        last = path.rpartition(".")[0].split("/")[-2:]
        if "/".join(last) in text or ".".join(last) in text:
            return True
    return False
