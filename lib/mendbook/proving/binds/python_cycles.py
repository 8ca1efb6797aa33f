"""Circles of imports between Python modules that an edit closes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.import_circles import circle_faults
from mendbook.proving.binds.python_modules import PythonModules, parsed


@dataclass(slots=True)
class PythonGraph:
    """The modules that each module of one tree loads when it is loaded."""

    modules: PythonModules
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def loads(self, path: str) -> frozenset[str]:
        """Return the modules that the top level of ``path`` imports names from."""
        if path not in self._known:
            tree = parsed(self.modules.snapshot.get(path) or "")
            modules = set(self._loads(path, tree.body)) if tree is not None else set()
            self._known[path] = frozenset(modules - {path})
        return self._known[path]

    def _loads(self, path: str, body: list[ast.stmt]) -> Iterator[str]:
        """Yield what ``from x import name`` needs whole: only that breaks in a circle."""
        for node in body:
            if not isinstance(node, ast.ImportFrom):
                continue
            home = self.modules.find(path, node.module or "", node.level)
            for alias in node.names:
                inner = ".".join(part for part in (node.module, alias.name) if part)
                module = self.modules.find(path, inner, node.level)
                if not module and home is not None and home.endswith(".py"):
                    yield home


def cycle_faults(before: PythonGraph, after: PythonGraph, path: str) -> Iterator[Fault]:
    """Yield each circle that an import which is new in ``path`` closes."""
    if path not in before.modules.snapshot:
        return
    yield from circle_faults(before.loads, after.loads, path)
