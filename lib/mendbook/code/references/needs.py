"""Why a name must stay: whoever imports, reads, loads or calls it, named with the place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.components import is_component
from mendbook.code.conventions import reader_of_export
from mendbook.code.file_facts import facts_by_file
from mendbook.code.modules import written_as
from mendbook.code.references.augmented import adding_files, additions
from mendbook.code.references.by_path import said_by_path
from mendbook.code.references.declaring import declaring
from mendbook.code.references.index import Index
from mendbook.code.references.loading import MOCKED, may_load_many
from mendbook.code.references.named_in_settings import named_in_settings
from mendbook.code.references.outline import DEFAULT, WHOLE, Links
from mendbook.code.references.published import is_offered
from mendbook.code.references.type_shape import Op
from mendbook.code.references.written_imports import (
    may_mean,
    taking,
    texts_of,
    written_imports,
)
from mendbook.code.side_effects import decorators_of, effect_of
from mendbook.code.test_files import is_test_data
from mendbook.model import ReferenceKind
from mendbook.text.globs import matches

_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_STATIC = frozenset({"nested_type_identifier", "nested_identifier"})
_SHOWN = 3


class Needs:
    """Say what needs a top-level name of a file, or that nothing does."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of_declaration(self, file: str, name: str) -> str:
        """Return why the top-level declarations of ``name`` in ``file`` must stay; else nothing."""
        return self._at_home(file, name) or self._outside(file, name, self._surfaces(file, name))

    def of_removal(self, file: str, name: str) -> str:
        """Return who takes ``name`` from ``file``, under any name it is exported by."""
        titles = dict.fromkeys([(file, name), *self._surfaces(file, name)])
        handed = (self._reexported(file, title) for path, title in titles if path == file)
        return next(filter(None, handed), "") or self._outside(
            file, name, [*dict.fromkeys([*self._closure([(file, name)]), *titles])]
        )

    def of_export(self, file: str, name: str) -> str:
        """Return why ``file`` must go on exporting ``name``; nothing when nobody takes it."""
        return self._reexported(file, name) or self._outside(
            file, name, self._closure([(file, name)])
        )

    def _reexported(self, file: str, name: str) -> str:
        """Return which files hand on the export ``name`` of ``file`` by name; else nothing."""
        reexported = [
            importer
            for importer, links in self._importers(file)
            for one in links.exports.values()
            if one.local == name and self._means(importer, one.source, file)
        ]
        if not reexported:
            return ""
        shown = "the default export" if name == DEFAULT else name
        return f"{shown} is re-exported by {_listed(reexported)}"

    def of_loaded(self, file: str, name: str) -> str:
        """Return where a path in a text loads what ``file`` calls ``name`` and exports.

        ``name`` is empty for what is exported without a name. What is only built from a path
        is not taken by its name there, so it may be called otherwise.
        """
        surfaces = self._surfaces(file, name)
        said = (self._by_path(*one, built=False) for one in surfaces)
        return next(filter(None, said), "")

    def of_convention(self, file: str, name: str) -> str:
        """Return which framework takes what ``file`` calls ``name`` by that very name."""
        surfaces = [one for one in self._surfaces(file, name) if one[1] == name]
        return next(filter(None, (self._by_convention(*one) for one in surfaces)), "")

    def of_augmented(self, file: str, name: str) -> str:
        """Return where another file adds to what ``file`` calls ``name``, by that very name."""
        surfaces = [one for one in self._surfaces(file, name) if one[1] == name]
        return self._augmented(file, surfaces or [(file, name)])

    def _outside(self, file: str, name: str, surfaces: list[tuple[str, str]]) -> str:
        """Return who takes ``name``, which can be imported as each of ``surfaces``."""
        return (
            next(filter(None, (self._surface(*one) for one in surfaces)), "")
            or self._augmented(file, surfaces)
            or self._by_others(file, name)
            or next(filter(None, (self._by_path(*one) for one in surfaces)), "")
            or next(filter(None, (self._written(*one) for one in surfaces)), "")
        )

    def _at_home(self, file: str, name: str) -> str:
        root = self._index.tree(file).root
        own = declaring(root, name)
        for site in self._index.sites(file, [name]):
            inside = any(_covers(one, site.line, site.column) for one in own)
            means_it = site.receiver is None and site.binding is None
            if means_it and not inside and site.kind is not ReferenceKind.REEXPORT:
                return f"{name} is used at {file}:{site.line}"
        for statement in own:
            if reason := _runs(statement, name):
                return reason
        return ""

    def _surfaces(self, file: str, name: str) -> list[tuple[str, str]]:
        exports = self._index.links(file).exports.values()
        return self._closure(
            [(file, one.name) for one in exports if one.local == name and not one.source]
        )

    def _closure(self, start: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return each file and name under which the exports ``start`` can be imported."""
        closure: dict[tuple[str, str], None] = {}
        waiting = list(start)
        while waiting:
            path, name = waiting.pop()
            if (path, name) in closure:
                continue
            closure[path, name] = None
            for importer, links in self._importers(path):
                waiting.extend(self._handed_on(importer, links, path, name))
        return list(closure)

    def _handed_on(
        self, importer: str, links: Links, path: str, name: str
    ) -> Iterator[tuple[str, str]]:
        for one in links.exports.values():
            if one.local == name and self._means(importer, one.source, path):
                yield importer, one.name
        if name != DEFAULT and any(self._means(importer, one, path) for one in links.stars):
            yield importer, name

    def _surface(self, path: str, name: str) -> str:
        """Return who takes ``name`` from ``path`` itself."""
        if read := self._by_convention(path, name):
            return read
        if is_test_data(path):
            return f"{path} is data that tests read"
        if is_offered(self._index.snapshot, path):
            return f"the package is published, so {name} may be imported from outside"
        users = [
            importer
            for importer, links in self._importers(path)
            for one in links.imports.values()
            if self._takes(one.name, path, name) and self._means(importer, one.source, path)
        ]
        if users:
            return f"{name} is imported by {_listed(users)}"
        return next(filter(None, self._whole(path, name)), "") or self._by_pattern(path, name)

    def _by_convention(self, path: str, name: str) -> str:
        reader = reader_of_export(path, name, lambda: self._dependencies(path))
        shown = "the default export" if name == DEFAULT else name
        return f"{shown} is {self._called(path, name)} by {reader}" if reader else ""

    def _takes(self, taken: str, path: str, name: str) -> bool:
        whole = taken == WHOLE and name == DEFAULT and self._index.links(path).assigned
        return taken == name or whole

    def _called(self, path: str, name: str) -> str:
        several = self._index.outline(path).declared.get(name, ())
        function = any(one.kind == "function" or one.shape.op is Op.FUNCTION for one in several)
        return "called" if function or not several else "read"

    def _whole(self, path: str, name: str) -> Iterator[str]:
        """Yield how ``path`` is taken whole where ``name`` is or may be taken from it."""
        for importer, links in self._importers(path):
            for export in links.exports.values():
                if export.local == WHOLE and self._means(importer, export.source, path):
                    yield f"{name} is re-exported by {importer} as {export.name}.{name}"
            for one in links.imports.values():
                if one.name == WHOLE and self._means(importer, one.source, path):
                    yield self._through(importer, one.local, name)
            text = self._index.snapshot.text(importer)
            for load in links.loads:
                said = load.name == MOCKED and re.search(rf"\b{re.escape(name)}\b", text)
                taken = load.name in {"", name} or said
                if taken and self._means(importer, load.source, path):
                    yield f"{name} may be taken where {importer} loads {path}"

    def _through(self, importer: str, local: str, name: str) -> str:
        """Return where ``name`` is taken through the namespace ``local``, or may be."""
        text = self._index.snapshot.text(importer)
        if is_component(importer) and f"{local}.{name}" in text:  # its markup is no module
            return f"{name} is used by the markup of {importer}"
        root = self._index.tree(importer).root
        for site in self._index.sites(importer, [local]):
            if site.receiver is not None or site.binding is not None:
                continue
            if site.kind in {ReferenceKind.IMPORT}:
                continue
            taken = _member_of(syntax.node_at(root, site.line - 1, site.column - 1))
            if taken == name:
                return f"{name} is used at {importer}:{site.line}"
            if not taken:
                return f"{name} may be reached through {local} at {importer}:{site.line}"
        return ""

    def _by_pattern(self, path: str, name: str) -> str:
        for file, pattern in self._patterns:
            head = pattern.partition("*")[0]
            folder = self._index.modules.folder(file, head.rpartition("/")[0] or ".")
            rest = pattern[len(head.rpartition("/")[0]) :].lstrip("/")
            if folder is None or path == file:
                continue
            below = posixpath.relpath(path, folder or ".")
            flat = rest.replace("**/", "*")
            if not below.startswith("..") and any(
                # what fills a template may hold slashes, so its ``*`` is read in both ways
                matches(below, one) or fnmatchcase(below, one)
                for way in (rest, flat)
                for one in (way, f"{way}.*", *written_as(way))
            ):
                return f"{name} may be taken where {file} loads {pattern}"
        return ""

    def _by_path(self, path: str, name: str, *, built: bool = True) -> str:
        meant = self._index.by_path(path, name)
        if meant is None or (meant.built and not built):
            return ""
        links = self._index.links(path)
        exported = {title for one in links.exports.values() for title in (one.name, one.local)}
        taken = name in exported or (links.stars and name != DEFAULT)
        return said_by_path(path, meant) if taken else ""

    @cached_property
    def _patterns(self) -> tuple[tuple[str, str], ...]:
        """Return every file with each pattern of files that it loads."""
        index = self._index
        return tuple(
            (path, load.source)
            for path in facts_by_file(index.snapshot, may_load_many)
            for load in index.links(path).loads
            if "*" in load.source
        )

    def _augmented(self, home: str, surfaces: list[tuple[str, str]]) -> str:
        """Return where a file other than ``home`` adds to one of ``surfaces``, or spells it there.

        A module that several hand on is added to by any of their names.
        """
        for file, name in surfaces:
            for path in adding_files(self._index.snapshot):
                if path in {file, home} or name not in self._index.snapshot.text(path):
                    continue
                for one in additions(self._index.tree(path).root, name):
                    if self._adds_to(path, one.source, file):
                        return f"{name} may be augmented at {path}:{one.line}"
        return ""

    def _adds_to(self, path: str, source: str, file: str) -> bool:
        """Tell whether a block of ``path`` that adds to ``source`` may mean ``file``."""
        if not source:
            return not self._index.links(file).module
        meant = self._index.modules.resolve(path, source)
        if meant is not None:
            return meant == file
        packages = self._index.modules.packages
        return not packages.depends(path, _package_of(source)) and may_mean(
            source, file, self._packages(file)
        )

    def _packages(self, file: str) -> frozenset[str]:
        """Return the names under which the package of ``file`` may be imported."""
        around = self._index.modules.packages.around(file)
        return frozenset(one.name for one in around if one.name)

    def _by_others(self, file: str, name: str) -> str:
        """Return what needs the name without an import: as a global, or named in settings."""
        script = not self._index.links(file).module
        for path in self._index.mentions([name]) if script else ():
            if path != file and (line := self._global_use(path, name)):
                return f"{name} is a global, and used at {path}:{line}"
        return named_in_settings(self._index.snapshot, file, name, script=script)

    def _written(self, file: str, name: str) -> str:
        """Return which text spells out an import of ``name``: a page, a template, written code."""
        packages = self._packages(file)
        for path, clause, source in (*self._pages, *self._in_sources(file, name)):
            meant = self._means(path, source, file) or may_mean(source, file, packages)
            if meant and taking(clause, name, self._index.snapshot.text(path)):
                return f"{name} is imported by {path}"
        return ""

    @cached_property
    def _pages(self) -> tuple[tuple[str, str, str], ...]:
        """Return each import that a page or a template holds: its path, clause and module."""
        snapshot = self._index.snapshot
        return tuple(
            (path, *each)
            for path in texts_of(snapshot)
            for each in written_imports(path, snapshot.text(path))
        )

    def _in_sources(self, file: str, name: str) -> Iterator[tuple[str, str, str]]:
        """Yield each import that sources spell out in a text, or that leads nowhere known."""
        index = self._index
        stem = posixpath.basename(file).partition(".")[0]
        for path in index.mentions([stem if name == DEFAULT else name]):
            if path == file:
                continue
            real = frozenset(index.links(path).sources)
            for clause, source in written_imports(path, index.snapshot.text(path)):
                is_known = index.modules.resolve(path, source) or index.modules.packages.depends(
                    path, _package_of(source)
                )
                if source not in real or not is_known:
                    yield path, clause, source

    def _global_use(self, path: str, name: str) -> int:
        links, outline = self._index.links(path), self._index.outline(path)
        if name in links.imports or name in outline.declared:
            return 0
        sites = self._index.sites(path, [name])
        free = (one for one in sites if one.receiver is None and one.binding is None)
        return next((one.line for one in free), 0)

    def _importers(self, path: str) -> Iterator[tuple[str, Links]]:
        for importer in self._index.importers.get(path, ()):
            yield importer, self._index.links(importer)

    def _means(self, importer: str, source: str, file: str) -> bool:
        return bool(source) and self._index.modules.resolve(importer, source) == file

    def _dependencies(self, path: str) -> Iterator[str]:
        for package in self._index.modules.packages.around(path):
            for key in _DEPENDENCIES:
                listed = package.manifest.get(key)
                yield from listed if isinstance(listed, dict) else ()


def _runs(statement: SgNode, name: str) -> str:
    """Return what runs, or is told, where ``name`` is declared."""
    for node in (statement, *statement.named_children()):
        for decorator in decorators_of(node):
            title = decorator.text().partition("(")[0]
            return f"{name} carries {title}, which may use it"
    if effect := effect_of(statement):
        return f"declaring {name} runs {effect}, which would no longer happen"
    return ""


def _member_of(node: SgNode) -> str:
    """Return which member is taken of the namespace ``node``; nothing when that cannot be told."""
    parent = node.parent()
    if parent is None:
        return ""
    if parent.kind() == "member_expression":
        taken = parent.field("property")
        return taken.text() if taken is not None else ""
    if parent.kind() in _STATIC:
        return parent.named_children()[-1].text()
    if parent.kind() == "subscript_expression":
        return syntax.string_value(parent.field("index")) or ""
    return ""


def _covers(node: SgNode, line: int, column: int) -> bool:
    span, at = node.range(), (line - 1, column - 1)
    return (span.start.line, span.start.column) <= at < (span.end.line, span.end.column)


def _package_of(source: str) -> str:
    """Return the name of the package that an import names."""
    return "/".join(source.split("/")[: 2 if source.startswith("@") else 1])


def _listed(paths: list[str]) -> str:
    several = list(dict.fromkeys(paths))
    more = f" and {len(several) - _SHOWN} more" if len(several) > _SHOWN else ""
    return ", ".join(several[:_SHOWN]) + more
