"""Which files hold a word: every text of a snapshot is read once for all words asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mendbook.repository.snapshot import Snapshot

_WORD = re.compile(r"[A-Za-z_$\u0080-\U0010ffff][\w$]*")


class Words:
    """An index from words to the files that hold them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._read: dict[str, frozenset[str]] = {}
        self._holding: dict[str, dict[str, None]] = {}

    def holding(self, name: str, files: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``files`` that hold ``name``, in their order."""
        word = name.removeprefix("#")
        if not _WORD.fullmatch(word):
            return tuple(path for path in files if name in self._snapshot.text(path))
        several = tuple(files)
        for path in several:
            if path not in self._read:
                self._take_in(path)
        held = self._holding.get(word, {})
        return tuple(path for path in several if path in held)

    def _take_in(self, path: str) -> None:
        words = _words_of(self._snapshot.text(path))
        self._read[path] = words
        for word in words:
            self._holding.setdefault(word, {})[path] = None


@lru_cache(maxsize=16384)
def _words_of(text: str) -> frozenset[str]:
    """Return the words of ``text``: read once for all the snapshots that hold it."""
    return frozenset(_WORD.findall(text))
