"""Follow top-level names across files: imports, re-exports, barrels."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.code.references.index import Index
from mendbook.code.references.outline import DEFAULT, WHOLE, Declared

Seen = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Target:
    """One declared member (``owner`` set) or top-level declaration."""

    file: str
    owner: str
    name: str


class Names:
    """Find the declaration that a name means; files that export each other end the search."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def named(self, file: str, name: str, seen: Seen = frozenset()) -> Target | None:
        """Return the declaration that ``name`` means at the top level of ``file``, or None."""
        if name in self._index.outline(file).declared:
            return Target(file, "", name)
        taken = self._index.links(file).imports.get(name)
        if taken is None or taken.name == WHOLE:
            return None
        inner = self._index.modules.resolve(file, taken.source)
        return self.exported(inner, taken.name, seen) if inner is not None else None

    def exported(self, file: str, name: str, seen: Seen = frozenset()) -> Target | None:
        """Return the declaration that ``file`` exports as ``name``, through barrels, or None."""
        if (file, name) in seen:
            return None
        links, seen = self._index.links(file), seen | {(file, name)}
        if (export := links.exports.get(name)) is not None:
            if not export.source:
                return self.named(file, export.local, seen)
            inner = self._index.modules.resolve(file, export.source)
            passed_on = inner is not None and export.local != WHOLE
            return self.exported(inner, export.local, seen) if inner and passed_on else None
        for source in links.stars if name != DEFAULT else ():
            inner = self._index.modules.resolve(file, source)
            if inner is not None and (target := self.exported(inner, name, seen)) is not None:
                return target
        return None

    def whole(self, file: str, name: str) -> str:
        """Return the module that ``file`` exports whole as ``name``, as written there; or empty."""
        links = self._index.links(file)
        export = links.exports.get(name)
        if export is None:
            return ""
        if export.source:
            return export.source if export.local == WHOLE else ""
        taken = links.imports.get(export.local)
        return taken.source if taken is not None and taken.name == WHOLE else ""

    def declared(self, target: Target) -> Declared:
        """Return the first declaration of a top-level ``target``."""
        return self._index.outline(target.file).declared[target.name][0]
