"""Calls that do not fit and attributes that are not there, in one Python file."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.python_uses import (
    Definitions,
    Signature,
    class_bindings,
    method_of,
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_INSTANCE = frozenset(dir(object)) | {
    "__dict__",
    "__name__",
    "__qualname__",
    "__mro__",
    "__bases__",
}
_CAPTURES = ast.ExceptHandler | ast.MatchAs | ast.MatchStar
_OPENING = frozenset({"__getattr__", "__getattribute__", "__setattr__", "__slots__"})


def member_faults(home: Definitions, wanted: Callable[[ast.AST], bool]) -> Iterator[Fault]:
    """Yield the calls and attributes of ``home`` that do not fit what they mean.

    ``wanted`` chooses the nodes that are looked at: those on new lines, say.
    """
    for owner, function, node in _inside(home.tree):
        fault = ""
        if isinstance(node, ast.Call) and wanted(node):
            fault = _misfit(home, owner, function, node)
        elif isinstance(node, ast.Attribute) and wanted(node):
            fault = _lacking(home, owner, function, node)
        if fault:
            yield Fault(home.path, getattr(node, "lineno", 0), fault)


def _inside(
    tree: ast.AST,
) -> Iterator[tuple[ast.ClassDef | None, _Function | None, ast.AST]]:
    """Yield each node with the class and the outermost function around it."""
    waiting: list[tuple[ast.ClassDef | None, _Function | None, ast.AST]] = [(None, None, tree)]
    while waiting:
        owner, function, node = waiting.pop()
        if node is not tree:
            yield owner, function, node
        if isinstance(node, ast.ClassDef):
            owner = node if function is None else None
        elif isinstance(node, _Function):
            function = function or node
        children = reversed(list(ast.iter_child_nodes(node)))
        waiting += [(owner, function, child) for child in children]


def _misfit(
    home: Definitions, owner: ast.ClassDef | None, function: _Function | None, call: ast.Call
) -> str:
    """Return how ``call`` does not fit the function that it certainly means."""
    callee = call.func
    if isinstance(callee, ast.Name):
        if function is not None and callee.id in _locals(function):
            return ""
        return _fitted(home.find(callee.id), call, callee.id)
    if not isinstance(callee, ast.Attribute) or not isinstance(callee.value, ast.Name):
        return ""
    receiver = callee.value.id
    if owner is not None and function is not None and receiver == _instance(function):
        method = method_of(home, owner, callee.attr)
        if isinstance(method, tuple):
            misfit = Signature.of(method[0], bound=method[1]).misfit(call)
            return f"{owner.name}.{callee.attr} {misfit}" if misfit else ""
        return ""
    if function is not None and receiver in _locals(function):
        return ""
    module = home.module(receiver)
    return _fitted(module.find(callee.attr), call, callee.attr) if module is not None else ""


def _fitted(definition: tuple[Definitions, ast.AST] | None, call: ast.Call, name: str) -> str:
    if definition is None:
        return ""
    home, node = definition
    if isinstance(node, _Function) and not node.decorator_list:
        misfit = Signature.of(node, bound=False).misfit(call)
        return f"{name} {misfit}" if misfit else ""
    if isinstance(node, ast.ClassDef) and not node.decorator_list and not node.keywords:
        maker = method_of(home, node, "__init__")
        if isinstance(maker, tuple) and method_of(home, node, "__new__") is False:
            misfit = Signature.of(maker[0], bound=True).misfit(call)
            return f"{name} {misfit}" if misfit else ""
    return ""


def _lacking(
    home: Definitions, owner: ast.ClassDef | None, function: _Function | None, node: ast.Attribute
) -> str:
    """Return what has no such attribute, if its holder is known whole."""
    if not isinstance(node.value, ast.Name) or not isinstance(node.ctx, ast.Load):
        return ""
    name, receiver = node.attr, node.value.id
    if owner is not None and function is not None and receiver == _instance(function):
        return (
            "" if has_attribute(home, owner, name) is not False else f"{owner.name} has no {name}"
        )
    if function is not None and receiver in _locals(function):
        return ""
    module = home.module(receiver)
    if module is not None:
        return (
            ""
            if module.modules.has(module.path, name) is not False
            else f"{receiver} has no {name}"
        )
    holder = home.find(receiver)
    if holder is not None and isinstance(holder[1], ast.ClassDef):
        lacks = has_attribute(holder[0], holder[1], name) is False
        return f"{receiver} has no {name}" if lacks else ""
    return ""


def has_attribute(home: Definitions, owner: ast.ClassDef, name: str) -> bool | None:
    """Tell whether a class or its bases have ``name``; None where that cannot be told."""
    own = set(class_bindings(owner))
    if name in own | _INSTANCE:
        return True
    marks = {one.id for one in owner.decorator_list if isinstance(one, ast.Name)}
    if own & _OPENING or owner.keywords or marks - {"dataclass", "final", "total_ordering"}:
        return None
    if "setattr(self" in ast.unparse(owner) or "__dict__" in ast.unparse(owner):
        return None
    for base in owner.bases:
        if isinstance(base, ast.Name) and base.id == "object":
            continue
        parent = home.find(base.id) if isinstance(base, ast.Name) else None
        if parent is None or not isinstance(parent[1], ast.ClassDef) or parent[1] is owner:
            return None
        inner = has_attribute(parent[0], parent[1], name)
        if inner is not False:
            return inner
    return False


def _instance(function: _Function) -> str:
    """Return the name of the instance or class that a method is given; empty for a static one."""
    marks = {one.id for one in function.decorator_list if isinstance(one, ast.Name)}
    if "staticmethod" in marks or not function.args.args:
        return ""
    return function.args.args[0].arg


@lru_cache(maxsize=2048)
def _locals(function: _Function) -> frozenset[str]:
    """Return the names that a function or those inside it bind."""
    names: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, _Function | ast.ClassDef) and node is not function:
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {one.asname or one.name.split(".")[0] for one in node.names}
        elif isinstance(node, _CAPTURES) and node.name:
            names.add(node.name)
    return frozenset(names)
