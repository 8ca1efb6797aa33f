"""Which files hold a word: every text of a snapshot is read once for all words asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mendbook.repository.snapshot import Snapshot

_MOST = 0.75
"""Share of texts from which on another index is worth asking."""
_FEW = 100
"""Files that are gone through; of more it is kept in which order they were asked about."""
_NOWHERE: frozenset[str] = frozenset()
_WORD = re.compile(r"[A-Za-z_$\u0080-\U0010ffff][\w$]*")


class Words:
    """An index from words to the files that hold them.

    Where most texts are those of ``other``, it is asked about them, so that the trees of a series
    cost what they change.
    """

    def __init__(self, snapshot: Snapshot, other: Words | None = None) -> None:
        self._snapshot = snapshot
        self._read: set[str] = set()
        self._asked: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._holding: dict[str, set[str]] = {}
        self._other = other._whole if other is not None else self
        self._same = self._other._shared(snapshot) if other is not None else frozenset()
        if not self._same or len(self._same) < _MOST * len(self._other._read):
            self._other, self._same = self, frozenset()

    @property
    def _whole(self) -> Words:
        """The index that reads every text itself: another, or this one."""
        return self._other

    def _shared(self, snapshot: Snapshot) -> frozenset[str]:
        """Return the paths taken in that have the same text in ``snapshot``."""
        return frozenset(
            path for path in self._read if self._snapshot.get(path) == snapshot.get(path)
        )

    def holding(self, name: str, files: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``files`` that hold ``name``, in their order."""
        word = name.removeprefix("#")
        if not _WORD.fullmatch(word):
            return tuple(path for path in files if name in self._snapshot.text(path))
        several = tuple(files)
        self._ask(several)
        held = self._holding.get(word, _NOWHERE)
        if self._same:
            held = held | (self._other._holding.get(word, _NOWHERE) & self._same)
        if len(several) < _FEW:
            return tuple(path for path in several if path in held)
        return tuple(sorted(held & self._places.keys(), key=self._places.__getitem__))

    def _ask(self, files: tuple[str, ...]) -> None:
        """Take in what is not known of ``files``; mostly they are those of the last question."""
        if files is self._asked:
            return
        for path in files:
            if path not in self._read and path not in self._same:
                self._take_in(path)
        if len(files) >= _FEW:
            self._asked, self._places = files, {path: place for place, path in enumerate(files)}

    def _take_in(self, path: str) -> None:
        self._read.add(path)
        for word in _words_of(self._snapshot.text(path)):
            self._holding.setdefault(word, set()).add(path)


@lru_cache(maxsize=2)
def words_of(snapshot: Snapshot) -> Words:
    """Return the index of ``snapshot`` that all share who ask about it alone."""
    return Words(snapshot)


def files_holding(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the files of ``snapshot`` whose text holds ``name``, sorted.

    A word is found where it stands as a whole. A tree of a series costs what it changes: of the
    other files the index of its origin is asked.
    """
    origin, changed = snapshot.origin, snapshot.changed
    held = words_of(origin).holding(name, origin.files)
    if not changed:
        return held
    word = name.removeprefix("#")
    whole = _WORD.fullmatch(word) is not None
    texts = ((path, snapshot.get(path)) for path in changed)
    new = (
        path
        for path, text in texts
        if text is not None and (word in _words_of(text) if whole else name in text)
    )
    return tuple(sorted([*(path for path in held if path not in changed), *new]))


@lru_cache(maxsize=16384)
def _words_of(text: str) -> frozenset[str]:
    """Return the words of ``text``: read once for all the snapshots that hold it."""
    return frozenset(_WORD.findall(text))
