"""What each file of a tree has of one kind, read once of each content.

A series of patches makes hundreds of trees that differ in a few files. What is asked of all files
is asked of those that an edit changed, and of the others it is known from the tree before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from mendbook.repository.snapshot import Snapshot

T = TypeVar("T")


def facts_by_file(snapshot: Snapshot, read: Callable[[str, str], T]) -> Mapping[str, T]:
    """Return what ``read`` says of the path and text of each file, where it says something.

    Files are in the order of the snapshot. ``read`` is a function of a module, which looks at
    nothing but what it is given.
    """
    return _of_edited(snapshot, read) if snapshot.changed else _of_origin(snapshot, read)


@lru_cache(maxsize=32)
def _of_origin(snapshot: Snapshot, read: Callable[[str, str], T]) -> Mapping[str, T]:
    return _read(snapshot, read, snapshot.files)


@lru_cache(maxsize=32)
def _of_edited(snapshot: Snapshot, read: Callable[[str, str], T]) -> Mapping[str, T]:
    return renewed(_of_origin(snapshot.origin, read), snapshot, read)


def renewed(
    known: Mapping[str, T], snapshot: Snapshot, read: Callable[[str, str], T]
) -> Mapping[str, T]:
    """Return what ``read`` says of an edited tree, of whose origin it said what is ``known``."""
    kept = {path: said for path, said in known.items() if path not in snapshot.changed}
    new = _read(snapshot, read, (path for path in snapshot.changed if path in snapshot))
    return dict(sorted((kept | new).items())) if new else kept


def _read(snapshot: Snapshot, read: Callable[[str, str], T], paths: Iterable[str]) -> dict[str, T]:
    return {path: said for path in paths if (said := read(path, snapshot.text(path)))}
