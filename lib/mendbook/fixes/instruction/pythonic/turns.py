"""What a turn of a loop of Python comes to, and the statements around the loop."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from mendbook.code.edits import Edit
from mendbook.code.python_source import names
from mendbook.fixes.instruction.pythonic.request import Request
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting, wrapped


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop with the one statement that a turn of it comes to."""

    node: ast.For
    clauses: tuple[str, ...]
    """``for x in xs``, ``if x.open``, … as a comprehension has them."""
    done: tuple[ast.stmt, ...]
    before: ast.stmt | None
    after: ast.stmt | None
    bound: frozenset[str]


def read_loop(request: Request, node: ast.For) -> Loop | None:
    """Return a loop as what a turn of it does; None where it stands in no block."""
    block = request.block_of(node)
    at = next((at for at, one in enumerate(block) if one is node), -1)
    if at < 0:
        return None
    before = block[at - 1] if at else None
    clauses, done, bound = _turn(request, node, _set_name(before))
    after = block[at + 1] if at + 1 < len(block) else None
    return Loop(node, clauses, done, before, after, frozenset(bound))


def _turn(
    request: Request, node: ast.For, kept: str
) -> tuple[tuple[str, ...], tuple[ast.stmt, ...], set[str]]:
    """Return the clauses around what a turn does, what it does, and the names that it binds.

    A condition on what the loop itself fills, ``kept``, belongs to what a turn does.
    """
    clauses = [f"for {request.source(node.target)} in {request.source(node.iter)}"]
    bound = names(node.target)
    body = list(node.body)
    while body:
        match body:
            case [ast.For(orelse=[]) as inner]:
                clauses.append(
                    f"for {request.source(inner.target)} in {request.source(inner.iter)}"
                )
                bound |= names(inner.target)
                body = list(inner.body)
            case [ast.If(test=test, body=[ast.Continue()], orelse=[]), _, *_]:
                clauses.append(f"if {negated(request, test)}")
                body = body[1:]
            case [ast.If(test=test, body=inside, orelse=[])] if not missing_key(test, kept):
                clauses.append(f"if {_operand(request, test)}")
                body = list(inside)
            case _:
                break
    return tuple(clauses), tuple(body), bound


def _operand(request: Request, node: ast.expr) -> str:
    """Return a condition as a comprehension takes it."""
    text = request.source(node)
    return f"({text})" if isinstance(node, ast.IfExp | ast.Lambda | ast.NamedExpr) else text


_TURNED: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
}


def negated(request: Request, test: ast.expr) -> str:
    """Return a condition that holds where ``test`` does not: the opposite operator where it has."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return request.source(inner)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"{request.operand(left)} {_TURNED[type(op)]} {request.operand(right)}"
        case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript():
            return f"not {request.source(test)}"
    return f"not ({request.source(test)})"


def awaits(*nodes: ast.AST) -> bool:
    """Tell whether something in ``nodes`` waits, yields or binds, as no generator may."""
    kinds = ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr
    return any(isinstance(inner, kinds) for one in nodes for inner in ast.walk(one))


def as_one(
    request: Request,
    idiom: str,
    loop: Loop,
    head: str,
    parts: tuple[str, ...],
    tail: str,
    name: str = "",
    modules: dict[str, str] | None = None,
    through: ast.stmt | None = None,
) -> Rewriting | None:
    """Return the loop as one statement, from what begins ``name`` to what returns it."""
    first: ast.stmt = loop.node
    last = through or loop.node
    if name:
        first = loop.before or loop.node
        if isinstance(loop.after, ast.Return) and is_name(loop.after.value, name):
            last = loop.after
    begin, stop = request.file.span(first)[0], request.file.span(last)[1]
    if request.has_comment(begin, stop):
        return None
    lead = request.margin(first)
    returns = last is not loop.node
    said = "return " if returns else f"{_target(request, first, name)} = "
    new = wrapped(lead, f"{said}{head}", parts, tail, request.tab())
    old = request.source(loop.node).split("\n")[0]
    return Rewriting(idiom, (Edit(begin, stop, new),), new, old, modules or {}, loop.node)


def _target(request: Request, first: ast.stmt, name: str) -> str:
    """Return what a name is begun as: with its annotation, where it has one."""
    if isinstance(first, ast.AnnAssign):
        return f"{name}: {request.source(first.annotation)}"
    return name


def is_name(node: ast.AST | None, name: str) -> bool:
    """Tell whether ``node`` is the name ``name``."""
    return isinstance(node, ast.Name) and node.id == name


def _set_name(statement: ast.stmt | None) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def begun(loop: Loop) -> tuple[str, ast.expr | None]:
    """Return the name that is set right before the loop, and its value."""
    match loop.before:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            return name, value
    return "", None


def is_free(request: Request, loop: Loop, name: str, *nodes: ast.AST) -> bool:
    """Tell whether what a turn reads has nothing of ``name`` and waits for nothing."""
    read = {one for node in nodes for one in names(node)} | names(loop.node.iter)
    return name not in read and not awaits(loop.node) and not is_read_behind(request, loop)


def is_read_behind(request: Request, loop: Loop) -> bool:
    """Tell whether what a turn binds is read behind the loop, where it would be gone."""
    block = request.block_of(loop.node)
    at = next(at for at, one in enumerate(block) if one is loop.node)
    return any(loop.bound & names(one) for one in block[at + 1 :])


def constant(node: ast.AST | None) -> object:
    """Return the value of a literal; an ellipsis for anything else."""
    return node.value if isinstance(node, ast.Constant) else ...


def missing_key(test: ast.expr, name: str) -> tuple[ast.expr, bool] | None:
    """Return ``k`` of ``k not in name`` or ``k in name``, and whether it is missing there."""
    match test:
        case ast.Compare(left=key, ops=[ast.NotIn()], comparators=[ast.Name(id=of)]) if of == name:
            return key, True
        case ast.Compare(left=key, ops=[ast.In()], comparators=[ast.Name(id=of)]) if of == name:
            return key, False
        case ast.UnaryOp(op=ast.Not(), operand=ast.Compare(ops=[ast.In()]) as inner):
            membership = missing_key(inner, name)
            return (membership[0], True) if membership is not None else None
    return None


def is_empty_dict(node: ast.expr | None) -> bool:
    """Tell whether ``node`` makes a dictionary without a key."""
    return (isinstance(node, ast.Dict) and not node.keys) or is_call(node, "dict")


def is_call(node: ast.expr | None, name: str, *given: str) -> bool:
    """Tell whether ``node`` calls ``name``, by its last name, with just what is ``given``."""
    if not isinstance(node, ast.Call) or node.keywords or len(node.args) != len(given):
        return False
    called = ast.unparse(node.func)
    return called.rpartition(".")[2] == name and [ast.unparse(one) for one in node.args] == [*given]
