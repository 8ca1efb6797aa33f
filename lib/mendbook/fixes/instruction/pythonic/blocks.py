"""Statements of Python by another idiom that does the same: with, get, suppress, a plain return."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.code.python_source import indented, names
from mendbook.fixes.instruction.pythonic.request import Request, alike
from mendbook.fixes.instruction.pythonic.rewriting import Rewriting
from mendbook.fixes.instruction.pythonic.turns import negated


def block_rewritings(request: Request) -> Iterator[Rewriting]:
    """Yield what idioms make of the statements that the finding points at."""
    for node in request.nodes():
        if not isinstance(node, ast.stmt):
            continue
        block = request.block_of(node)
        at = next((at for at, one in enumerate(block) if one is node), -1)
        if at < 0:
            continue
        before = block[at - 1] if at else None
        after = block[at + 1] if at + 1 < len(block) else None
        for rewrite in (_locked, _opened, _chosen, _returned, _suppressed, _expected, _made_once):
            yield from rewrite(request, node, before, after)
        yield from _swapped(request, block, at)
        yield from _unelsed(request, node)
        yield from _removed(request, node)


def _over(
    request: Request, idiom: str, first: ast.stmt, last: ast.stmt, new: str, old: str = "",
    modules: dict[str, str] | None = None,
) -> Iterator[Rewriting]:  # fmt: skip
    begin, stop = request.file.span(first)[0], request.file.span(last)[1]
    if not request.has_comment(begin, stop):
        shown = old or request.source(first).split("\n")[0]
        yield Rewriting(idiom, (Edit(begin, stop, new),), new, shown, modules or {}, first)


def _lock_call(node: ast.stmt | None, verb: str) -> tuple[str, bool]:
    """Return what ``x.acquire()`` is called on, and whether it is awaited; empty for another."""
    value = node.value if isinstance(node, ast.Expr) else None
    awaited = isinstance(value, ast.Await)
    value = value.value if isinstance(value, ast.Await) else value
    match value:
        case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=[], keywords=[]) if (
            attr == verb
        ):
            return ast.unparse(owner), awaited
    return "", False


def _locked(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``lock.acquire()`` and ``try: … finally: lock.release()``, before the try or within."""
    if not isinstance(node, ast.Try) or node.handlers or node.orelse or len(node.finalbody) != 1:
        return
    lock, awaited = _lock_call(before, "acquire")
    body, first = node.body, before
    if not lock:
        lock, awaited = _lock_call(node.body[0], "acquire")
        body, first = node.body[1:], node
    freed, waits = _lock_call(node.finalbody[0], "release")
    if not lock or freed != lock or waits or not body or first is None:
        return
    owner = _owner(request, first)
    rows = _outdented(request, body, request.margin(first))
    head = f"{'async ' if awaited else ''}with {owner}:"
    stop = request.file.span(node)[1]
    begin = request.file.span(first)[0]
    covered = request.file.text[request.file.span(body[-1])[1] : stop]
    if "#" in covered or request.has_comment(begin, request.file.span(body[0])[0]):
        return
    new = f"{head}\n{rows}"
    old = request.source(first).split("\n")[0] if first is before else request.source(node.body[0])
    yield Rewriting("with lock", (Edit(begin, stop, new),), head, old, {}, node)


def _owner(request: Request, node: ast.stmt) -> str:
    attribute = next(
        one for one in ast.walk(node) if isinstance(one, ast.Attribute) and one.attr == "acquire"
    )
    return request.source(attribute.value)


def _outdented(request: Request, body: list[ast.stmt], lead: str) -> str:
    """Return statements at one level below ``lead``, as they stand if they do so already."""
    text = request.file.text
    begin = line_start(text, request.file.span(body[0])[0])
    stop = request.file.span(body[-1])[1]
    wanted, has = lead + request.tab(), request.margin(body[0])
    rows = text[begin:stop].replace("\r\n", "\n")
    if wanted == has:
        return rows
    if has.startswith(wanted):
        cut = has.removeprefix(wanted)
        return "\n".join(row.removeprefix(cut) if row.strip() else row for row in rows.split("\n"))
    return indented(request.file, body, request.tab())


def _opened(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``f = open(…)``, what uses it, and ``f.close()``."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            pass
        case _:
            return
    block = request.block_of(node)
    at = next(at for at, one in enumerate(block) if one is node)
    ends = [
        place
        for place, one in enumerate(block[at + 1 :], start=at + 1)
        if _lock_call(one, "close") == (name, False)
    ]
    if len(ends) != 1 or ends[0] == at + 1:
        return
    inner = block[at + 1 : ends[0]]
    if any(name in names(one) for one in block[ends[0] + 1 :]):
        return
    called = ast.unparse(call.func)
    text = request.file.text
    rows = indented(request.file, inner, request.tab())
    begin, stop = request.file.span(node)[0], request.file.span(block[ends[0]])[1]
    if request.has_comment(request.file.span(inner[-1])[1], stop) or text[begin - 1 : begin] == ";":
        return
    first = request.file.span(inner[0])[0]
    between = text[line_end(text, request.file.span(node)[1]) : line_start(text, first)]
    if between.strip():
        return
    for head, idiom, modules in _heads(request.source(call), called, name):
        yield Rewriting(
            idiom,
            (Edit(begin, stop, f"{head}:\n{rows}"),),
            head,
            request.source(node),
            modules,
            node,
        )


def _heads(call: str, called: str, name: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    last = called.rpartition(".")[2]
    if last in _MANAGERS:
        yield f"with {call} as {name}", "with open", {}
    yield f"with closing({call}) as {name}", "closing", {"closing": "contextlib"}
    yield f"with contextlib.closing({call}) as {name}", "closing", {}


_MANAGERS = {"open", "fdopen", "NamedTemporaryFile", "TemporaryFile", "socket", "ZipFile", "SMTP",
             "create_connection", "Session", "Client", "urlopen", "Popen", "scandir"}  # fmt: skip
"""What the standard library and the usual clients make, and ``with`` closes."""


def _only(body: list[ast.stmt]) -> ast.stmt | None:
    return body[0] if len(body) == 1 else None


def _chosen(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``if …: x = a`` and ``else: x = b``; ``if …: return a`` and ``return b``."""
    if not isinstance(node, ast.If):
        return
    yes, no, last = _only(node.body), _only(node.orelse), node
    if not node.orelse and isinstance(yes, ast.Return):
        no, last = after, after  # type: ignore[assignment]
    match yes, no:
        case ast.Assign(targets=[one], value=first), ast.Assign(targets=[other], value=second) if (
            alike(one, other)
        ):
            head = f"{request.source(one)} = "
        case ast.Return(value=ast.expr() as first), ast.Return(value=ast.expr() as second):
            head = "return "
        case _:
            return
    if last is None:
        return
    for idiom, text in _values(request, node.test, first, second):
        yield from _over(request, idiom, node, last, f"{head}{text}")


def _values(
    request: Request, test: ast.expr, yes: ast.expr, no: ast.expr
) -> Iterator[tuple[str, str]]:
    first, second = request.source(yes), request.source(no)
    flags = [one.value if isinstance(one, ast.Constant) else ... for one in (yes, no)]
    if flags == [True, False]:
        sure = isinstance(test, ast.Compare)
        yield "condition", request.source(test) if sure else f"bool({request.source(test)})"
        return
    if flags == [False, True]:
        yield "condition", negated(request, test)
        return
    if alike(yes, test):
        yield "or", f"{first} or {second}"
    denied = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    if denied and alike(no, test.operand):  # type: ignore[attr-defined]
        yield "or", f"{second} or {first}"
    yield from _looked_up(request, test, yes, no)
    yield "conditional", f"{first} if {request.source(test)} else {second}"


def _looked_up(
    request: Request, test: ast.expr, yes: ast.expr, no: ast.expr
) -> Iterator[tuple[str, str]]:
    match test:
        case ast.Compare(left=key, ops=[ast.In()], comparators=[of]):
            value, default = yes, no
        case ast.Compare(left=key, ops=[ast.NotIn()], comparators=[of]):
            value, default = no, yes
        case _:
            return
    match of:
        case ast.Call(func=ast.Attribute(value=inner, attr="keys"), args=[]):
            of = inner
    match value:
        case ast.Subscript(value=owner, slice=again) if alike(owner, of) and alike(again, key):
            none = isinstance(default, ast.Constant) and default.value is None
            rest = "" if none else f", {request.source(default)}"
            yield "get", f"{request.operand(of)}.get({request.source(key)}{rest})"


def _returned(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``x = …`` and ``return x``; ``xs.sort()`` and ``return xs``."""
    if not isinstance(after, ast.Return) or not isinstance(after.value, ast.Name):
        return
    name = after.value.id
    match node:
        case ast.Assign(targets=[ast.Name(id=one)], value=value) if one == name:
            yield from _over(
                request, "return directly", node, after, f"return {request.source(value)}"
            )
        case ast.Expr(value=ast.Call(
            func=ast.Attribute(value=ast.Name(id=one), attr="sort"), keywords=given, args=[],
        )) if one == name:  # fmt: skip
            rest = "".join(f", {request.source(each)}" for each in given)
            yield from _over(request, "sorted", node, after, f"return sorted({name}{rest})")


def _handler(node: ast.stmt) -> ast.ExceptHandler | None:
    if isinstance(node, ast.Try) and not node.orelse and not node.finalbody:
        return node.handlers[0] if len(node.handlers) == 1 else None
    return None


def _suppressed(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``try: …`` and ``except E: pass``."""
    handler = _handler(node)
    if handler is None or not isinstance(node, ast.Try) or handler.type is None:
        return
    if not isinstance(_only(handler.body), ast.Pass):
        return
    kinds = request.source(handler.type).strip("()")
    rows = _outdented(request, node.body, request.margin(node))
    for call, modules in (
        ("suppress", {"suppress": "contextlib"}),
        ("contextlib.suppress", {}),
    ):
        if (call == "suppress") is (
            re.search(r"(?m)^import contextlib$", request.file.text) is not None
        ):
            continue
        head = f"with {call}({kinds})"
        begin, stop = request.file.span(node)
        yield Rewriting(
            "suppress", (Edit(begin, stop, f"{head}:\n{rows}"),), head, "try:", modules, node
        )


def _expected(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """In a test: ``try: f()``, ``assert False`` and ``except E: pass``."""
    handler = _handler(node)
    if handler is None or not isinstance(node, ast.Try) or handler.type is None:
        return
    if not isinstance(_only(handler.body), ast.Pass) or len(node.body) < 2:
        return
    last = ast.unparse(node.body[-1])
    if not re.match(r"assert (?:False|0)\b|pytest\.fail\(|self\.fail\(|raise AssertionError", last):
        return
    rows = _outdented(request, node.body[:-1], request.margin(node))
    head = f"with pytest.raises({request.source(handler.type)})"
    begin, stop = request.file.span(node)
    yield Rewriting("raises", (Edit(begin, stop, f"{head}:\n{rows}"),), head, "try:", {}, node)


def _made_once(
    request: Request, node: ast.stmt, before: ast.stmt | None, after: ast.stmt | None
) -> Iterator[Rewriting]:
    """``if not os.path.exists(d): os.makedirs(d)`` and the same of a path."""
    if not isinstance(node, ast.If) or node.orelse:
        return
    match node.test, _only(node.body):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call() as asked), ast.Expr(
            value=ast.Call() as call
        ):
            pass
        case _:
            return
    if any(one.arg == "exist_ok" for one in call.keywords):
        return
    tested, called = ast.unparse(asked.func), ast.unparse(call.func)
    if tested in {"os.path.exists", "os.path.isdir"} and called in {"os.makedirs", "os.mkdir"}:
        if not call.args or not alike(asked.args[0], call.args[0]) or called == "os.mkdir":
            return
    else:
        owner, _, verb = tested.rpartition(".")
        if verb not in {"exists", "is_dir"} or called != f"{owner}.mkdir":
            return
    inner = request.source(call)
    new = f"{inner[:-1]}{', ' if call.args or call.keywords else ''}exist_ok=True)"
    yield from _over(request, "exist_ok", node, node, new)


def _swapped(request: Request, block: list[ast.stmt], at: int) -> Iterator[Rewriting]:
    """``t = a``, ``a = b``, ``b = t``."""
    match block[at : at + 3]:
        case [
            ast.Assign(targets=[ast.Name(id=held)], value=first),
            ast.Assign(targets=[one], value=second),
            ast.Assign(targets=[other], value=ast.Name(id=last)),
        ] if held == last and alike(first, one) and alike(second, other):
            if any(held in names(each) for each in block[at + 3 :]):
                return
            a, b = request.source(one), request.source(other)
            yield from _over(request, "swap", block[at], block[at + 2], f"{a}, {b} = {b}, {a}")


def _leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)


def _unelsed(request: Request, node: ast.stmt) -> Iterator[Rewriting]:
    """``if …: return a`` and ``else: …``, whose else needs no margin."""
    if not isinstance(node, ast.If) or not node.orelse or not _leaves(node.body):
        return
    text = request.file.text
    if isinstance(node.orelse[0], ast.If) and text[
        request.file.span(node.orelse[0])[0] :
    ].startswith("elif"):
        return
    end_of_body = request.file.span(node.body[-1])[1]
    first = request.file.span(node.orelse[0])[0]
    between = text[line_end(text, end_of_body) : line_start(text, first)]
    if (
        not re.fullmatch(r"\s*else:[ \t]*\r?\n", between)
        or "'''" in text
        or '"""' in request.source(node)
    ):
        return
    lead = request.margin(node)
    cut = request.margin(node.orelse[0]).removeprefix(lead)
    begin, stop = line_end(text, end_of_body), request.file.span(node)[1]
    rows = text[line_start(text, first) : stop].replace("\r\n", "\n").split("\n")
    new = "\n".join(row.replace(cut, "", 1) if row.startswith(lead + cut) else row for row in rows)
    yield Rewriting("no else", (Edit(begin, stop, new),), new, "else:", {}, node)


def _removed(request: Request, node: ast.stmt) -> Iterator[Rewriting]:
    """``del d[k]`` and ``raise e`` of what is caught."""
    match node:
        case ast.Delete(targets=[ast.Subscript(value=owner, slice=key)]) if not isinstance(
            key, ast.Slice
        ):
            new = f"{request.operand(owner)}.pop({request.source(key)}, None)"
            yield from _over(request, "pop", node, node, new)
        case ast.Raise(exc=ast.Name(id=name), cause=None):
            held = [
                one
                for one in ast.walk(request.file.tree)
                if isinstance(one, ast.ExceptHandler)
                and one.name == name
                and any(inner is node for inner in one.body)
            ]
            if held:
                yield from _over(request, "raise", node, node, "raise")
