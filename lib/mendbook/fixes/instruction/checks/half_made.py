"""Tell where an edit of Python makes the half of a change whose other half it needs.

A list has no ``popleft``, a default of None is not what the body reads, a test for a key that is
set right behind it has lost its use, and what is passed to a call is not called itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from mendbook.code.python_source import PythonFile, blocks, parse_python
from mendbook.repository.snapshot import Snapshot

_PASSED = re.compile(
    r"`?(?P<what>[A-Za-z_][\w.]*\w)`?\s+(?:(?:has|have|needs?|ought|is)\s+to|should|must)\s+(?:also\s+)?"
    r"be\s+(?:passed|given|handed)\s+to\b"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def half_made(text: str, snapshot: Snapshot, edits: Mapping[str, str | None]) -> str:
    """Return what an edit leaves half done, as one sentence; empty where it is whole."""
    for path, after in edits.items():
        before = snapshot.get(path)
        if not path.endswith(".py") or after is None or before is None:
            continue
        old, new = parse_python(path, before), parse_python(path, after)
        if old is None or new is None:
            continue
        known = set(_halves(old, text))
        for one in _halves(new, text):
            if one not in known:
                return one
        for one in _unready(old, new):
            return one
    return ""


def _halves(file: PythonFile, text: str) -> Iterator[str]:
    yield from _lists_as_deques(file)
    yield from _tested_twice(file)
    passed = {one["what"] for one in _PASSED.finditer(text)}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in passed:
            yield f"`{ast.unparse(node.func)}` is to be passed, and would be called"


def _lists_as_deques(file: PythonFile) -> Iterator[str]:
    """Yield the names that are made a list, and taken from as only a deque can be."""
    lists = {
        ast.unparse(target)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=held, attr="popleft" | "appendleft" as attr)):
                if ast.unparse(held) in lists:
                    yield f"`{ast.unparse(held)}` is a list, and has no {attr}"


def _tested_twice(file: PythonFile) -> Iterator[str]:
    """Yield each ``setdefault`` right behind what sets the same key by a test."""
    for block in blocks(file.tree):
        for one, following in pairwise(block):
            match one:
                case ast.If(
                    test=ast.Compare(left=key, ops=[ast.NotIn()], comparators=[held]), orelse=[]
                ):
                    call = f"{ast.unparse(held)}.setdefault({ast.unparse(key)},"
                    if call in ast.unparse(following):
                        yield f"the test before `{call[:-1]}, …)` would be left without use"


def _unready(old: PythonFile, new: PythonFile) -> Iterator[str]:
    """Yield each parameter whose default becomes None, and that the body reads without a test."""
    before = {(one.name, name): value for one in _functions(old) for name, value in _defaults(one)}
    for one in _functions(new):
        for name, value in _defaults(one):
            was = before.get((one.name, name))
            mutable = isinstance(was, ast.List | ast.Dict | ast.Set | ast.Call)
            if mutable and _is_none(value) and _reads(one, name) and not _tests(one, name):
                yield f"{one.name} reads {name}, which would be None"


def _functions(file: PythonFile) -> Iterator[Function]:
    yield from (one for one in ast.walk(file.tree) if isinstance(one, Function))


def _defaults(function: Function) -> Iterator[tuple[str, ast.expr]]:
    given = [*function.args.posonlyargs, *function.args.args]
    for argument, value in zip(given[::-1], function.args.defaults[::-1], strict=False):
        yield argument.arg, value
    for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if default is not None:
            yield argument.arg, default


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _reads(function: Function, name: str) -> bool:
    for node in ast.walk(function):
        match node:
            case (
                ast.Attribute(value=ast.Name(id=used))
                | ast.Subscript(value=ast.Name(id=used))
                | ast.For(iter=ast.Name(id=used))
                | ast.comprehension(iter=ast.Name(id=used))
            ) if used == name:
                return True
    return False


def _tests(function: Function, name: str) -> bool:
    """Tell whether a function tests a name, or gives it another value."""
    for node in ast.walk(function):
        match node:
            case ast.Name(id=used, ctx=ast.Store()) if used == name:
                return True
            case ast.BoolOp(values=[ast.Name(id=used), *_]) if used == name:
                return True
            case ast.If(test=test) | ast.IfExp(test=test) if re.search(
                rf"\b{re.escape(name)}\b", ast.unparse(test)
            ):
                return True
    return False
