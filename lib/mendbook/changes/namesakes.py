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
        self._alone: set[str] = set()

    def is_alone(self, name: str, own: Iterable[str]) -> bool:
        """Tell whether no file beside ``own`` declares a function called ``name``."""
        if name in self._alone:
            return True
        known = set(own)
        declares = re.compile(
            rf"\b(?:def|function|func|fn|fun)\s+(?:\([^)]*\)\s*)?{re.escape(name)}\b"
        )
        code = tuple(p for p in self._snapshot.files if not is_test(p) and p not in known)
        held = self._words.holding(name, code)
        if any(declares.search(self._snapshot.get(path) or "") for path in held):
            return False
        self._alone.add(name)
        return True


def speaks_of_module(text: str, files: Iterable[str]) -> bool:
    """Tell whether ``text`` names the module of a file: ``till/tasks`` or ``till.tasks``."""
    for path in files:
        last = path.rpartition(".")[0].split("/")[-2:]
        if "/".join(last) in text or ".".join(last) in text:
            return True
    return False
