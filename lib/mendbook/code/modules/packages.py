"""The packages that a repository holds itself: their names, and what they offer to importers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendbook.code.modules.jsonc import loose_json
from mendbook.repository.snapshot import Snapshot

_ENTRIES = ("source", "svelte", "module", "main", "types", "typings", "browser")
_BUILT = re.compile(r"^(?:dist|build|lib|out|output|es|esm|cjs|umd|types|_?dist-\w+)(?:/|$)")
_FORMATS = re.compile(r"^(?:es|esm|cjs|mjs|umd|types|node|browser|src)/")
_NO_CODE = re.compile(r"\.(?!d\.)(?:json|css|scss|less|md|wasm|svg|png)$")
_LINKS = re.compile(r"^(?:file|link|portal|workspace):(?=[./@\w])(?P<where>.+)$")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


@dataclass(frozen=True, slots=True)
class Package:
    """One ``package.json``: where it stands, and what it says."""

    folder: str
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the package's name, empty without one."""
        name = self.manifest.get("name")
        return name if isinstance(name, str) else ""

    def entries(self, subpath: str = "") -> Iterator[str]:
        """Yield where ``import "name/subpath"`` may lead, below the repository's root.

        What is built (``dist/x.js``) is not in a repository, so each target is also looked for
        where it is built from.
        """
        exports = self.manifest.get("exports")
        wanted = f"./{subpath}" if subpath else "."
        targets = list(_mapped(exports, wanted, bare=True))
        if not subpath:
            named = (self.manifest.get(key) for key in _ENTRIES)
            targets += [one for one in named if isinstance(one, str)]
        for target in targets:
            yield from (posixpath.join(self.folder, one) for one in _sources(target))
        if subpath:
            yield posixpath.join(self.folder, subpath)
            yield posixpath.join(self.folder, "src", subpath)
        else:
            yield posixpath.join(self.folder, "src")
            yield self.folder or "."

    def subpaths(self) -> tuple[str, ...]:
        """Return below what names its code can be imported, as ``exports`` lists them."""
        exports = self.manifest.get("exports")
        if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
            return ("",)
        return tuple(
            key.removeprefix(".").removeprefix("/")
            for key, value in exports.items()
            if any(not _NO_CODE.search(target) for target in _strings(value))
        )

    def every_entry(self) -> Iterator[str]:
        """Yield each file that the manifest offers to others, as written and as built from."""
        named: list[Any] = [self.manifest.get(key) for key in (*_ENTRIES, "bin")]
        for target in _strings([*named, self.manifest.get("exports")]):
            yield from (posixpath.join(self.folder, one) for one in _sources(target))

    def code(self) -> tuple[str, ...]:
        """Return the files of code that the manifest names for importers, as written."""
        named = [self.manifest.get(key) for key in (*_ENTRIES, "exports")]
        return tuple(one for one in _strings(named) if not _NO_CODE.search(one))

    def internal(self, source: str) -> Iterator[str]:
        """Yield what ``#name`` means by the package's ``imports``."""
        for target in _mapped(self.manifest.get("imports"), source, bare=False):
            yield from (posixpath.join(self.folder, one) for one in _sources(target))

    def linked(self, source: str) -> Iterator[str]:
        """Yield what a dependency on a folder of the repository (``file:../x``) means."""
        name = "/".join(source.split("/")[: 2 if source.startswith("@") else 1])
        for key in _DEPENDENCIES:
            listed = self.manifest.get(key)
            version = listed.get(name) if isinstance(listed, dict) else None
            match = _LINKS.match(version) if isinstance(version, str) else None
            if match is not None and match["where"][0] in "./":
                folder = posixpath.normpath(posixpath.join(self.folder, match["where"]))
                yield posixpath.join(folder, *source.split("/")[name.count("/") + 1 :])


class Packages:
    """Every package of a snapshot, by name and by folder."""

    def __init__(self, snapshot: Snapshot) -> None:
        packages = [
            Package(posixpath.dirname(path), loose_json(snapshot.text(path)))
            for path in snapshot.files
            if posixpath.basename(path) == "package.json" and "node_modules/" not in path
        ]
        self.by_folder = {one.folder: one for one in packages}
        self._by_name = {one.name: one for one in reversed(packages) if one.name}

    def around(self, file: str) -> Iterator[Package]:
        """Yield the packages that ``file`` lies in, nearest first."""
        folder = posixpath.dirname(file)
        while True:
            if folder in self.by_folder:
                yield self.by_folder[folder]
            if not folder:
                return
            folder = posixpath.dirname(folder)

    def named(self, source: str) -> tuple[Package, str] | None:
        """Return the package that ``source`` names, and the path below it; None without one."""
        parts = source.split("/")
        for count in (2, 1) if source.startswith("@") else (1,):
            if (package := self._by_name.get("/".join(parts[:count]))) is not None:
                return package, "/".join(parts[count:])
        return None

    def depends(self, file: str, name: str) -> bool:
        """Tell whether a package around ``file`` lists ``name`` among its dependencies."""
        return any(
            name in listed
            for package in self.around(file)
            for key in _DEPENDENCIES
            if isinstance(listed := package.manifest.get(key), dict)
        )


def _mapped(table: object, wanted: str, *, bare: bool) -> Iterator[str]:
    """Yield the targets of ``wanted`` in an ``exports`` or ``imports`` table, any condition."""
    if bare and not (isinstance(table, dict) and any(key.startswith(".") for key in table)):
        table = {".": table}
    if not isinstance(table, dict):
        return
    if wanted in table:
        yield from _strings(table[wanted])
        return
    for key, value in sorted(table.items(), key=lambda item: -len(item[0])):
        head, star, tail = key.partition("*")
        if not star and key.endswith("/"):
            head, star = key, "*"
        long_enough = len(wanted) >= len(head) + len(tail)
        if star and long_enough and wanted.startswith(head) and wanted.endswith(tail):
            middle = wanted[len(head) : len(wanted) - len(tail)]
            for target in _strings(value):
                yield target.replace("*", middle) if "*" in target else target + middle


def _strings(value: object) -> Iterator[str]:
    """Yield the strings in a value of nested conditions and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _sources(target: str) -> Iterator[str]:
    """Yield ``target``, then where a build would have made it from."""
    plain = posixpath.normpath(target)
    yield plain
    below, many = _BUILT.subn("", plain, count=1)
    while many and below:
        yield posixpath.join("src", below)
        yield below
        below, many = _FORMATS.subn("", below, count=1)
