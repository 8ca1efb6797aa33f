"""Names of one edited Python file: unbound, too early, or taken by a new binding inside."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.python_modules import PythonModules, module_bindings, parsed

_BUILTIN = frozenset(dir(builtins)) | {
    "__file__",
    "__path__",
    "__builtins__",
    "__class__",
    "__annotations__",
    "__qualname__",
    "__module__",
    "WindowsError",
    "reveal_type",
    "reveal_locals",
    "_",
}


@dataclass(frozen=True, slots=True)
class ScopedModule:
    """The names of one module: what it binds, and by function what that takes from the module."""

    tree: ast.Module
    bound: frozenset[str]
    free: frozenset[str]
    """Names that nothing in the file binds."""
    globals_of: dict[str, frozenset[str]]
    """Function, dotted by its place, to the names it takes from the module."""
    locals_of: dict[str, frozenset[str]]


def scoped_module(text: str) -> ScopedModule | None:
    """Return the names of ``text``, or None where this Python's grammar does not have it."""
    tree = parsed(text)
    if tree is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(text, "module", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return None
    bound = frozenset(module_bindings(tree))
    free: set[str] = set()
    taken: dict[str, frozenset[str]] = {}
    own: dict[str, frozenset[str]] = {}
    for name, scope in _scopes(table, ""):
        uses = {
            symbol.get_name()
            for symbol in scope.get_symbols()
            if symbol.is_referenced() and (symbol.is_global() or scope is table)
        }
        free |= {one for one in uses if one not in bound and one not in _BUILTIN}
        taken[name] = frozenset(uses & bound)
        own[name] = frozenset(
            symbol.get_name()
            for symbol in scope.get_symbols()
            if symbol.is_local() and symbol.is_assigned() and not symbol.is_parameter()
        )
    return ScopedModule(tree, bound, frozenset(free), taken, own)


def _scopes(table: symtable.SymbolTable, name: str) -> Iterator[tuple[str, symtable.SymbolTable]]:
    yield name, table
    for child in table.get_children():
        inner = f"{name}.{child.get_name()}" if name else child.get_name()
        yield from _scopes(child, inner)


def name_faults(
    path: str, old: ScopedModule | None, new: ScopedModule, modules: PythonModules
) -> Iterator[Fault]:
    """Yield what the names of ``new`` mean wrongly and those of ``old`` did not."""
    known = old.free if old is not None else frozenset()
    if not _stars(new.tree):
        for name in sorted(new.free - known):
            yield Fault(path, _line(new.tree, name), f"nothing defines or imports {name}")
    listed = _listed(new.tree) - (_listed(old.tree) if old is not None else set())
    for name in sorted(listed - new.bound):
        if not _stars(new.tree) and modules.has(path, name) is False:
            yield Fault(path, 0, f"__all__ lists {name}, which the module has not")
    before = {name for name, _, _ in _early(old.tree)} if old is not None else set()
    for name, line, declared in _early(new.tree):
        if name not in before:
            yield Fault(path, line, f"{name} is used before line {declared} defines it")
    if old is not None:
        yield from _captured(path, old, new)


def _captured(path: str, old: ScopedModule, new: ScopedModule) -> Iterator[Fault]:
    """Yield the names that a function took from the module and now binds itself."""
    for scope, taken in old.globals_of.items():
        for name in sorted(taken & new.locals_of.get(scope, frozenset()) & new.bound):
            if scope and name in old.bound and name not in old.locals_of.get(scope, ()):
                line = _line(new.tree, name, stored=True)
                what = f"{name} in {scope} shadows the module's {name} that it used"
                yield Fault(path, line, what)


def _stars(tree: ast.Module) -> bool:
    """Tell whether a star import may bring in names that are not spelled here."""
    return any(
        isinstance(node, ast.ImportFrom) and any(one.name == "*" for one in node.names)
        for node in ast.walk(tree)
    )


def _listed(tree: ast.Module) -> set[str]:
    """Return the names that ``__all__`` lists."""
    return {
        item.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets)
        and isinstance(node.value, ast.List | ast.Tuple)
        for item in node.value.elts
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    }


def _early(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """Yield what the top level uses before it binds it: name, line, line of the binding."""
    first: dict[str, int] = {}
    for node in tree.body:
        for name in module_bindings(ast.Module([node], [])):
            first.setdefault(name, node.lineno)
    postponed = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body
    )
    for node in tree.body:
        for read in _run_now(node, postponed):
            bound = first.get(read.id)
            if bound is not None and bound > node.lineno and read.id not in _BUILTIN:
                yield read.id, read.lineno, bound


def _run_now(root: ast.AST, postponed: bool) -> Iterator[ast.Name]:
    """Yield the names that are read when the module is loaded: not those inside functions."""
    waiting: list[ast.AST] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node
        elif isinstance(node, ast.ClassDef):
            own = set(module_bindings(ast.Module(node.body, [])))
            for child in ast.iter_child_nodes(node):
                yield from (name for name in _run_now(child, postponed) if name.id not in own)
        else:
            waiting += reversed(list(_loaded_with(node, postponed)))


def _loaded_with(node: ast.AST, postponed: bool) -> Iterator[ast.AST]:
    """Yield the parts of ``node`` that are evaluated where it stands."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            notes = [] if postponed else [node.returns, *_annotations(node.args)]
            parts = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, *notes]
            yield from (part for part in parts if part is not None)
        case ast.Lambda() | ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            return
        case ast.AnnAssign() if postponed:
            yield from [] if node.value is None else [node.value]
        case _:
            yield from ast.iter_child_nodes(node)


def _annotations(args: ast.arguments) -> list[ast.expr | None]:
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return [one.annotation for one in every]


def _line(tree: ast.Module, name: str, *, stored: bool = False) -> int:
    kind = ast.Store if stored else ast.Load
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, kind)
    ]
    return min(lines, default=0)
