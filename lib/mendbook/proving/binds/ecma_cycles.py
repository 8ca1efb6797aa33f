"""Circles of imports that an edit closes, imports of types left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mendbook.code import trees
from mendbook.code.references.index import Index
from mendbook.code.search import find_all
from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.import_circles import circle_faults


@dataclass(slots=True)
class Graph:
    """The modules that each module of one tree loads when it runs."""

    index: Index
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def loads(self, path: str) -> frozenset[str]:
        """Return the modules that ``path`` imports for their values."""
        if path not in self._known:
            self._known[path] = frozenset(self._loads(path))
        return self._known[path]

    def _loads(self, path: str) -> Iterator[str]:
        text = self.index.snapshot.get(path)
        if text is None or not trees.is_source(path):
            return
        for source in _sources(path, text):
            inner = self.index.modules.resolve(path, source)
            if inner is not None:
                yield inner


@lru_cache(maxsize=1024)
def _sources(path: str, text: str) -> tuple[str, ...]:
    """Return what ``text`` imports for its values, as it is written there."""
    root = trees.parse(path, text)
    used = {
        node.text()
        for node in find_all(root, "identifier", "shorthand_property_identifier")
        if not _in_import(node)
    }
    sources = []
    for statement in root.named_children():
        source = trees.string_value(statement.field("source"))
        if not source or any(child.kind() == "type" for child in statement.children()):
            continue
        bound = {node.text() for node in find_all(statement, "identifier")}
        if statement.kind() == "export_statement" or not bound or bound & used:
            sources.append(source)
    return tuple(sources)


def cycle_faults(before: Graph, after: Graph, path: str) -> Iterator[Fault]:
    """Yield each circle that an import which is new in ``path`` closes."""
    if path not in before.index.snapshot:
        return
    yield from circle_faults(before.loads, after.loads, path)


def _in_import(node: object) -> bool:
    return any(one.kind() == "import_statement" for one in node.ancestors())  # type: ignore[attr-defined]
