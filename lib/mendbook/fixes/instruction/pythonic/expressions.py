"""Expressions of Python by another idiom that gives the same value, derived from the tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.fixes.instruction.pythonic.request import Request, alike
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.fixes.instruction.pythonic.texts import formatted, lazy_log, written
from mendbook.fixes.instruction.pythonic.turns import negated

StepEdits = tuple[str, str, dict[str, str]]
"""An idiom, the new code, and what it needs from which module."""


def expression_rewritings(request: Request) -> Iterator[Rewriting]:
    """Yield what idioms make of the expressions that the finding quotes."""
    inner = {
        id(side)
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Add)
        for side in (one.left, one.right)
    }
    for node in request.nodes():
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and id(node) in inner:
            continue
        if not isinstance(node, ast.expr) or (
            request.scene.quotes and not _is_inside(request, node)
        ):
            continue
        for idiom, new, modules in _of(request, node):
            yield Rewriting(
                idiom, (request.file.replace(node, new),), new, request.source(node), modules, node
            )


def _is_inside(request: Request, node: ast.expr) -> bool:
    """Tell whether an expression begins in what the evidence quotes."""
    begin = request.file.span(node)[0]
    return any(first <= begin < last for first, last in request.scene.quotes)


def _of(request: Request, node: ast.expr) -> Iterator[StepEdits]:
    if isinstance(node, ast.Compare):
        yield from _compared(request, node)
    elif isinstance(node, ast.BoolOp):
        yield from _joined(request, node)
    elif isinstance(node, ast.UnaryOp):
        yield from _denied(request, node)
    elif isinstance(node, ast.Call):
        yield from _called(request, node)
    elif isinstance(node, ast.IfExp):
        yield from _chosen(request, node)
    elif isinstance(node, ast.Subscript):
        yield from _indexed(request, node)
    elif isinstance(node, ast.BinOp | ast.JoinedStr):
        yield from written(request, node)
    elif isinstance(node, ast.Attribute) and (node.attr, type(node.ctx)) == ("seconds", ast.Load):
        yield "total_seconds", f"{request.operand(node.value)}.total_seconds()", {}


def _compared(request: Request, node: ast.Compare) -> Iterator[StepEdits]:
    if len(node.ops) != 1:
        return
    left, op, right = node.left, node.ops[0], node.comparators[0]
    one, other = request.operand(left), request.operand(right)
    equal = isinstance(op, ast.Eq | ast.Is)
    if isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        if isinstance(right, ast.Constant) and right.value is None:
            if isinstance(op, ast.Eq | ast.NotEq):
                yield "is none", f"{one} is {'' if equal else 'not '}None", {}
        elif isinstance(right, ast.Constant) and isinstance(right.value, bool):
            positive = right.value is equal
            yield "truth", one if positive else negated(request, left), {}
        if isinstance(left, ast.Call) and ast.unparse(left.func) == "type" and len(left.args) == 1:
            text = f"isinstance({request.source(left.args[0])}, {other})"
            yield "isinstance", text if equal else f"not {text}", {}
    if isinstance(left, ast.Call) and isinstance(right, ast.Constant):
        yield from _sized(request, left, op, right.value)
        yield from _sought(request, left, op, right.value)
    if isinstance(op, ast.In | ast.NotIn) and _is_keys(right):
        word = "in" if isinstance(op, ast.In) else "not in"
        inner = request.operand(_owner(right))
        yield "keys", f"{one} {word} {inner}", {}
    yield from _sliced(request, left, op, right)


def _is_keys(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "keys"
        and not node.args
    )


def _owner(node: ast.expr) -> ast.expr:
    """Return what a method is called on; the node itself where it calls none."""
    match node:
        case ast.Call(func=ast.Attribute(value=owner)):
            return owner
    return node


def _sized(request: Request, left: ast.Call, op: ast.cmpop, number: object) -> Iterator[StepEdits]:
    """``len(x) == 0``, ``len(x) > 0``."""
    if ast.unparse(left.func) != "len" or len(left.args) != 1 or isinstance(number, bool):
        return
    text = request.operand(left.args[0])
    kind = type(op)
    if (kind, number) in {(ast.Eq, 0), (ast.Lt, 1), (ast.LtE, 0)}:
        yield "not empty", f"not {text}", {}
    elif (kind, number) in {(ast.Gt, 0), (ast.NotEq, 0), (ast.GtE, 1)}:
        yield "not empty", text, {}


def _sought(request: Request, left: ast.Call, op: ast.cmpop, number: object) -> Iterator[StepEdits]:
    """``x.find(y) >= 0``, ``x.find(y) == -1``, ``x.count(y) > 0``."""
    if not isinstance(left.func, ast.Attribute) or len(left.args) != 1 or left.keywords:
        return
    what, where = request.operand(left.args[0]), request.operand(left.func.value)
    kind, method = type(op), left.func.attr
    if method == "count" and (kind, number) == (ast.Gt, 0):
        yield "in", f"{what} in {where}", {}
    if method != "find":
        return
    if (kind, number) in {(ast.GtE, 0), (ast.Gt, -1), (ast.NotEq, -1)}:
        yield "in", f"{what} in {where}", {}
    elif (kind, number) in {(ast.Eq, -1), (ast.Lt, 0)}:
        yield "in", f"{what} not in {where}", {}


def _sliced(
    request: Request, left: ast.expr, op: ast.cmpop, right: ast.expr
) -> Iterator[StepEdits]:
    """``x[:3] == "abc"`` and ``x[-3:] == "abc"``, with as many letters as the slice has."""
    match left, right:
        case ast.Subscript(
            value=owner, slice=ast.Slice(lower=lower, upper=upper, step=None)
        ), ast.Constant(value=str() as text) if isinstance(op, ast.Eq | ast.NotEq):
            lead = "" if isinstance(op, ast.Eq) else "not "
            of, said = request.operand(owner), request.source(right)
            if lower is None and upper is not None and ast.unparse(upper) == str(len(text)):
                yield "startswith", f"{lead}{of}.startswith({said})", {}
            elif upper is None and lower is not None and ast.unparse(lower) == f"-{len(text)}":
                yield "endswith", f"{lead}{of}.endswith({said})", {}


def _joined(request: Request, node: ast.BoolOp) -> Iterator[StepEdits]:
    comparisons = [one for one in node.values if isinstance(one, ast.Compare) and len(one.ops) == 1]
    if len(comparisons) != len(node.values):
        return
    if isinstance(node.op, ast.And) and len(comparisons) == 2:
        yield from _chained(request, comparisons[0], comparisons[1])
    wanted: type[ast.cmpop] = ast.Eq if isinstance(node.op, ast.Or) else ast.NotEq
    same = all(
        isinstance(one.ops[0], wanted) and alike(one.left, comparisons[0].left)
        for one in comparisons
    )
    plain = not any(isinstance(one, ast.Call | ast.Await) for one in ast.walk(comparisons[0].left))
    if same and plain:
        values = ", ".join(request.source(one.comparators[0]) for one in comparisons)
        word = "in" if isinstance(node.op, ast.Or) else "not in"
        hashed = all(isinstance(one.comparators[0], ast.Constant) for one in comparisons)
        for marks in ("{}", "()", "[]") if hashed else ("()", "[]"):
            yield (
                "membership",
                f"{request.operand(comparisons[0].left)} {word} {marks[0]}{values}{marks[1]}",
                {},
            )


_SIGNS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE,
}  # fmt: skip


def _chained(request: Request, one: ast.Compare, other: ast.Compare) -> Iterator[StepEdits]:
    """Yield ``a <= b < c`` of two comparisons, whichever side ``b`` stands on."""
    kinds = {type(one.ops[0]), type(other.ops[0])}
    if not kinds <= {*_SIGNS}:
        return
    for left in (one, _turned(one)):
        for right in (other, _turned(other)):
            for low, high in ((left, right), (right, left)):
                if not alike(low.comparators[0], high.left):
                    continue
                if any(isinstance(each, ast.Call | ast.Await) for each in ast.walk(high.left)):
                    continue
                first, second = type(low.ops[0]), type(high.ops[0])
                if (first in {ast.Lt, ast.LtE}) != (second in {ast.Lt, ast.LtE}):
                    continue
                text = [
                    request.operand(each) for each in (low.left, high.left, high.comparators[0])
                ]
                yield (
                    "chain" if first in {ast.Lt, ast.LtE} else "falling chain",
                    f"{text[0]} {_SIGNS[first]} {text[1]} {_SIGNS[second]} {text[2]}",
                    {},
                )


def _turned(node: ast.Compare) -> ast.Compare:
    kind = _MIRRORED[type(node.ops[0])]
    return ast.Compare(left=node.comparators[0], ops=[kind()], comparators=[node.left])


def _denied(request: Request, node: ast.UnaryOp) -> Iterator[StepEdits]:
    match node:
        case ast.UnaryOp(
            op=ast.Not(), operand=ast.Compare(left=left, ops=[ast.In() | ast.Is() as op],
                                              comparators=[right]),
        ):  # fmt: skip
            word = "not in" if isinstance(op, ast.In) else "is not"
            yield word, f"{request.operand(left)} {word} {request.operand(right)}", {}


def _called(request: Request, node: ast.Call) -> Iterator[StepEdits]:
    name = ast.unparse(node.func)
    if isinstance(request.home(), ast.AsyncFunctionDef):
        given = [request.source(one) for one in [*node.args, *node.keywords]]
        threaded = ", ".join([request.source(node.func), *given])
        yield "to_thread", f"await asyncio.to_thread({threaded})", {}
        if name == "time.sleep":
            yield "sleep", f"await asyncio.sleep({', '.join(given)})", {}
    if (lazily := lazy_log(request, node)) is not None:
        yield "lazy", lazily, {}
    if name in {"list", "set", "dict"} and not node.args and not node.keywords:
        new = {"list": "[]", "dict": "{}"}.get(name)
        if new:
            yield "literal", new, {}
    match node:
        case ast.Call(
            func=ast.Name(id="list" | "set" | "tuple" as kind), args=[ast.List() as inner]
        ):
            if kind == "set" and inner.elts:
                yield "literal", f"{{{request.source(inner)[1:-1]}}}", {}
        case ast.Call(func=ast.Name(id="set" | "list" as kind), args=[ast.ListComp() as inner]):
            marks = "{}" if kind == "set" else "[]"
            yield f"{kind} comprehension", f"{marks[0]}{request.source(inner)[1:-1]}{marks[1]}", {}
        case ast.Call(func=ast.Name(id="set" | "list" as kind), args=[ast.GeneratorExp() as inner]):
            marks = "{}" if kind == "set" else "[]"
            text = request.source(inner)
            text = text[1:-1] if text.startswith("(") and text.endswith(")") else text
            yield f"{kind} comprehension", f"{marks[0]}{text}{marks[1]}", {}
        case ast.Call(
            func=ast.Name(id="any" | "all" | "sum" | "min" | "max"), args=[ast.ListComp() as inner],
            keywords=[],
        ):  # fmt: skip
            yield "generator", f"{name}({request.source(inner)[1:-1]})", {}
        case ast.Call(func=ast.Attribute(attr="join", value=mark), args=[ast.ListComp() as inner]):
            yield "generator", f"{request.source(mark)}.join({request.source(inner)[1:-1]})", {}
        case ast.Call(func=ast.Attribute(attr="format", value=ast.Constant(value=str()) as text)):
            if (new := formatted(request, text, node)) is not None:
                yield "f-string", new, {}
        case ast.Call(
            func=ast.Attribute(attr="match", value=ast.Name(id="re")), args=[first, *rest]
        ):
            pattern = re.fullmatch(r"(r?)(['\"])\^?(.*)\$\2", request.source(first), re.DOTALL)
            if pattern is not None and not pattern[3].endswith("\\") and "|" not in pattern[3]:
                given = [f"{pattern[1]}{pattern[2]}{pattern[3]}{pattern[2]}"]
                given += [request.source(one) for one in [*rest, *node.keywords]]
                yield "fullmatch", f"re.fullmatch({', '.join(given)})", {}


def _chosen(request: Request, node: ast.IfExp) -> Iterator[StepEdits]:
    yes, no = node.body, node.orelse
    if isinstance(yes, ast.Constant) and isinstance(no, ast.Constant):
        if yes.value is True and no.value is False and _is_bool(node.test):
            yield "condition", request.source(node.test), {}
        elif yes.value is True and no.value is False:
            yield "bool", f"bool({request.source(node.test)})", {}
        elif yes.value is False and no.value is True:
            yield "condition", negated(request, node.test), {}
    if alike(yes, node.test):
        yield "or", f"{_side(request, yes)} or {_side(request, no)}", {}
    match node.test, yes:
        case ast.Compare(left=key, ops=[ast.In()], comparators=[of]), ast.Subscript(
            value=value, slice=again
        ) if alike(of, value) and alike(key, again):
            default = (
                ""
                if isinstance(no, ast.Constant) and no.value is None
                else f", {request.source(no)}"
            )
            yield "get", f"{request.operand(of)}.get({request.source(key)}{default})", {}


def _side(request: Request, node: ast.expr) -> str:
    """Return a side of an ``or``."""
    loose = isinstance(node, ast.IfExp | ast.Lambda | ast.NamedExpr)
    return request.operand(node) if loose else request.source(node)


def _is_bool(node: ast.expr) -> bool:
    if isinstance(node, ast.BoolOp):
        return all(_is_bool(one) for one in node.values)
    return isinstance(node, ast.Compare) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


_DEFAULT = re.compile(
    r"get(?:env)?\([^,()]*(?:\([^()]*\))?[^,()]*,\s*(?P<a>\"[^\"]*\"|'[^']*'|[\w.+-]+|\[\]|\{\})\)"
    r"|default\s+of\s+(?P<b>\"[^\"]*\"|'[^']*'|[\w.+-]+|\[\]|\{\})"
    r"|default\s+to\s+(?P<c>\"[^\"]*\"|'[^']*'|[\w.+-]+|\[\]|\{\})\s+with"
)


def _with_default(request: Request, node: ast.Subscript) -> Iterator[StepEdits]:
    """Yield the lookup with the default that the text gives: ``d.get(k, 0)`` of ``d[k]``."""
    told = _DEFAULT.search(request.unticked)
    if told is None or isinstance(node.slice, ast.Slice | ast.UnaryOp | ast.Tuple):
        return
    if isinstance(node.slice, ast.Constant) and not isinstance(node.slice.value, str):
        return
    tests = [one.test for one in request.nodes() if isinstance(one, ast.If | ast.IfExp)]
    if any(
        isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.In | ast.NotIn) for one in tests
    ):
        return
    default = told["a"] or told["b"] or told["c"]
    of, key = request.operand(node.value), request.source(node.slice)
    yield "get default", f"{of}.get({key}, {default})", {}
    if of == "os.environ":
        yield "getenv", f"os.getenv({key}, {default})", {}


def _indexed(request: Request, node: ast.Subscript) -> Iterator[StepEdits]:
    if not isinstance(node.ctx, ast.Load):
        return
    yield from _with_default(request, node)
    match node:
        case ast.Subscript(
            value=ast.Call(func=ast.Name(id="sorted"), args=[over], keywords=keywords)
        ):
            at = ast.unparse(node.slice)
            fall = any(one.arg == "reverse" for one in keywords)
            rest = [request.source(one) for one in keywords if one.arg != "reverse"]
            told = all(
                isinstance(one.value, ast.Constant) and one.value.value is True
                for one in keywords
                if one.arg == "reverse"
            )
            if at in {"0", "-1"} and told:
                word = "min" if (at == "0") is not fall else "max"
                yield word, f"{word}({', '.join((request.source(over), *rest))})", {}
        case ast.Subscript(
            value=ast.Call(func=ast.Name(id="list"), args=[over]), slice=ast.Constant(value=0)
        ):
            yield "next", f"next(iter({request.source(over)}))", {}
