"""The modules of a Python tree: where an import leads, and what each module binds."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mendbook.code.python_grammar import python_tree
from mendbook.repository.snapshot import Snapshot

_CAPTURES = ast.ExceptHandler | ast.MatchAs | ast.MatchStar
_ROOTS = ("", "src", "lib", "python", "app", "backend", "server", "api")


@lru_cache(maxsize=512)
def parsed(text: str) -> ast.Module | None:
    """Return the tree of ``text``, or None where this Python's grammar does not have it."""
    try:
        return python_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@dataclass(frozen=True, slots=True)
class ModuleNames:
    """What a module binds at its top level; ``open`` says that there may be more."""

    names: frozenset[str] = frozenset()
    open: bool = False


@dataclass(slots=True)
class PythonModules:
    """The Python modules of one snapshot."""

    snapshot: Snapshot
    _names: dict[str, ModuleNames] = field(default_factory=dict)
    _folders: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Note the folders, which are packages even without an ``__init__.py``."""
        folders = set()
        for path in self.snapshot.files:
            if path.endswith((".py", ".pyi")):
                above = posixpath.dirname(path)
                while above and above not in folders:
                    folders.add(above)
                    above = posixpath.dirname(above)
        self._folders = frozenset(folders)

    def find(self, path: str, module: str, level: int = 0) -> str | None:
        """Return the file, or folder, that ``module`` means in ``path``; None from outside.

        ``level`` is the number of dots before a relative import.
        """
        if level:
            base = path
            for _ in range(level):
                base = posixpath.dirname(base)
            return self._at(posixpath.join(base, *module.split(".")) if module else base)
        for root in self._roots(path):
            head = posixpath.join(root, module.split(".")[0])
            if self._at(head) is not None:
                return self._at(posixpath.join(root, *module.split("."))) or ""
        return None

    def is_ours(self, path: str, module: str, level: int) -> bool:
        """Tell whether the first part of ``module`` is in the repository."""
        return bool(level) or self.find(path, module.split(".")[0]) is not None

    def names(self, path: str) -> ModuleNames:
        """Return what the module at ``path`` binds; of a bare folder, its modules."""
        if path not in self._names:
            self._names[path] = ModuleNames(open=True)
            self._names[path] = self._read(path)
        return self._names[path]

    def has(self, path: str, name: str) -> bool | None:
        """Tell whether the module at ``path`` has ``name``; None where that cannot be told."""
        names = self.names(path)
        if name in names.names or self._submodule(path, name) is not None:
            return True
        return None if names.open else False

    def _submodule(self, path: str, name: str) -> str | None:
        folder = path if path in self._folders else posixpath.dirname(path)
        if path in self._folders or posixpath.basename(path).startswith("__init__."):
            return self._at(posixpath.join(folder, name))
        return None

    def _roots(self, path: str) -> Iterator[str]:
        seen: dict[str, None] = {}
        folder = posixpath.dirname(path)
        while folder:
            seen[folder] = None
            folder = posixpath.dirname(folder)
        yield from dict.fromkeys([*_ROOTS, *reversed(seen)])

    def _at(self, where: str) -> str | None:
        plain = posixpath.normpath(where) if where else ""
        for name in (
            f"{plain}.py",
            f"{plain}/__init__.py",
            f"{plain}.pyi",
            f"{plain}/__init__.pyi",
        ):
            if name.removeprefix("./") in self.snapshot:
                return name.removeprefix("./")
        compiled = any(
            other.startswith(f"{plain}.") and other.endswith((".so", ".pyd"))
            for other in self.snapshot.other
        )
        return plain if plain in self._folders or compiled else None

    def _read(self, path: str) -> ModuleNames:
        text = self.snapshot.get(path)
        if text is None:
            return ModuleNames(open=path not in self._folders)
        if path.endswith(".pyi"):
            return ModuleNames(open=True)
        tree = parsed(text)
        if tree is None:
            return ModuleNames(open=True)
        names = set(module_bindings(tree))
        is_open = "__getattr__" in names or bool(re.search(r"\b(?:globals|vars)\(\)\s*[.\[]", text))
        is_open |= "sys.modules[" in text or "lazy_import" in text
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and any(one.name == "*" for one in node.names):
                inner = self.find(path, node.module or "", node.level)
                other = self.names(inner) if inner else ModuleNames(open=True)
                names |= {name for name in other.names if not name.startswith("_")}
                is_open |= other.open
        return ModuleNames(frozenset(names | _MODULE_NAMES), is_open)


_MODULE_NAMES = frozenset(
    ("__name__", "__file__", "__doc__", "__path__", "__package__", "__spec__", "__dict__")
)


def module_bindings(tree: ast.Module) -> Iterator[str]:
    """Yield the names that the top level of ``tree`` binds, inside ``if`` and ``try`` too."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            yield from _globals_of(node)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((one.asname or one.name.split(".")[0]) for one in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, _CAPTURES) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, ast.Lambda):
            continue
        waiting.extend(ast.iter_child_nodes(node))


def _globals_of(node: ast.AST) -> Iterator[str]:
    """Yield the names that a function declares to be the module's."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Global):
            yield from inner.names
