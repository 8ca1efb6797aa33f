"""Heads of loops of Python: ``enumerate``, ``zip`` and ``items`` in the place of an index."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from mendbook.code.python_source import bound, names
from mendbook.fixes.instruction.pythonic.request import Request
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.text.word_forms import singular


def head_rewritings(request: Request, given: Sequence[str] = ()) -> Iterator[Rewriting]:
    """Yield what other heads make of the loops that the finding points at.

    ``given`` are the names that the text itself writes between ``for`` and ``in``.
    """
    for node in request.nodes():
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            yield from _by_index(request, node, node.target.id, list(given))
            yield from _by_key(request, node, node.target.id, list(given))


def _by_index(request: Request, node: ast.For, index: str, given: list[str]) -> Iterator[Rewriting]:
    """``for i in range(len(xs))``, whose ``xs[i]`` are only read."""
    ranged = re.fullmatch(r"range\(len\(([\w.]+)\)\)", ast.unparse(node.iter))
    if ranged is None or _after(request, node, index):
        return
    used: dict[str, list[ast.Subscript]] = {}
    others = 0
    for one in _within(node):
        if isinstance(one, ast.Subscript) and _is(one.slice, index):
            if not isinstance(one.ctx, ast.Load):
                return
            used.setdefault(ast.unparse(one.value), []).append(one)
        elif isinstance(one, ast.Name) and one.id == index:
            others += 1
    others -= sum(len(reads) for reads in used.values())
    overs = list(used)
    if not overs or any(_is_changed(node, over) for over in overs):
        return
    if len(overs) == 1 and others and overs == [ranged[1]]:
        name = given[1] if len(given) == 2 else _one_of(overs[0])
        if _is_new(request, [name]):
            yield _headed(
                request, "enumerate", node, f"{index}, {name}", f"enumerate({overs[0]})",
                [(one, name) for one in used[overs[0]]],
            )  # fmt: skip
    if len(overs) == 1 and not others and overs == [ranged[1]]:
        name = given[0] if len(given) == 1 else _one_of(overs[0])
        if _is_new(request, [name]):
            reads = [(one, name) for one in used[overs[0]]]
            yield _headed(request, "direct", node, name, overs[0], reads)
    if len(overs) > 1 and not others:
        several = given if len(given) == len(overs) else [_one_of(one) for one in overs]
        if _is_new(request, several) and ranged[1] in overs:
            reads = [(one, name) for over, name in zip(overs, several, strict=True)
                     for one in used[over]]  # fmt: skip
            yield _headed(
                request, "zip", node, ", ".join(several), f"zip({', '.join(overs)})", reads
            )


def _by_key(request: Request, node: ast.For, key: str, given: list[str]) -> Iterator[Rewriting]:
    """``for k in table``, whose ``table[k]`` are only read."""
    over = ast.unparse(node.iter).removesuffix(".keys()")
    used = [
        one
        for one in _within(node)
        if isinstance(one, ast.Subscript) and _is(one.slice, key) and ast.unparse(one.value) == over
    ]
    if not used or any(not isinstance(one.ctx, ast.Load) for one in used):
        return
    if _is_changed(node, over) or not re.fullmatch(r"[\w.]+", over) or _sets(node, key):
        return
    alone = len(used) == 1 and _named_by(node, used[0])
    name = given[1] if len(given) == 2 else alone or "value"
    edits: list[tuple[ast.expr, str]] = [(one, name) for one in used]
    called = given[0] if len(given) == 2 else key
    if called != key:
        inner = {id(each) for one in used for each in ast.walk(one)}
        edits += [
            (one, called)
            for one in _within(node)
            if isinstance(one, ast.Name) and one.id == key and id(one) not in inner
        ]
        if not _is_new(request, [called]):
            return
    target = f"{called}, {name}"
    if alone and not (len(given) == 2 and given[1] != alone):
        statement = node.body[0]
        if not _is_new(request, [name], but=statement) or len(node.body) < 2:
            return
        begin = request.file.span(statement)[0]
        stop = request.file.span(node.body[1])[0]
        if called != key:
            return
        headed = _headed(request, "items", node, target, f"{over}.items()", [])
        gone = type(headed.edits[0])(begin, stop, "")
        yield Rewriting(headed.idiom, (*headed.edits, gone), headed.new, headed.old, {}, node)
        return
    if _is_new(request, [name]):
        yield _headed(request, "items", node, target, f"{over}.items()", edits)


def _named_by(node: ast.For, read: ast.Subscript) -> str:
    """Return the name that the loop begins with giving to ``read``; empty where it does not."""
    match node.body[0]:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is read:
            return name
    return ""


def _headed(
    request: Request,
    idiom: str,
    node: ast.For,
    target: str,
    over: str,
    reads: Sequence[tuple[ast.expr, str]],
) -> Rewriting:
    file = request.file
    edits = [file.replace(node.target, target), file.replace(node.iter, over)]
    edits += [file.replace(one, name) for one, name in reads]
    old = f"in {request.source(node.iter)}"
    return Rewriting(idiom, tuple(edits), f"for {target} in {over}", old, {}, node)


def _within(node: ast.For) -> Iterator[ast.AST]:
    for one in [*node.body, *node.orelse]:
        yield from ast.walk(one)


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _sets(node: ast.For, name: str) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load)
        for one in _within(node)
    )


def _after(request: Request, node: ast.For, index: str) -> bool:
    block = request.block_of(node)
    at = next(at for at, one in enumerate(block) if one is node)
    return _sets(node, index) or any(index in names(one) for one in block[at + 1 :])


def _is_changed(node: ast.For, over: str) -> bool:
    """Tell whether the loop changes what it goes over: another length, or another thing."""
    root = over.partition(".")[0]
    for one in _within(node):
        match one:
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if ast.unparse(value) == over:
                if attr in _CHANGES:
                    return True
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if name == root:
                return True
            case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
                if ast.unparse(value) == over:
                    return True
    return False


_CHANGES = {"append", "insert", "pop", "remove", "clear", "extend", "update", "setdefault", "sort",
            "reverse", "popitem"}  # fmt: skip


def _one_of(over: str) -> str:
    """Return a name for one of ``over``: ``row`` of ``rows``; empty where none offers itself."""
    return singular(over.rpartition(".")[2].lstrip("_"))


def _is_new(request: Request, several: Sequence[str], but: ast.stmt | None = None) -> bool:
    """Tell whether names are free in the function of the loop, and no two of them are one."""
    if not all(several) or len({*several}) != len(several):
        return False
    home = request.home()
    scope: ast.AST = home if home is not None else request.file.tree
    known = names(scope) | bound(scope)
    if but is not None:
        others = [one for one in ast.walk(scope) if isinstance(one, ast.stmt) and one is not but]
        set_elsewhere = {
            inner.id
            for one in others
            if isinstance(one, ast.Assign | ast.AnnAssign | ast.AugAssign)
            for inner in ast.walk(one)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        return not set_elsewhere & {*several}
    return not known & {*several}
