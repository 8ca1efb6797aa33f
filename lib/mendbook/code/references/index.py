"""The files of one snapshot, each read once by content: outlines, sites, who imports whom."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.modules import modules_of
from mendbook.code.parsed import MOST_CHARACTERS
from mendbook.code.references.by_path import ByPath, loaded_by_path
from mendbook.code.references.declare import read_outline
from mendbook.code.references.decorated import decorated
from mendbook.code.references.events import Registration, registrations
from mendbook.code.references.file_routes import file_routes, is_routed
from mendbook.code.references.infer import Inference
from mendbook.code.references.linkage import read_links
from mendbook.code.references.occur import all_names, names_in, sites
from mendbook.code.references.outline import Links, Outline, Site
from mendbook.code.word_index import words_of
from mendbook.marks import mark
from mendbook.repository.snapshot import Snapshot
from mendbook.text.recent import Recent

FORMAT = 6
"""Rises when what is kept means something else; older caches are then read anew."""
_SEARCHES = 2
"""Times that a file is searched for names before all that it holds are kept."""
_SOURCES = re.compile(
    r"""(?:\bfrom|\bimport|\brequire|\b\w*[mM]ock|\b\w+Actual)\s*\(?\s*(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n]+)`)"""
)


@dataclass(slots=True)
class Kept:
    """What is kept of one content: links, outline, registrations, and sites by name."""

    links: Links | None = None
    outline: Outline | None = None
    registrations: tuple[Registration, ...] | None = None
    sites: dict[str, tuple[Site, ...]] = field(default_factory=dict)


class Imports:
    """Which files each file of a tree may import or re-export, and by which it may be."""

    def __init__(self, targets: Mapping[str, frozenset[str]]) -> None:
        self._targets = targets

    @cached_property
    def importers(self) -> dict[str, tuple[str, ...]]:
        """Map each file to the files that import or re-export it, sorted."""
        importers: dict[str, list[str]] = {}
        for path, targets in self._targets.items():
            for target in targets:
                importers.setdefault(target, []).append(path)
        return {path: tuple(sorted(several)) for path, several in importers.items()}

    def importers_with(self, renewed: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
        """Return ``importers`` after an edit: ``renewed`` says what the edited files import."""
        importers = dict(self.importers)
        for path, targets in renewed.items():
            before = self._targets[path]
            for target in before - targets:
                importers[target] = tuple(one for one in importers[target] if one != path)
            for target in targets - before:
                importers[target] = tuple(sorted((*importers.get(target, ()), path)))
        return importers


class Memory:
    """Everything read so far, by the hash of a file's suffix and text; optionally kept on disk."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / f"references-{FORMAT}.msgpack" if folder is not None else None
        self.kept: dict[str, Kept] = self._load()
        self.trees: Recent[str, Tree] = Recent(MOST_CHARACTERS)
        self.imports: dict[Snapshot, Imports] = {}
        """Who imports whom, for the last tree that was no edit of another."""
        self._known = self._size()

    def of(self, key: str) -> Kept:
        """Return what is kept under ``key``, to be added to."""
        kept = self.kept.get(key)
        if kept is None:
            kept = self.kept[key] = Kept()
        return kept

    def save(self) -> None:
        """Write what was learnt since it was read, if there is a folder to keep it in."""
        if self._path is None or self._size() == self._known:
            return
        with contextlib.suppress(OSError):  # a full disk costs time, no answer
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._write(self._path)
        self._known = self._size()

    def _write(self, path: Path) -> None:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=mark("saving"))
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.msgpack.encode(self.kept))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _size(self) -> int:
        return sum(
            1
            + len(kept.sites)
            + sum(part is not None for part in (kept.links, kept.outline, kept.registrations))
            for kept in self.kept.values()
        )

    def _load(self) -> dict[str, Kept]:
        if self._path is None or not self._path.is_file():
            return {}
        try:
            return msgspec.msgpack.decode(self._path.read_bytes(), type=dict[str, Kept])
        except (OSError, msgspec.DecodeError):
            return {}


class Tree:
    """One parsed file, with what its syntax says about types."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._text = text
        self.root: SgNode = syntax.parse(path, text)
        self._noted: list[SgNode] = []
        self._asked = 0
        self._names: dict[str, list[SgNode]] | None = None
        self.inference = Inference(self._noted.append)

    def outline(self) -> Outline:
        """Return what the file declares."""
        return read_outline(self.root, self.inference, self._noted)

    def links(self) -> Links:
        """Return what the file imports and exports."""
        return read_links(self.root, self._text)

    def sites(self, names: Iterable[str]) -> tuple[Site, ...]:
        """Return where ``names`` are used in the file."""
        return sites(self._named(tuple(names)), self.inference)

    def _named(self, names: tuple[str, ...]) -> list[SgNode]:
        """Return the nodes that are one of ``names``; a file asked often is gone through once."""
        self._asked += 1
        if self._asked <= _SEARCHES:
            return names_in(self.path, self.root, names)
        if self._names is None:
            self._names = all_names(self.path, self.root)
        return [node for name in dict.fromkeys(names) for node in self._names.get(name, ())]


class Index:
    """Outlines and sites of a snapshot's source files; nothing is parsed before it is asked for."""

    def __init__(self, snapshot: Snapshot, memory: Memory | None = None) -> None:
        self.snapshot = snapshot
        self.memory = memory or Memory()
        self.modules = modules_of(snapshot)
        self.files, self._place = _code_of(snapshot.files)
        self.words = words_of(snapshot)
        self._keys: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self._routes: dict[str, tuple[Registration, ...]] = {}
        self._bare: dict[str, list[str]] = {}

    def mentions(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the source files whose text holds one of ``names``."""
        every = [self.words.holding(name, self.files) for name in names]
        if len(every) == 1:
            return every[0]
        paths = {path for several in every for path in several}
        return tuple(sorted(paths, key=self._place.__getitem__))

    def warm(self, names: set[str]) -> None:
        """Read the sites of all ``names`` in one go through each file, not one go for each."""
        held: dict[str, list[str]] = {}
        for name in sorted(names) if len(names) > 1 else ():
            for path in self.words.holding(name, self.files):
                held.setdefault(path, []).append(name)
        for path, several in held.items():
            self.sites(path, several)

    def tree(self, path: str) -> Tree:
        """Return the parsed file."""
        key = self._key(path)
        known = self.memory.trees.get(key)
        if known is not None:
            return known
        text = self.snapshot.text(path)
        return self.memory.trees.keep(key, Tree(path, text), len(text))

    def lines(self, path: str) -> list[str]:
        """Return the file's lines as parsers count them: by line feeds alone."""
        if path not in self._lines:
            self._lines[path] = self.snapshot.text(path).split("\n")
        return self._lines[path]

    def bare_lines(self, path: str) -> list[str]:
        """Return the file's lines without white space."""
        if path not in self._bare:
            self._bare[path] = ["".join(line.split()) for line in self.lines(path)]
        return self._bare[path]

    def links(self, path: str) -> Links:
        """Return what the file imports and exports; of data files, nothing."""
        if not syntax.holds_code(path):
            return Links()
        kept = self.memory.of(self._key(path))
        if kept.links is None:
            kept.links = self.tree(path).links()
        return kept.links

    def outline(self, path: str) -> Outline:
        """Return what the file declares; of data files, nothing."""
        if not syntax.holds_code(path):
            return Outline()
        kept = self.memory.of(self._key(path))
        if kept.outline is None:
            kept.outline = self.tree(path).outline()
        return kept.outline

    def registrations(self, path: str) -> tuple[Registration, ...]:
        """Return where the file registers handlers for events and routes."""
        kept = self.memory.of(self._key(path))
        if kept.registrations is None:
            tree = self.tree(path)
            told = decorated(tree.root) if "@" in self.snapshot.text(path) else ()
            kept.registrations = (*registrations(tree.root, tree.inference), *told)
        if path not in self._routes:
            routed = is_routed(path, self.snapshot.text(path))
            self._routes[path] = file_routes(path, self.tree(path).root) if routed else ()
        return (*kept.registrations, *self._routes[path])

    def sites(self, path: str, names: Iterable[str]) -> tuple[Site, ...]:
        """Return where ``names`` are used in the file, in file order."""
        kept = self.memory.of(self._key(path))
        names = tuple(names)
        if len(names) == 1 and names[0] in kept.sites:
            return kept.sites[names[0]]
        wanted = [name for name in names if name in self.snapshot.text(path)]
        if new := [name for name in wanted if name not in kept.sites]:
            by_name: dict[str, list[Site]] = {name: [] for name in new}
            for site in self.tree(path).sites(new):
                by_name[site.name].append(site)
            kept.sites.update((name, tuple(several)) for name, several in by_name.items())
        every = (site for name in dict.fromkeys(wanted) for site in kept.sites[name])
        return tuple(sorted(every, key=lambda site: (site.line, site.column)))

    @cached_property
    def importers(self) -> dict[str, tuple[str, ...]]:
        """Map each file to the files that import or re-export it, sorted.

        Read from the bare text, so an import in a comment counts too; outlines know better.
        """
        origin, changed = self.snapshot.origin, self.snapshot.changed
        known = self.memory.imports.get(origin)
        if known is not None and self.modules is modules_of(origin):
            there = (path for path in changed if path in self.snapshot)
            return known.importers_with({path: self._imports_of(path) for path in there})
        imports = Imports({path: self._imports_of(path) for path in self.files})
        if not changed:
            self.memory.imports = {origin: imports}
        return imports.importers

    def _imports_of(self, path: str) -> frozenset[str]:
        named = _sources_in(self.snapshot.text(path))
        targets = {self.modules.resolve(path, source) for source in named}
        return frozenset(target for target in targets if target is not None and target != path)

    def by_path(self, path: str, name: str) -> ByPath | None:
        """Return where a path in a text means the module ``path``, or ``name`` of it."""
        several = (self._by_path.get((path, one)) for one in ("", name))
        return min((one for one in several if one), key=lambda one: one.built, default=None)

    @cached_property
    def _by_path(self) -> dict[tuple[str, str], ByPath]:
        return loaded_by_path(self.snapshot, self.modules)

    def _key(self, path: str) -> str:
        if path not in self._keys:
            self._keys[path] = _key_of(path.rpartition(".")[2], self.snapshot.text(path))
        return self._keys[path]


@lru_cache(maxsize=8)
def _code_of(files: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return those of ``files`` that hold code, each with its place; a series shares them."""
    code = tuple(path for path in files if syntax.holds_code(path))
    return code, {path: place for place, path in enumerate(code)}


@lru_cache(maxsize=16384)
def _key_of(suffix: str, text: str) -> str:
    """Return what a content is kept under: made once for all the snapshots that hold it."""
    content = text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(suffix.encode() + b"\0" + content).hexdigest()


@lru_cache(maxsize=16384)
def _sources_in(text: str) -> frozenset[str]:
    """Return every module that ``text`` may name: read once for all the snapshots that hold it."""
    return frozenset("".join(groups) for groups in _SOURCES.findall(text))
