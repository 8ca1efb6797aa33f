"""Loops of Python as one expression: what an idiom makes of them, derived from the loop itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.code.python_source import names
from mendbook.fixes.instruction.pythonic.counting import counted, defaulted
from mendbook.fixes.instruction.pythonic.request import Request, alike
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.fixes.instruction.pythonic.turns import (
    Loop,
    as_one,
    awaits,
    begun,
    constant,
    is_call,
    is_empty_dict,
    is_free,
    is_name,
    is_read_behind,
    negated,
    read_loop,
)


def loop_rewritings(request: Request) -> Iterator[Rewriting]:
    """Yield what idioms make of the loops that the finding points at."""
    for node in request.nodes():
        if isinstance(node, ast.For) and not node.orelse and (loop := read_loop(request, node)):
            for rewrite in (_tested, _first_match, _summed, counted, _gathered, _joined, _largest):
                rewriting = rewrite(request, loop)
                if rewriting is not None:
                    yield rewriting
            yield from defaulted(request, loop)


def _tested(request: Request, loop: Loop) -> Rewriting | None:
    """``for …: if …: return True`` and ``return False``."""
    match loop.done, loop.after:
        case [[ast.Return(value=inside)], ast.Return(value=outside)]:
            hit, rest = constant(inside), constant(outside)
            if not (isinstance(hit, bool) and isinstance(rest, bool) and hit is not rest):
                return None
            if len(loop.clauses) < 2 or not loop.clauses[-1].startswith("if ") or awaits(loop.node):
                return None
            test = loop.clauses[-1].removeprefix("if ")
            if hit:
                return as_one(
                    request,
                    "any",
                    loop,
                    "any(",
                    (test, *loop.clauses[:-1]),
                    ")",
                    through=loop.after,
                )
            last_test = _last_test(loop.node)
            opposite = negated(request, last_test) if last_test is not None else f"not ({test})"
            return as_one(
                request,
                "all",
                loop,
                "all(",
                (opposite, *loop.clauses[:-1]),
                ")",
                through=loop.after,
            )
        case [[ast.Assign(targets=[ast.Name(id=name)], value=value), ast.Break()], _]:
            held, first = begun(loop)
            flags = (constant(value), constant(first))
            if held != name or len(loop.clauses) != 2 or not is_free(request, loop, name):
                return None
            test = loop.clauses[-1].removeprefix("if ")
            if not loop.clauses[-1].startswith("if ") or flags not in {
                (True, False),
                (False, True),
            }:
                return None
            if flags[0]:
                return as_one(request, "any", loop, "any(", (test, *loop.clauses[:-1]), ")", name)
            last_test = _last_test(loop.node)
            opposite = negated(request, last_test) if last_test is not None else f"not ({test})"
            return as_one(request, "all", loop, "all(", (opposite, loop.clauses[0]), ")", name)
    return None


def _last_test(node: ast.For) -> ast.expr | None:
    """Return the condition of the one ``if`` of a loop; None where there are more."""
    branches = [one for one in ast.walk(node) if isinstance(one, ast.If)]
    return (
        branches[0].test
        if len(branches) == 1 and not isinstance(branches[0].body[0], ast.Continue)
        else None
    )


def _first_match(request: Request, loop: Loop) -> Rewriting | None:
    """``for …: if …: return x`` and ``return None``."""
    match loop.done, loop.after:
        case [[ast.Return(value=ast.expr() as inside)], ast.Return(value=outside)]:
            if isinstance(constant(inside), bool) or awaits(loop.node):
                return None
            default = request.source(outside) if outside is not None else "None"
            tests = [one for one in loop.clauses if one.startswith("if ")]
            if not tests or (outside is not None and loop.bound & names(outside)):
                return None
            generator = " ".join((request.source(inside), *loop.clauses))
            return as_one(
                request,
                "next",
                loop,
                "next(",
                (f"({generator}),", default),
                ")",
                through=loop.after,
            )
    return None


def _summed(request: Request, loop: Loop) -> Rewriting | None:
    """``n = 0`` and ``for …: n += x``."""
    match loop.done:
        case [ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value)]:
            held, first = begun(loop)
            number = constant(first)
            if held != name or not is_free(request, loop, name, value):
                return None
            if isinstance(number, bool) or not isinstance(number, int | float):
                return None
            parts = (request.source(value), *loop.clauses)
            if number == 0 and isinstance(number, int):
                return as_one(request, "sum", loop, "sum(", parts, ")", name)
            generator = f"({' '.join(parts)}),"
            start = request.source(first) if first is not None else "0"
            return as_one(request, "sum", loop, "sum(", (generator, start), ")", name)
    return None


def _gathered(request: Request, loop: Loop) -> Rewriting | None:
    """Return the comprehension of a list, a set or a dictionary that a loop only adds to."""
    name, first = begun(loop)
    if not name or first is None or len(loop.done) != 1:
        return None
    match loop.done[0]:
        case ast.Expr(value=ast.Call(
            func=ast.Attribute(value=ast.Name(id=of), attr=("append" | "add") as verb),
            args=[value], keywords=[],
        )) if of == name:  # fmt: skip
            fits = _is_empty_list(first) if verb == "append" else is_call(first, "set")
            if not fits or isinstance(value, ast.Starred):
                return None
            marks, idiom = ("[]", "list") if verb == "append" else ("{}", "set")
            text = request.source(value)
            inner: tuple[ast.expr, ...] = (value,)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=of), slice=key)], value=value) if (
            of == name and is_empty_dict(first)
        ):
            marks, idiom, inner = "{}", "dict", (key, value)
            text = f"{request.source(key)}: {request.source(value)}"
        case _:
            return None
    behind = is_read_behind(request, loop) or name in {*names(loop.node.iter)}
    if behind or any(name in names(one) for one in inner) or _reads(loop, name):
        return None
    if any(isinstance(one, ast.Yield | ast.YieldFrom) for one in ast.walk(loop.node)):
        return None
    return as_one(request, idiom, loop, marks[0], (text, *loop.clauses), marks[1], name)


def _reads(loop: Loop, name: str) -> bool:
    """Tell whether a condition of the loop asks about what the loop makes."""
    return any(re.search(rf"\b{name}\b", one) for one in loop.clauses)


def _is_empty_list(node: ast.expr | None) -> bool:
    return (isinstance(node, ast.List) and not node.elts) or is_call(node, "list")


def _joined(request: Request, loop: Loop) -> Rewriting | None:
    """``text = ""`` and ``for …: text += x``."""
    match loop.done:
        case [ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value)]:
            held, first = begun(loop)
            if held != name or constant(first) != "" or not is_free(request, loop, name, value):
                return None
            mark = request.source(first) if first is not None else '""'
            parts = (request.source(value), *loop.clauses)
            return as_one(request, "join", loop, f"{mark}.join(", parts, ")", name)
    return None


def _largest(request: Request, loop: Loop) -> Rewriting | None:
    """``best = xs[0]`` and ``for x in xs: if f(x) > f(best): best = x``."""
    name, first = begun(loop)
    tests = [one for one in ast.walk(loop.node) if isinstance(one, ast.If)]
    if not name or first is None or len(tests) != 1 or not isinstance(loop.node.target, ast.Name):
        return None
    item, test = loop.node.target.id, tests[0].test
    match tests[0].body, test:
        case [
            [ast.Assign(targets=[ast.Name(id=set_there)], value=value)],
            ast.Compare(left=left, ops=[ast.Gt() | ast.Lt() as op], comparators=[right]),
        ] if set_there == name and not tests[0].orelse:
            word = "max" if isinstance(op, ast.Gt) else "min"
        case _:
            return None
    if is_read_behind(request, loop) or awaits(loop.node) or len(loop.node.body) != 1:
        return None
    over = request.source(loop.node.iter)
    if is_name(value, item):
        held = re.sub(rf"\b{item}\b", name, ast.unparse(left))
        firsts = {f"{over}[0]", f"{over.removesuffix('[1:]')}[0]"}
        if held != ast.unparse(right) or request.source(first) not in firsts:
            return None
        over = over.removesuffix("[1:]")
        if is_name(left, item):
            return as_one(request, word, loop, f"{word}(", (over,), ")", name)
        key = f"key=lambda {item}: {request.source(left)}"
        return as_one(request, word, loop, f"{word}(", (f"{over},", key), ")", name)
    if alike(value, left) and is_name(right, name) and isinstance(first, ast.Constant):
        inner = f"({request.source(left)} for {item} in {over}),"
        default = f"default={request.source(first)}"
        return as_one(request, f"{word} default", loop, f"{word}(", (inner, default), ")", name)
    return None
