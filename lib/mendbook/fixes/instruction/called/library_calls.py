"""What Python knows of its own functions: whether a call fits one, and whether it is awaited."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
from collections.abc import Iterator

from mendbook.code.python_grammar import python_tree

_MODULES = frozenset(
    {"asyncio", "base64", "collections", "contextlib", "copy", "csv", "datetime", "decimal"}
    | {"enum", "fnmatch", "fractions", "functools", "glob", "gzip", "hashlib", "heapq", "hmac"}
    | {"html", "io", "itertools", "json", "logging", "math", "operator", "os", "os.path"}
    | {"pathlib", "pickle", "queue", "random", "re", "secrets", "shlex", "shutil", "statistics"}
    | {"string", "subprocess", "tempfile", "textwrap", "threading", "time", "urllib.parse"}
    | {"urllib.request", "uuid"}
)
"""Modules whose import does nothing but define what they hold."""
_UNKNOWN = object()


def takes_keyword(text: str, callee: str, key: str) -> bool | None:
    """Tell whether the function that ``callee`` names in ``text`` takes ``key``; None if unseen."""
    tree = _tree(text)
    function = _UNKNOWN if tree is None else _resolved(callee, _known(tree), _bound(tree))
    if function is _UNKNOWN:
        return None
    try:
        told = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return _KEYWORDS.get(callee, frozenset()) >= {key} if callee in _KEYWORDS else None
    return any(
        one.kind is one.VAR_KEYWORD
        or (one.name == key and one.kind in {one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD})
        for one in told
    )


_NONE: frozenset[str] = frozenset()
_BYTES = frozenset({"source", "encoding", "errors"})
_KEYWORDS = {"zip": frozenset({"strict"}), "max": frozenset({"key", "default"}),
             "min": frozenset({"key", "default"}), "yaml.safe_load": _NONE,
             "yaml.safe_load_all": _NONE, "int": frozenset({"base"}),
             "str": frozenset({"object", "encoding", "errors"}), "bytes": _BYTES,
             "bytearray": _BYTES, "bool": _NONE, "dir": _NONE, "filter": _NONE,
             "frozenset": _NONE, "getattr": _NONE, "iter": _NONE, "map": frozenset({"strict"}),
             "next": _NONE, "range": _NONE, "set": _NONE, "slice": _NONE,
             "vars": _NONE}  # fmt: skip
"""Functions that have no signature to be asked for, and the keywords that they take."""


def library_misfit(before: str, after: str) -> str:
    """Return what is wrong with a new call of the library's functions; nothing where none is."""
    tree = _tree(after)
    if tree is None:
        return ""
    known, bound = _known(tree), _bound(tree)
    for call in _new_calls(before, tree):
        callee = _dotted(call.func)
        function = _resolved(callee, known, bound) if callee else _UNKNOWN
        given = {one.arg for one in call.keywords if one.arg is not None}
        misses = callee in _KEYWORDS and not given <= _KEYWORDS[callee]
        if misses or (function is not _UNKNOWN and not _fits(function, call)):
            return f"{callee} does not take what it would be given"
    return ""


def awaited(before: str, after: str) -> str:
    """Return ``after`` with each new call of a coroutine of the library awaited.

    Raises ``ValueError`` where one stands in a function that cannot await.
    """
    tree = _tree(after)
    if tree is None or "asyncio" not in after:
        return after
    known, bound = _known(tree), _bound(tree)
    lines = after.split("\n")
    spots = []
    for call, function in _unawaited(tree):
        callee = _dotted(call.func)
        target = _resolved(callee, known, bound) if callee else _UNKNOWN
        if ast.dump(call) in _dumps(before) or not inspect.iscoroutinefunction(target):
            continue
        if not isinstance(function, ast.AsyncFunctionDef):
            raise ValueError(callee)
        spots.append((call.lineno - 1, call.col_offset))
    for row, column in sorted(spots, reverse=True):
        line = lines[row].encode()
        lines[row] = (line[:column] + b"await " + line[column:]).decode()
    return "\n".join(lines)


def set_though_frozen(before: str, after: str) -> str:
    """Return a field that a dataclass sets by itself and that is newly frozen; empty for none."""
    old, new = _frozen(before), _frozen(after)
    for name, node in new.items():
        for one in ast.walk(node) if name not in old else ():
            targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]
            for target in targets if isinstance(one, ast.Assign | ast.AugAssign) else ():
                if isinstance(target, ast.Attribute) and _dotted(target).startswith("self."):
                    return _dotted(target)
    return ""


def _frozen(text: str) -> dict[str, ast.ClassDef]:
    tree = _tree(text) if "frozen" in text else None
    return {
        one.name: one
        for one in (ast.walk(tree) if tree is not None else ())
        if isinstance(one, ast.ClassDef)
        and any(
            isinstance(mark, ast.Call)
            and _dotted(mark.func).endswith("dataclass")
            and any(
                each.arg == "frozen" and getattr(each.value, "value", None) is True
                for each in mark.keywords
            )
            for mark in one.decorator_list
        )
    }


def _unawaited(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.AST | None]]:
    """Yield calls that are a whole statement or its value, each with the function around it."""

    def visit(node: ast.AST, function: ast.AST | None) -> Iterator[tuple[ast.Call, ast.AST | None]]:
        value = getattr(node, "value", None)
        if isinstance(node, ast.Expr | ast.Assign | ast.Return) and isinstance(value, ast.Call):
            yield value, function
        inner = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, node if inner else function)

    yield from visit(tree, None)


def _tree(text: str) -> ast.Module | None:
    try:
        return python_tree(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _dumps(text: str) -> set[str]:
    tree = _tree(text)
    nodes = ast.walk(tree) if tree is not None else ()
    return {ast.dump(one) for one in nodes if isinstance(one, ast.Call)}


def _new_calls(before: str, tree: ast.Module) -> Iterator[ast.Call]:
    old = _dumps(before)
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and ast.dump(one) not in old:
            yield one


def _known(tree: ast.Module) -> dict[str, str]:
    """Return the names that imports bind, each with the dotted path that it stands for."""
    paths: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                paths[one.asname or one.name.split(".")[0]] = (
                    one.name if one.asname else one.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                paths[one.asname or one.name] = f"{node.module}.{one.name}"
    return paths


def _bound(tree: ast.Module) -> set[str]:
    """Return the names that anything but an import binds, anywhere in the file."""
    names = {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(one.name)
        elif isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load):
            names.add(one.id)
    return names


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := _dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def _resolved(callee: str, known: dict[str, str], bound: set[str]) -> object:
    """Return what ``callee`` means where that is of the library; ``_UNKNOWN`` where it is not."""
    root, _, rest = callee.partition(".")
    if root in bound:
        return _UNKNOWN
    if root not in known:
        return getattr(builtins, root, _UNKNOWN) if not rest else _UNKNOWN
    steps = f"{known[root]}.{rest}".rstrip(".").split(".")
    for cut in range(len(steps) - 1, 0, -1):
        module = ".".join(steps[:cut])
        if module in _MODULES:
            target: object = importlib.import_module(module)
            for step in steps[cut:]:
                target = getattr(target, step, _UNKNOWN)
            return target
    return _UNKNOWN


def _fits(function: object, call: ast.Call) -> bool:
    """Tell whether a call's arguments bind to the signature; also where there is none."""
    splat = any(isinstance(one, ast.Starred) for one in call.args)
    if splat or any(one.arg is None for one in call.keywords):
        return True
    try:
        told = inspect.signature(function)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return True
    try:
        told.bind(*call.args, **{one.arg: one for one in call.keywords if one.arg is not None})
    except TypeError:
        return False
    return True
