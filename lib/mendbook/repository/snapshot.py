"""The files of one commit, read from git's objects: the work tree is never looked at."""

from __future__ import annotations

import codecs
import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from mendbook.errors import RepositoryError
from mendbook.repository import git

_REGULAR = {b"100644", b"100755"}
ABSENT = "not in this clone"
"""Why a file is not read whose object a partial clone left out."""
_LINK, _MODULE = b"120000", b"160000"
MAX_FILE_BYTES = 2_000_000
"""Larger blobs are not source that a person wrote; they count as binary."""
CHUNK_BYTES = 64_000_000
"""Blobs held in memory at once, so that a repository full of pictures can be read."""


class Snapshot:
    """Read-only text files of one commit (or of a mapping), by POSIX path.

    ``commit`` is the full hash, empty for one made with ``of`` or by an edit; ``changed`` is what
    may differ from ``origin``. Symlinks, submodules, binary
    files, files in another encoding than UTF-8 and files above ``MAX_FILE_BYTES`` are listed in
    ``other`` and cannot be read as text; ``unread`` says why, ``links`` where a link leads.
    """

    def __init__(
        self,
        commit: str,
        texts: Mapping[str, str],
        other: tuple[str, ...] = (),
        unread: Mapping[str, str] | None = None,
        links: Mapping[str, str] | None = None,
    ) -> None:
        self.commit = commit
        self.changed: frozenset[str] = frozenset()
        self.unread = dict(unread or dict.fromkeys(other, "not a text file"))
        self.links = dict(links or {})
        self._texts = dict(sorted(texts.items()))
        self._files = tuple(self._texts)

    @property
    def origin(self) -> Snapshot:
        """The snapshot that the first edit was made of; itself where nothing was edited."""
        return self

    @property
    def other(self) -> tuple[str, ...]:
        """Paths of all that cannot be read as text, sorted."""
        return tuple(sorted(self.unread))

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Snapshot:
        """Return a snapshot of ``texts``, path to text, as tests and stacked patches need it."""
        return cls("", texts)

    @classmethod
    def read(cls, root: Path, commit: str) -> Snapshot:
        """Read every text file of ``commit`` (a full hash) from the repository at ``root``."""
        texts: dict[str, str] = {}
        unread: dict[str, str] = {}
        links: dict[str, str] = {}
        for path, blob in _blobs(root, commit, unread, links):
            try:
                texts[path] = blob.decode("utf-8")
            except UnicodeDecodeError:
                unread[path] = f"not UTF-8 ({_encoding(blob)})"
        return cls(commit, texts, unread=unread, links=links)

    @property
    def absent(self) -> tuple[str, ...]:
        """Paths of files whose objects a partial clone left out, sorted."""
        return tuple(sorted(path for path, why in self.unread.items() if why == ABSENT))

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of all text files, sorted."""
        return self._files

    def __contains__(self, path: object) -> bool:
        return path in self._texts

    def text(self, path: str) -> str:
        """Return the text of ``path``, line endings as they are; ``KeyError`` when absent."""
        return self._texts[path]

    def get(self, path: str) -> str | None:
        """Return the text of ``path``, or None."""
        return self._texts.get(path)

    def why_unread(self, path: str) -> str:
        """Return why ``path``, which the commit has, is not read: ``not UTF-8 (Latin-1?)``."""
        if path in self.unread:
            return f"{path} is {self.unread[path]}"
        module = next((one for one in self.unread if path.startswith(f"{one}/")), None)
        if module is None:
            return ""
        return f"{path} is in {self.unread[module]}, which is a repository of its own"

    def under(self, folder: str) -> tuple[str, ...]:
        """Return the paths below ``folder`` (with or without a trailing slash)."""
        prefix = folder.rstrip("/") + "/" if folder.strip("/") else ""
        return tuple(path for path in self.files if path.startswith(prefix))

    def edited(self, edits: Mapping[str, str | None]) -> Snapshot:
        """Return a copy in which ``edits`` replace texts, and None removes a file."""
        return _Edited(self, edits)


class _Edited(Snapshot):
    """A snapshot after edits: it holds what they change, and asks its origin for the rest.

    A series of patches keeps the tree after each of them.
    """

    def __init__(self, origin: Snapshot, edits: Mapping[str, str | None]) -> None:
        self.commit = ""
        self.unread, self.links = origin.unread, origin.links
        self.changed = frozenset(edits)
        self._origin = origin
        self._edits = dict(edits)

    @property
    def origin(self) -> Snapshot:
        """The snapshot that the first edit was made of."""
        return self._origin

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Paths of all text files, sorted."""
        if all(text is not None and path in self._origin for path, text in self._edits.items()):
            return self._origin.files
        kept = [path for path in self._origin.files if path not in self._edits]
        return tuple(
            sorted([*kept, *(path for path, text in self._edits.items() if text is not None)])
        )

    def __contains__(self, path: object) -> bool:
        if isinstance(path, str) and path in self._edits:
            return self._edits[path] is not None
        return path in self._origin

    def text(self, path: str) -> str:
        """Return the text of ``path``, line endings as they are; ``KeyError`` when absent."""
        if path not in self._edits:
            return self._origin.text(path)
        text = self._edits[path]
        if text is None:
            raise KeyError(path)
        return text

    def get(self, path: str) -> str | None:
        """Return the text of ``path``, or None."""
        return self._edits[path] if path in self._edits else self._origin.get(path)

    def edited(self, edits: Mapping[str, str | None]) -> Snapshot:
        """Return a copy in which ``edits`` replace texts, and None removes a file."""
        return _Edited(self._origin, {**self._edits, **edits})


def _encoding(blob: bytes) -> str:
    """Guess the encoding of text that is not UTF-8, for people to read."""
    if blob.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    return "Latin-1?" if not any(0x80 <= byte < 0xA0 for byte in blob) else "Windows-1252?"


def _blobs(
    root: Path, commit: str, unread: dict[str, str], links: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    wanted: list[tuple[str, bytes, int]] = []
    for path, mode, oid, size in _entries(root, commit):
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if size is None:
            unread[shown] = ABSENT
        elif mode == _LINK:
            links[shown] = _target(root, path, oid)
            unread[shown] = f"a link to {links[shown]}"
        elif why := _unreadable(path, mode, size):
            unread[shown] = why
        else:
            wanted.append((path, oid, size))
    for chunk in _chunks(wanted):
        yield from _read(root, chunk, unread)


_Entry = tuple[str, bytes, bytes, int | None]
"""Path, mode, object and bytes of a file; no bytes where a clone lacks it, 0 of a submodule."""


def _entries(root: Path, commit: str) -> Iterator[_Entry]:
    """Yield the files of ``commit``.

    Raises ``RepositoryError`` where a clone lacks its folders.
    """
    done = git.run(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    if done.returncode == 0:
        for (mode, _, oid, size), path in _listed(done.stdout):
            lacks = size == b"BAD"
            yield path, mode, oid, None if lacks else int(size) if size.isdigit() else 0
        return
    # git asks a partial clone's remote for the size of a file that is not there, and gives up
    done = git.run(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    if done.returncode:
        message = (
            f"{root}: the list of files of commit {commit[:12]} is not in this clone; "
            "clone the repository whole, without --filter"
        )
        raise RepositoryError(message)
    sizes = _sizes(root)
    for (mode, _, oid), path in _listed(done.stdout):
        yield path, mode, oid, 0 if mode == _MODULE else sizes.get(oid)


def _listed(listing: bytes) -> Iterator[tuple[list[bytes], str]]:
    for entry in filter(None, listing.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        yield head.split(), name.decode("utf-8", "surrogateescape")


def _sizes(root: Path) -> dict[bytes, int]:
    """Return the bytes of every object that the clone at ``root`` has."""
    asked = ("--batch-all-objects", "--batch-check=%(objectname) %(objectsize)")
    lines = git.output(root, "cat-file", *asked).splitlines()
    return {oid: int(size) for oid, size in (line.split() for line in lines)}


def _target(root: Path, path: str, oid: bytes) -> str:
    """Return the path that the symlink at ``path`` leads to."""
    target = git.output(root, "cat-file", "blob", oid.decode()).decode("utf-8", "replace")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _unreadable(path: str, mode: bytes, size: int) -> str:
    """Return why an entry of the tree is not read; empty for one that may be text."""
    if mode == _MODULE:
        return f"the submodule {path}"
    if size > MAX_FILE_BYTES:
        return f"larger than {MAX_FILE_BYTES // 1_000_000} MB"
    return "" if mode in _REGULAR and path.isprintable() else "a path that cannot be printed"


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
    root: Path, chunk: list[tuple[str, bytes, int]], unread: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    oids = b"".join(oid + b"\n" for _, oid, _ in chunk)
    batch = git.output(root, "cat-file", "--batch", stdin=oids)
    position = 0
    for path, _, size in chunk:
        end = batch.index(b"\n", position)
        if len(batch[position:end].split()) != 3:
            unread[path] = ABSENT
            position = end + 1
            continue
        blob = batch[end + 1 : end + 1 + size]
        position = end + 2 + size
        if b"\0" in blob:
            utf16 = blob.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            unread[path] = "not UTF-8 (UTF-16)" if utf16 else "binary"
        else:
            yield path, blob
