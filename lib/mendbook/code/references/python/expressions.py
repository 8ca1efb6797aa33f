"""What expressions of Python name, bind and hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_WRAPPING = frozenset({"Optional", "Annotated", "Type", "type", "ClassVar", "Final", "Depends"})


def with_defaults(given: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield each parameter with its default; None where it has none."""
    ordered = [*given.posonlyargs, *given.args]
    missing: list[ast.expr | None] = [None] * (len(ordered) - len(given.defaults))
    yield from zip(ordered, [*missing, *given.defaults], strict=True)
    yield from zip(given.kwonlyargs, given.kw_defaults, strict=True)


def assigned_names(statement: ast.stmt) -> Iterator[ast.Name]:
    """Yield the names that a statement assigns."""
    if isinstance(statement, ast.Assign):
        targets: list[ast.expr] = statement.targets
    elif isinstance(statement, ast.AnnAssign | ast.AugAssign):
        targets = [statement.target]
    else:
        return
    for target in targets:
        yield from (
            one for one in ast.walk(target) if isinstance(one, ast.Name) and stores_name(one)
        )


def stores_name(node: ast.Name) -> bool:
    """Tell whether a name is written there."""
    return isinstance(node.ctx, ast.Store)


def is_word(node: ast.AST) -> TypeGuard[ast.Constant]:
    """Tell whether ``node`` is a name written as text, as forward references are."""
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return constant and isinstance(node, ast.Constant) and str(node.value).isidentifier()


def bound_names(node: Function) -> set[str]:
    """Return the names that a function binds itself; of nested ones their names only."""
    given = node.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    bound = {one.arg for one in every if one is not None}
    outer: set[str] = set()
    waiting: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    while waiting:
        one = waiting.pop()
        if isinstance(one, NAMED):
            bound.add(one.name)
            continue
        if isinstance(
            one, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        ):
            continue
        if isinstance(one, ast.Global | ast.Nonlocal):
            outer.update(one.names)
        elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            bound.add(one.id)
        elif isinstance(one, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and one.name:
            bound.add(one.name)
        waiting.extend(ast.iter_child_nodes(one))
    return bound - outer


def dotted_name(node: ast.expr) -> str:
    """Return a name or a chain of attributes as it is written, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        whole = dotted_name(node.value)
        return f"{whole}.{node.attr}" if whole else ""
    if isinstance(node, ast.Subscript):
        return dotted_name(node.value)
    return ""


def type_name(node: ast.expr | None) -> str:
    """Return the class that an annotation means: X of ``X | None`` and of ``Annotated[X, …]``."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if node.value.replace(".", "").isidentifier() else ""
    if isinstance(node, ast.BinOp):
        sides = [type_name(node.left), type_name(node.right)]
        return next((one for one in sides if one and one != "None"), "")
    if isinstance(node, ast.Subscript):
        if dotted_name(node.value).rpartition(".")[2] not in _WRAPPING:
            return ""
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
        return type_name(inner)
    return dotted_name(node)
