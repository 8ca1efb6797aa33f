"""Which files hold a word: every text of a snapshot is read once for all words asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from mendbook.repository.snapshot import Snapshot

_FEW = 100
"""Files that are gone through; of more it is kept in which order they were asked about."""
_NOWHERE: frozenset[str] = frozenset()
_WORD = re.compile(r"[A-Za-z_$\u0080-\U0010ffff][\w$]*")


class Words:
    """An index from words to the files that hold them.

    A tree of a series costs what it changes: of its other files the index of its origin is asked,
    which all trees of the series share.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._origin = words_of(snapshot.origin) if snapshot.changed else None
        """The index of what the series began with; None where nothing was changed."""
        self._read: set[str] = set()
        self._asked: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._holding: dict[str, set[str]] = {}

    @cached_property
    def _changed(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The words of each file that was changed and is there."""
        texts = ((path, self._snapshot.get(path)) for path in self._snapshot.changed)
        return tuple((path, words_in(text)) for path, text in texts if text is not None)

    def holding(self, name: str, files: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``files`` that hold ``name``, in their order."""
        word = name.removeprefix("#")
        if not _WORD.fullmatch(word):
            return tuple(path for path in files if name in self._snapshot.text(path))
        several = tuple(files)
        self._ask(several)
        held: set[str] | frozenset[str] = self._holding.get(word, _NOWHERE)
        if self._origin is not None:
            known = self._origin._holding.get(word, _NOWHERE) - self._snapshot.changed
            held = known.union(path for path, words in self._changed if word in words)
        if len(several) < _FEW:
            return tuple(path for path in several if path in held)
        return tuple(sorted(held & self._places.keys(), key=self._places.__getitem__))

    def _ask(self, files: tuple[str, ...]) -> None:
        """Take in what is not known of ``files``; mostly they are those of the last question."""
        if files is self._asked:
            return
        changed = self._snapshot.changed
        if self._origin is None:
            self._take_in(path for path in files if path not in self._read)
        else:
            known = self._origin._read
            self._origin._take_in(
                path for path in files if path not in changed and path not in known
            )
        if len(files) >= _FEW:
            self._asked, self._places = files, {path: place for place, path in enumerate(files)}

    def _take_in(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._read.add(path)
            for word in words_in(self._snapshot.text(path)):
                self._holding.setdefault(word, set()).add(path)


def words_of(snapshot: Snapshot) -> Words:
    """Return the index of ``snapshot`` that all share who ask about it."""
    return _of_edited(snapshot) if snapshot.changed else _of_origin(snapshot)


@lru_cache(maxsize=2)
def _of_origin(snapshot: Snapshot) -> Words:
    return Words(snapshot)


@lru_cache(maxsize=4)
def _of_edited(snapshot: Snapshot) -> Words:
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
        if text is not None and (word in words_in(text) if whole else name in text)
    )
    return tuple(sorted([*(path for path in held if path not in changed), *new]))


@lru_cache(maxsize=16384)
def words_in(text: str) -> frozenset[str]:
    """Return the words of ``text``: read once for all the snapshots that hold it."""
    return frozenset(_WORD.findall(text))
