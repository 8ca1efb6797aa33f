"""The provider that is always there: imports, and what receivers are known to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mendbook.code.references import builtin
from mendbook.code.references.ambient import ambient_uses, is_ambient
from mendbook.code.references.index import Index
from mendbook.code.references.link import Linker
from mendbook.code.references.loading import may_load
from mendbook.code.references.names import Target
from mendbook.code.references.outline import DEFAULT, WHOLE, Declared, Site
from mendbook.code.references.provider import Place, Subject, place_of
from mendbook.code.references.type_shape import Op, Shape
from mendbook.code.test_files import is_test
from mendbook.model import Reference, ReferenceKind

_Meant = tuple[str, Site, frozenset[Target] | None]
"""A file, a use of a member in it, and what it can be declared as: None where that is unknown."""


class SyntaxProvider:
    """Find uses with the syntax trees alone."""

    name = "syntax"

    def __init__(self, index: Index) -> None:
        self._index = index
        self.linker = Linker(index)
        self._answers: dict[Place, tuple[Reference, ...]] = {}
        self._in_code: dict[Place, tuple[Reference, ...]] = {}
        self._meant: dict[tuple[str, bool], tuple[_Meant, ...]] = {}

    def references(self, subjects: Sequence[Subject]) -> tuple[tuple[Reference, ...], ...]:
        """Return the uses of each subject, by file and line."""
        new = [one for one in subjects if place_of(one) not in self._answers]
        self._index.warm({subject.declared.name for subject in new})
        for subject in new:
            self._answers[place_of(subject)] = self._references(subject)
        return tuple(self._answers[place_of(subject)] for subject in subjects)

    def in_code(self, subject: Subject) -> tuple[Reference, ...]:
        """Return the uses of ``subject`` outside of tests; no place in a test is looked at."""
        place = place_of(subject)
        if place not in self._in_code:
            known = self._answers.get(place)
            references = self._references(subject, tests=False) if known is None else known
            self._in_code[place] = tuple(one for one in references if not one.test)
        return self._in_code[place]

    def by_name(self, subject: Subject) -> tuple[tuple[Reference, ...], int]:
        """Return uses of a member by its name on receivers named like its home, and how many more.

        What hands an object out at run time (a plugin's decoration, a container) hides its type;
        ``taskStore.update()`` still says that ``update`` of ``task-store.ts`` is meant. The number
        counts the calls on other receivers of which nothing is known.
        """
        declared = subject.declared
        homes = {_spelled(subject.file.rpartition("/")[2].partition(".")[0])}
        homes |= {_spelled(declared.owner)} if declared.owner else set()
        uses, others = [], 0
        for path in self._index.mentions([declared.name]):
            for site in self._index.sites(path, [declared.name]):
                if site.receiver is None:
                    taken = site.binding is not None and path != subject.file
                    others += taken and site.kind is ReferenceKind.CALL and not is_test(path)
                if site.receiver is None or site.kind is ReferenceKind.WRITE:
                    continue
                if self.linker.targets(path, site.receiver, declared.name):
                    continue
                if _spelled(site.receiver.name) in homes:
                    uses.append(reference_at(path, site))
                elif site.receiver.op in {Op.NAME, Op.MEMBER, Op.UNKNOWN, Op.PARAMETER}:
                    others += site.kind is ReferenceKind.CALL and not is_test(path)
        return tuple(uses), others

    def _references(self, subject: Subject, *, tests: bool = True) -> tuple[Reference, ...]:
        declared = subject.declared
        if declared.name == "constructor" and declared.owner:
            uses = [
                (file, site)
                for file, site in self._top_level(subject.file, declared.owner, tests=tests)
                if site.kind is ReferenceKind.CONSTRUCT
            ]
        elif declared.owner:
            target = Target(subject.file, declared.owner, declared.name)
            uses = list(self._members(target, declared, tests=tests))
        elif declared.local:
            place = (declared.line, declared.column)
            sites = self._index.sites(subject.file, [declared.name])
            uses = [(subject.file, site) for site in sites if site.binding == place]
        else:
            uses = list(self._top_level(subject.file, declared.name, tests=tests))
        if is_ambient(subject, self._index):
            everywhere = ambient_uses(subject, self._index)
            uses += [(path, site) for path, site in everywhere if tests or not is_test(path)]
        references = {reference_at(file, site) for file, site in uses}
        return tuple(sorted(references, key=lambda one: (one.file, one.line, one.column)))

    def _top_level(self, file: str, name: str, *, tests: bool) -> Iterator[tuple[str, Site]]:
        """Yield the uses of a top-level name: at home, and wherever it is imported."""
        target = Target(file, "", name)
        names = self._names(file, name)
        for path, local in names:
            if not tests and is_test(path):
                continue
            passed_on = path != file and local not in self._index.links(path).imports
            for site in self._index.sites(path, [local]):
                if passed_on and site.kind is not ReferenceKind.REEXPORT:
                    continue
                if site.receiver is None and site.binding is None:
                    yield path, site
        known = {alias for _, alias in names} | {name}
        for path in self._searched(known, tests=tests):
            for site in self._index.sites(path, known):
                if site.receiver is None or not self._can_be_module(path, site.receiver):
                    continue
                if target in (self.linker.targets(path, site.receiver, site.name) or ()):
                    yield path, site

    def _searched(self, names: Iterable[str], *, tests: bool) -> Iterator[str]:
        """Yield the files whose text holds one of ``names``, those of tests where they count."""
        return (path for path in self._index.mentions(names) if tests or not is_test(path))

    def _can_be_module(self, file: str, shape: Shape) -> bool:
        """Tell whether ``shape`` starts at an import, as the namespace of a module must."""
        while shape.op in {Op.MEMBER, Op.AWAIT}:
            shape = shape.parts[0]
        if shape.op is not Op.NAME:
            return shape.op is Op.MODULE
        imported = shape.name in self._index.links(file).imports
        return imported or may_load(self._index.snapshot.text(file))

    def _names(self, file: str, name: str) -> list[tuple[str, str]]:
        """Return each file and the local name that means the declaration in it, aliases too."""
        names: dict[tuple[str, str], None] = {}
        waiting = [(file, name)]
        while waiting:
            path, local = waiting.pop()
            if (path, local) in names:
                continue
            names[path, local] = None
            exports = self._index.links(path).exports.values()
            exported = {one.name for one in exports if one.local == local and not one.source}
            waiting.extend(self._imported(path, exported))
        return list(names)

    def _imported(self, file: str, exported: set[str]) -> Iterator[tuple[str, str]]:
        """Yield where the names that ``file`` exports arrive, through re-exports."""
        waiting = [(file, name) for name in sorted(exported)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            path, name = waiting.pop()
            if (path, name) in seen:
                continue
            seen.add((path, name))
            called = self._called(path, name)
            for importer in self._index.importers.get(path, ()):
                text = self._index.snapshot.text(importer)
                if name != DEFAULT and name not in text and "*" not in text:
                    continue
                links = self._index.links(importer)
                for one in links.imports.values():
                    if one.name in called and self._means(importer, one.source, path):
                        yield importer, one.local
                for export in links.exports.values():
                    if export.local in called and self._means(importer, export.source, path):
                        waiting.append((importer, export.name))
                        yield importer, name
                if name != DEFAULT and any(
                    self._means(importer, source, path) for source in links.stars
                ):
                    waiting.append((importer, name))

    def _called(self, path: str, name: str) -> frozenset[str]:
        """Return the names that an import may give ``name`` of ``path``: a default, the whole."""
        whole = name == DEFAULT and self._index.links(path).assigned
        return frozenset({name, WHOLE} if whole else {name})

    def _means(self, importer: str, source: str, file: str) -> bool:
        return bool(source) and self._index.modules.resolve(importer, source) == file

    def _members(
        self, target: Target, declared: Declared, *, tests: bool
    ) -> Iterator[tuple[str, Site]]:
        """Yield the uses of a member; of an unknown receiver only where nothing else is meant.

        A method that calls its own name on something of unknown type hands the call on: that is
        another object's, as a rule.
        """
        roots = self.linker.roots(target)
        unsure: list[tuple[str, Site]] = []
        for path, site, meant in self._uses_of_member(target.name, tests=tests):
            if meant is None and site.kind is not ReferenceKind.WRITE:
                within = declared.first_line <= site.line <= declared.end_line
                if path != target.file or not within:
                    unsure.append((path, site))
            elif any(self.linker.roots(one) & roots for one in meant or ()):
                yield path, site
        if unsure and self._is_only_owner(target, roots):
            yield from unsure

    def _uses_of_member(self, name: str, *, tests: bool) -> tuple[_Meant, ...]:
        """Return the uses of members called ``name``, found once for all types that have one."""
        if (name, tests) not in self._meant:
            self._meant[name, tests] = tuple(
                (path, site, self.linker.targets(path, site.receiver, name))
                for path in self._searched([name], tests=tests)
                for site in self._index.sites(path, [name])
                if site.receiver is not None
            )
        return self._meant[name, tests]

    def _is_only_owner(self, target: Target, roots: frozenset[Target]) -> bool:
        """Tell whether no other type, here or of the language, has a member of that name.

        Only then is a use on a receiver of unknown type taken for a use of ``target``.
        """
        if target.name in builtin.EVERYWHERE:
            return False
        for path in self._index.mentions([target.name]):
            for key, kind in self._index.outline(path).types.items():
                other = Target(path, key, target.name)
                if target.name in kind.members and not self.linker.roots(other) & roots:
                    return False
        return True


def _spelled(name: str) -> str:
    """Return ``name`` so that ``task-store``, ``TaskStore`` and ``task_store`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def reference_at(file: str, site: Site) -> Reference:
    """Return the use that stands at ``site`` of ``file``."""
    return Reference(file, site.line, site.kind, site.enclosing, is_test(file), site.column)
