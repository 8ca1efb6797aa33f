"""The files of one commit, read from git's objects: the work tree is never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mendbook.errors import RepositoryError
from mendbook.repository import git

_REGULAR = {b"100644", b"100755"}
MAX_FILE_BYTES = 2_000_000
"""Larger blobs are not source that a person wrote; they count as binary."""
CHUNK_BYTES = 64_000_000
"""Blobs held in memory at once, so that a repository full of pictures can be read."""


class Snapshot:
    """Read-only text files of one commit (or of a mapping), by POSIX path.

    ``commit`` is the full hash, empty for one made with ``of``. Symlinks, submodules, binary files
    and files above ``MAX_FILE_BYTES`` are listed in ``other`` and cannot be read as text.
    """

    def __init__(self, commit: str, texts: Mapping[str, str], other: tuple[str, ...] = ()) -> None:
        self.commit = commit
        self.other = other
        self._texts = dict(sorted(texts.items()))

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Snapshot:
        """Return a snapshot of ``texts``, path to text, as tests and stacked patches need it."""
        return cls("", texts)

    @classmethod
    def read(cls, root: Path, commit: str) -> Snapshot:
        """Read every text file of ``commit`` (a full hash) from the repository at ``root``."""
        texts: dict[str, str] = {}
        other: list[str] = []
        for path, blob in _blobs(root, commit, other):
            try:
                texts[path] = blob.decode("utf-8")
            except UnicodeDecodeError:
                other.append(path)
        return cls(commit, texts, tuple(sorted(other)))

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of all text files, sorted."""
        return tuple(self._texts)

    def __contains__(self, path: str) -> bool:
        return path in self._texts

    def text(self, path: str) -> str:
        """Return the text of ``path``, line endings as they are; ``KeyError`` when absent."""
        return self._texts[path]

    def get(self, path: str) -> str | None:
        """Return the text of ``path``, or None."""
        return self._texts.get(path)

    def under(self, folder: str) -> tuple[str, ...]:
        """Return the paths below ``folder`` (with or without a trailing slash)."""
        prefix = folder.rstrip("/") + "/" if folder.strip("/") else ""
        return tuple(path for path in self._texts if path.startswith(prefix))

    def edited(self, edits: Mapping[str, str | None]) -> Snapshot:
        """Return a copy in which ``edits`` replace texts, and None removes a file."""
        texts = {**self._texts, **{path: text for path, text in edits.items() if text is not None}}
        for path, text in edits.items():
            if text is None:
                texts.pop(path, None)
        return Snapshot("", texts, self.other)


def _blobs(root: Path, commit: str, other: list[str]) -> Iterator[tuple[str, bytes]]:
    listing = git.output(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    wanted: list[tuple[str, bytes, int]] = []
    for entry in listing.split(b"\0"):
        if not entry:
            continue
        head, _, name = entry.partition(b"\t")
        mode, _, oid, size = head.split()
        path = name.decode("utf-8", "surrogateescape")
        if size == b"BAD":
            raise _missing(root, path)
        if mode in _REGULAR and int(size) <= MAX_FILE_BYTES and path.isprintable():
            wanted.append((path, oid, int(size)))
        else:
            other.append(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    for chunk in _chunks(wanted):
        yield from _read(root, chunk, other)


def _chunks(wanted: list[tuple[str, bytes, int]]) -> Iterator[list[tuple[str, bytes, int]]]:
    """Split ``wanted`` so that no chunk holds much more than ``CHUNK_BYTES``."""
    chunk: list[tuple[str, bytes, int]] = []
    held = 0
    for entry in wanted:
        chunk.append(entry)
        held += entry[2]
        if held >= CHUNK_BYTES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _read(
    root: Path, chunk: list[tuple[str, bytes, int]], other: list[str]
) -> Iterator[tuple[str, bytes]]:
    oids = b"".join(oid + b"\n" for _, oid, _ in chunk)
    batch = git.output(root, "cat-file", "--batch", stdin=oids)
    position = 0
    for path, _, size in chunk:
        end = batch.index(b"\n", position)
        if len(batch[position:end].split()) != 3:
            raise _missing(root, path)
        blob = batch[end + 1 : end + 1 + size]
        position = end + 2 + size
        if b"\0" in blob:
            other.append(path)
        else:
            yield path, blob


def _missing(root: Path, path: str) -> RepositoryError:
    name = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    remedy = "clone the repository whole, without --filter"
    return RepositoryError(f"{root}: the object of {name!r} is not in this clone; {remedy}")
