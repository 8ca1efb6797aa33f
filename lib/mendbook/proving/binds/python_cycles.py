"""Circles of imports between Python modules that an edit closes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.python_modules import PythonModules, parsed

_MOST = 400


@dataclass(slots=True)
class PythonGraph:
    """The modules that each module of one tree loads when it is loaded."""

    modules: PythonModules
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def loads(self, path: str) -> frozenset[str]:
        """Return the modules that the top level of ``path`` imports names from."""
        if path not in self._known:
            tree = parsed(self.modules.snapshot.get(path) or "")
            found = set(self._loads(path, tree.body)) if tree is not None else set()
            self._known[path] = frozenset(found - {path})
        return self._known[path]

    def _loads(self, path: str, body: list[ast.stmt]) -> Iterator[str]:
        """Yield what ``from x import name`` needs whole: only that breaks in a circle."""
        for node in body:
            if not isinstance(node, ast.ImportFrom):
                continue
            home = self.modules.find(path, node.module or "", node.level)
            for alias in node.names:
                inner = ".".join(part for part in (node.module, alias.name) if part)
                found = self.modules.find(path, inner, node.level)
                if not found and home is not None and home.endswith(".py"):
                    yield home

    def way(self, start: str, end: str) -> list[str]:
        """Return a shortest chain of imports from ``start`` to ``end``, or an empty one."""
        came: dict[str, str] = {start: ""}
        waiting = [start]
        for path in waiting:
            if path == end:
                chain = [path]
                while came[chain[-1]]:
                    chain.append(came[chain[-1]])
                return chain[::-1]
            if len(came) > _MOST:
                return []
            for inner in sorted(self.loads(path) - came.keys()):
                came[inner] = path
                waiting.append(inner)
        return []


def cycle_faults(before: PythonGraph, after: PythonGraph, path: str) -> Iterator[Fault]:
    """Yield each circle that an import which is new in ``path`` closes."""
    if path not in before.modules.snapshot:
        return
    for inner in sorted(after.loads(path) - before.loads(path)):
        chain = after.way(inner, path)
        if chain and not (before.way(inner, path) and before.way(path, inner)):
            yield Fault(path, 0, f"imports {inner} in a circle: {' → '.join([path, *chain])}")
