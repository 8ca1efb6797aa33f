"""Dictionaries that a loop of Python fills: counted by Counter, begun by setdefault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.pythonic.request import Request, alike
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.fixes.instruction.pythonic.turns import (
    Loop,
    as_one,
    begun,
    constant,
    is_call,
    is_empty_dict,
    is_free,
    is_name,
    missing_key,
)


def _key_of(statement: ast.stmt, name: str) -> ast.expr | None:
    """Return ``k`` of ``name[k] += 1``, ``name[k] = name.get(k, 0) + 1``; None of anything else."""
    match statement:
        case ast.AugAssign(
            target=ast.Subscript(value=ast.Name(id=of), slice=key),
            op=ast.Add(),
            value=ast.Constant(value=1),
        ) if of == name:
            return key
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Name(id=of), slice=key)],
            value=ast.BinOp(
                left=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=again), attr="get"),
                    args=[other, ast.Constant(value=0)],
                ),
                op=ast.Add(),
                right=ast.Constant(value=1),
            ),
        ) if of == again == name and alike(key, other):
            return key
    return None


def _sets(statement: ast.stmt, name: str, key: ast.expr | None = None) -> ast.expr | None:
    """Return ``v`` of ``name[key] = v``; None of anything else."""
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=of), slice=one)], value=value) if (
            of == name and (key is None or alike(one, key))
        ):
            return value
    return None


def counted(request: Request, loop: Loop) -> Rewriting | None:
    """Return the ``Counter`` that a dictionary is which only counts."""
    name, first = begun(loop)
    if not name or not (is_empty_dict(first) or is_call(first, "defaultdict", "int")):
        return None
    alias, value, done = _named_first(loop.done)
    key = _count_key(done, name, is_call(first, "defaultdict", "int"))
    if key is None:
        return None
    if alias:
        loop = replace(loop, bound=loop.bound | {alias})
        if not is_name(key, alias):
            return None
        key = value
    if key is None or not is_free(request, loop, name, key):
        return None
    head = f"{'collections.' if _knows(request, 'collections') else ''}Counter("
    parts: tuple[str, ...] = (request.source(key), *loop.clauses)
    if len(loop.clauses) == 1 and alike(key, loop.node.target):
        parts = (request.source(loop.node.iter),)
    modules = {} if head.startswith("collections") else {"Counter": "collections"}
    return as_one(request, "Counter", loop, head, parts, ")", name, modules)


def _named_first(done: Sequence[ast.stmt]) -> tuple[str, ast.expr | None, Sequence[ast.stmt]]:
    """Return the name that a turn gives a value first, that value, and what is done behind it."""
    match done:
        case [ast.Assign(targets=[ast.Name(id=alias)], value=value), _, *_]:
            return alias, value, done[1:]
    return "", None, done


def _count_key(done: Sequence[ast.stmt], name: str, by_default: bool) -> ast.expr | None:
    match done:
        case [statement] if not isinstance(statement, ast.If):
            plain = isinstance(statement, ast.AugAssign)
            return _key_of(statement, name) if by_default or not plain else None
        case [ast.If(test=test, body=[first], orelse=[]), statement]:
            membership, key = missing_key(test, name), _key_of(statement, name)
            zero = _sets(first, name, key)
            if (
                membership
                and membership[1]
                and key
                and alike(membership[0], key)
                and constant(zero) == 0
            ):
                return key
        case [ast.If(test=test, body=[first], orelse=[other])]:
            membership = missing_key(test, name)
            if membership is None:
                return None
            begins, grows = (first, other) if membership[1] else (other, first)
            key = _key_of(grows, name)
            if key and alike(membership[0], key) and constant(_sets(begins, name, key)) == 1:
                return key
    return None


def _knows(request: Request, module: str) -> bool:
    """Tell whether the file says ``import module``."""
    return re.search(rf"(?m)^import {module}\b(?!\s+as)", request.file.text) is not None


def defaulted(request: Request, loop: Loop) -> Iterator[Rewriting]:
    """Yield ``setdefault`` and ``defaultdict`` for a value that is put where it is missing."""
    body = loop.node.body
    for at, one in enumerate(body):
        if not isinstance(one, ast.If) or one.orelse or len(one.body) != 1 or at + 1 >= len(body):
            continue
        name = _subscripted(one.body[0])
        membership = missing_key(one.test, name) if name else None
        value = _sets(one.body[0], name, membership[0]) if membership and membership[1] else None
        if membership is None or value is None:
            continue
        text = request.file.text
        gone = Edit(*_lines(text, *request.file.span(one)), "")
        used = [
            each
            for each in ast.walk(body[at + 1])
            if isinstance(each, ast.Subscript)
            and is_name(each.value, name)
            and alike(each.slice, membership[0])
        ]
        old = request.source(one).split("\n")[0]
        if len(used) == 1 and isinstance(used[0].ctx, ast.Load):
            new = f"{name}.setdefault({request.source(membership[0])}, {request.source(value)})"
            edits = (gone, request.file.replace(used[0], new))
            yield Rewriting("setdefault", edits, new, old, {}, loop.node)
        factory = _factory(value)
        held, first = begun(loop)
        if factory and held == name and first is not None and is_empty_dict(first):
            dotted = "collections." if _knows(request, "collections") else ""
            new = f"{dotted}defaultdict({factory})"
            modules = {} if dotted else {"defaultdict": "collections"}
            edits = (gone, request.file.replace(first, new))
            yield Rewriting("defaultdict", edits, new, old, modules, loop.node)


def _lines(text: str, begin: int, stop: int) -> tuple[int, int]:
    return line_start(text, begin), line_end(text, stop)


def _subscripted(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
            return name
    return ""


def _factory(value: ast.expr) -> str:
    """Return what makes an empty value anew: ``list`` of ``[]``; empty for anything else."""
    match value:
        case ast.List(elts=[]):
            return "list"
        case ast.Dict(keys=[]):
            return "dict"
        case ast.Constant(value=int() as number) if number == 0 and number is not False:
            return "int"
        case ast.Call(func=ast.Name(id="set" | "list" | "dict" as kind), args=[], keywords=[]):
            return kind
    return ""
