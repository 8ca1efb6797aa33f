"""Imports, calls and attributes of Python against the definitions that can be seen."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.python_modules import PythonModules, parsed

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_PLAIN = frozenset({"staticmethod", "classmethod", "override", "abstractmethod", "final"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes: positional names, those with a default, keywords, and the rest."""

    positional: tuple[str, ...]
    defaults: int
    only_positional: int
    keywords: frozenset[str]
    needed: frozenset[str]
    """Keyword-only parameters without a default."""
    any_positional: bool
    any_keyword: bool

    @classmethod
    def of(cls, function: _Function, *, bound: bool) -> Signature:
        """Return the signature; ``bound`` leaves out the instance that a method is given."""
        args = function.args
        every = [one.arg for one in (*args.posonlyargs, *args.args)]
        skipped = 1 if bound and every else 0
        pairs = zip(args.kwonlyargs, args.kw_defaults, strict=True)
        return cls(
            positional=tuple(every[skipped:]),
            defaults=len(args.defaults),
            only_positional=max(0, len(args.posonlyargs) - skipped),
            keywords=frozenset(one.arg for one in args.kwonlyargs),
            needed=frozenset(one.arg for one, default in pairs if default is None),
            any_positional=args.vararg is not None,
            any_keyword=args.kwarg is not None,
        )

    def misfit(self, call: ast.Call) -> str:
        """Return how ``call`` does not fit, in words; empty where it does or cannot be told."""
        if any(isinstance(one, ast.Starred) for one in call.args):
            return ""
        if any(one.arg is None for one in call.keywords):
            return ""
        given = len(call.args)
        named = {one.arg for one in call.keywords if one.arg}
        if given > len(self.positional) and not self.any_positional:
            return f"takes {len(self.positional)} positional arguments and is given {given}"
        known = set(self.positional[self.only_positional :]) | self.keywords
        if not self.any_keyword and (strange := sorted(named - known)):
            return f"has no parameter {strange[0]}"
        if twice := sorted(named & set(self.positional[self.only_positional : given])):
            return f"is given {twice[0]} twice"
        required = self.positional[given : len(self.positional) - self.defaults]
        missing = [one for one in required if one not in named]
        missing += sorted(self.needed - named)
        return f"is not given {missing[0]}" if missing else ""


def import_faults(
    path: str,
    old: ast.Module | None,
    new: ast.Module,
    before: PythonModules,
    after: PythonModules,
) -> Iterator[Fault]:
    """Yield the imports of ``new`` that name what is not there and was there ``before``."""
    known = {taken for _, taken, _ in _wrong(path, old, before)} if old is not None else set()
    for node, taken, fault in _wrong(path, new, after):
        if taken not in known:
            yield Fault(path, node.lineno, fault)


_Taken = tuple[str, int, str]


def _wrong(
    path: str, tree: ast.Module, modules: PythonModules
) -> Iterator[tuple[ast.stmt, _Taken, str]]:
    for node, module, level, name in _import_nodes(tree):
        fault = _import_fault(path, module, level, name, modules)
        if fault and not _is_guarded(tree, node):
            yield node, (module, level, name), fault


def _import_fault(path: str, module: str, level: int, name: str, modules: PythonModules) -> str:
    if not modules.is_ours(path, module, level):
        return _foreign(module, name)
    file = modules.find(path, module, level)
    spelled = "." * level + module
    if not file:
        return f"there is no module {spelled}"
    lacks = name not in {"", "*"} and modules.has(file, name) is False
    return f"{spelled} has no {name}" if lacks else ""


def _import_nodes(tree: ast.Module) -> Iterator[tuple[ast.stmt, str, int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, one.name, 0, "") for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, node.module or "", node.level, one.name) for one in node.names)


def _is_guarded(tree: ast.Module, wanted: ast.stmt) -> bool:
    """Tell whether an import stands in a ``try``, where its failing is provided for."""
    return any(
        isinstance(node, ast.Try) and any(one is wanted for one in ast.walk(node))
        for node in ast.walk(tree)
    )


def _foreign(module: str, name: str) -> str:
    """Return what is wrong with an import of the standard library, if it is near to a right one."""
    head = module.split(".")[0]
    if head not in sys.stdlib_module_names or head.startswith("_") or name in {"", "*"}:
        return ""
    loaded = sys.modules.get(module)
    if loaded is None or hasattr(loaded, name):
        return ""
    near = [one for one in dir(loaded) if _near(one, name)]
    return f"{module} has no {name}" if near else ""


def _near(one: str, other: str) -> bool:
    """Tell whether two names differ by one letter put in, left out or swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


# --- definitions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TopLevel:
    """What one module defines, assigns and imports by name at its top level."""

    definitions: dict[str, tuple[ast.AST, ...]]
    stores: frozenset[str]
    brought: dict[str, tuple[tuple[ast.ImportFrom, ast.alias], ...]]


@lru_cache(maxsize=512)
def top_level(tree: ast.Module) -> TopLevel:
    """Return the top level of ``tree``, read once."""
    definitions: dict[str, tuple[ast.AST, ...]] = {}
    brought: dict[str, tuple[tuple[ast.ImportFrom, ast.alias], ...]] = {}
    for node in tree.body:
        if isinstance(node, _Function | ast.ClassDef):
            definitions[node.name] = (*definitions.get(node.name, ()), node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = alias.asname or alias.name
                brought[name] = (*brought.get(name, ()), (node, alias))
    stores = frozenset(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return TopLevel(definitions, stores, brought)


@dataclass(frozen=True, slots=True)
class Definitions:
    """The functions and classes of one file, and where the names that it imports lead."""

    path: str
    tree: ast.Module
    modules: PythonModules

    def find(self, name: str) -> tuple[Definitions, ast.AST] | None:
        """Return the one definition that ``name`` means at the top level, through imports."""
        return self._find(name, frozenset())

    def _find(self, name: str, seen: frozenset[str]) -> tuple[Definitions, ast.AST] | None:
        if self.path in seen:
            return None
        top = top_level(self.tree)
        defined = top.definitions.get(name, ())
        if len(defined) == 1 and name not in top.stores:
            return self, defined[0]
        brought = top.brought.get(name, ())
        if defined or name in top.stores:
            return None
        if len(brought) != 1:
            return None
        node, alias = brought[0]
        other = self.of(node.module or "", node.level)
        return other._find(alias.name, seen | {self.path}) if other is not None else None

    def of(self, module: str, level: int = 0) -> Definitions | None:
        """Return the definitions of a module of the repository; None without one."""
        path = self.modules.find(self.path, module, level)
        text = self.modules.snapshot.get(path) if path else None
        tree = parsed(text) if text is not None else None
        return Definitions(path, tree, self.modules) if path and tree is not None else None

    def module(self, name: str) -> Definitions | None:
        """Return the module of the repository that ``name`` was imported as; None without one."""
        for node in self.tree.body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.asname == name or (alias.asname is None and alias.name == name):
                        return self.of(alias.name)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if (alias.asname or alias.name) == name:
                        inner = f"{node.module}.{alias.name}" if node.module else alias.name
                        return self.of(inner, node.level)
        return None


def method_of(
    home: Definitions, owner: ast.ClassDef, name: str
) -> tuple[_Function, bool] | bool | None:
    """Return the method ``name`` of a class or its bases, and whether it is bound when called.

    False says that there is none; None that it cannot be told.
    """
    mine = [node for node in owner.body if isinstance(node, _Function) and node.name == name]
    others = name in set(class_bindings(owner)) - {node.name for node in mine}
    if len(mine) == 1 and not others:
        marks = {_mark(one) for one in mine[0].decorator_list}
        return (mine[0], "staticmethod" not in marks) if marks <= _PLAIN else None
    if mine or others or owner.keywords or owner.decorator_list:
        return None
    for base in owner.bases:
        parent = home.find(base.id) if isinstance(base, ast.Name) else None
        if isinstance(base, ast.Name) and base.id == "object":
            continue
        if parent is None or not isinstance(parent[1], ast.ClassDef):
            return None
        inner = method_of(parent[0], parent[1], name)
        if inner is not False:
            return inner
    return False


def class_bindings(owner: ast.ClassDef) -> Iterator[str]:
    """Yield what a class has: what its body binds, and what its methods assign to the instance."""
    yield from _body_bindings(owner)
    for node in ast.walk(owner):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _body_bindings(owner: ast.ClassDef) -> Iterator[str]:
    waiting: list[ast.AST] = list(owner.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, _Function | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((one.asname or one.name) for one in node.names)
        waiting.extend(ast.iter_child_nodes(node))


def _mark(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return "?"
