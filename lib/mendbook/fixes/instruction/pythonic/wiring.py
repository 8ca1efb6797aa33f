"""Calls of Python told by one of their texts, and the wrapper around an expression that goes."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, alike, expression
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_PAIR = r"[a-z_]\w*\s*=\s*(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\([^)]*\)|[\w.]+(?:\([^)]*\))?)"
_PAIRS = rf"(?P<pairs{{0}}>{_PAIR}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_PAIR})*)"
_OPTION = (
    r"(?:the\s+)?(?P<option{0}>--?[a-z][\w-]*|\"[^\"]+\"|'[^']+')(?:\s+(?:argument|option|flag))?"
)
_THEN = (
    r"(?:(?:,|;)?\s+(?:and\s+)?(?:then\s+)?(?:(?:drop|remove|delete)\s+(?:the\s+"
    r")?(?P<gone>\w+)\(\)\s+(?:around|of|from)\s+"
    r"(?P<inner>[\w.]+)|the\s+(?P<gone2>\w+)\(\)\s+around\s+(?P<inner2>[\w.]+)\s+"
    r"(?:can|may|should|must)\s+(?:go|be\s+(?:dropped|removed))"
    r"|(?:pass|use)\s+(?P<inner3>[\w.]+)\s+without\s+(?:the\s+)?(?P<gone3>\w+)\(\)))?"
)
_ARGUED = (
    re.compile(
        rf"(?:give|set|declare|restrict|limit|define)\s+{_OPTION.format('')}\s+(?:with\s+"
        rf"|to\s+|as\s+)?{_PAIRS.format('')}{_THEN}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:add|pass|set|put|give)\s+{_PAIRS.format('')}\s+(?:to|on|for)\s+"
        rf"{_OPTION.format('')}{_THEN}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OPTION.format('')}\s*(?::|needs|should\s+have|gets)\s*"
        rf"{_PAIRS.format('')}{_THEN}",
        re.IGNORECASE,
    ),
)


def argued_option(request: Request) -> StepEdits | None:
    """*Give --days type=int, then the int() around args.days can go*: a call by its first text."""
    text = request.unticked
    told = next((match for one in _ARGUED if (match := one.fullmatch(text)) is not None), None)
    if told is None:
        return None
    option = told["option"].strip("\"'")
    home: ast.AST = request.home() or request.file.tree
    calls = [
        one
        for one in ast.walk(home)
        if isinstance(one, ast.Call)
        and any(isinstance(each, ast.Constant) and each.value == option for each in one.args)
        and isinstance(one.func, ast.Attribute | ast.Name)
    ]
    calls = [one for one in calls if request.is_quoted(one)] or calls
    if len(calls) != 1:
        return None
    pairs = [
        (
            one.partition("=")[0].strip(),
            quoted_as_here(request.scene, one.partition("=")[2].strip()),
        )
        for one in re.findall(_PAIR, told["pairs"])
    ]
    edits = _keywords(request, calls[0], pairs)
    gone = next((told[key] for key in ("gone", "gone2", "gone3") if told[key]), "")
    removes: list[str] = []
    if gone:
        inner = next(told[key] for key in ("inner", "inner2", "inner3") if told[key])
        wrappers = [one for one in ast.walk(home) if _wraps(one, gone, inner)]
        if not wrappers:
            raise Abstain(f"{gone}() stands around no {inner} there", final=True)
        edits += [request.file.replace(one, inner) for one in wrappers]
        removes = [f"{gone}({inner})"]
    said = f"give {option} {', '.join(f'{key}={value}' for key, value in pairs)}"
    return request.step_edits(
        Operation.SET, said, edits, [f"{key}={value}" for key, value in pairs], removes
    )


def _keywords(request: Request, call: ast.Call, pairs: list[tuple[str, str]]) -> list[Edit]:
    """Return the edits that give a call keywords: over those it has, or behind its arguments."""
    held = {one.arg: one for one in call.keywords if one.arg}
    if all(key in held and alike(held[key].value, expression(value)) for key, value in pairs):
        raise Abstain("it is given so already", final=True)
    edits = [
        request.file.replace(held[key].value, value)
        for key, value in pairs
        if key in held and not alike(held[key].value, expression(value))
    ]
    fresh = ", ".join(f"{key}={value}" for key, value in pairs if key not in held)
    if fresh:
        last = [*call.args, *(one.value for one in call.keywords)][-1]
        last = call.args[-1] if edits and call.args else last
        edits.append(insert(request.file.span(last)[1], f", {fresh}"))
    return edits


def _wraps(node: ast.AST, name: str, inner: str) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=called), args=[only], keywords=[]) if called == name:
            return ast.unparse(only) == inner
    return False


_BULK = re.compile(
    r"(?P<name>[a-z_]\w*)\s*=\s*(?P<call>(?:await\s+)?[a-z_][\w.]*\()", re.IGNORECASE
)
_SAID = {
    *("load", "fetch", "read", "get", "query", "them", "all", "the", "once", "with", "one", "call"),
    *("before", "ahead", "of", "loop", "and", "use", "inside", "in", "then", "it", "within", "up"),
    *("front", "look", "batch", "a", "single", "for", "instead", "do", "run", "lookup", "lookups"),
    *("each", "from", "per", "body", "an", "to", "turn", "only", "by", "that", "there", "at"),
}


def looked_up(request: Request) -> StepEdits | None:
    """*known = await herds.many([…]) before the loop, and known.get() inside*."""
    text = request.unticked
    told = _BULK.search(text)
    if told is None or not re.search(r"\bloop\b", text):
        return None
    stop = _closing(text, told.end() - 1)
    statement = text[told.start() : stop]
    bulk = expression(statement.partition("=")[2]) if stop else None
    call = bulk.value if isinstance(bulk, ast.Await) else bulk
    rest = text[: told.start()] + " " + text[stop:]
    name = told["name"]
    used = re.search(rf"\b{name}(?P<mark>\.get\(|\[)", rest)
    if not isinstance(call, ast.Call) or used is None or not isinstance(call.func, ast.Attribute):
        return None
    last = _closing(rest, used.end() - 1)
    if not last:
        return None
    key = rest[used.end() : last - 1]
    rest = rest[: used.start()] + " " + rest[last:]
    rest = re.sub(r"\w+\s*=(?=\s)", " ", rest)
    names = {
        each.lower()
        for one in re.findall(r"\w+", request.file.text)
        for each in (one, *one.split("_"))
    }
    owner = {*re.findall(r"\w+", ast.unparse(call.func).lower())}
    known = _SAID | names | owner
    if not all(
        word.lower() in known or f"{word.lower()}s" in known
        for word in re.findall(r"[A-Za-z_]\w*", rest)
    ):
        return None
    return _looked_up(request, name, statement, call, used["mark"], key)


def _closing(text: str, opened: int) -> int:
    """Return the offset behind the bracket that closes the one at ``opened``; 0 for none."""
    depth = 0
    for at in range(opened, len(text)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if not depth:
            return at + 1
    return 0


def _looked_up(
    request: Request, name: str, statement: str, call: ast.Call, mark: str, key: str
) -> StepEdits | None:
    owner = ast.unparse(call.func).rpartition(".")[0]
    loops = [
        (loop, one)
        for loop in ast.walk(request.home() or request.file.tree)
        if isinstance(loop, ast.For)
        for each in loop.body
        for one in ast.walk(each)
        if isinstance(one, ast.Call)
        and ast.unparse(one.func).rpartition(".")[0] == owner
        and len(one.args) == 1
        and not one.keywords
        and request.is_quoted(one)
    ]
    if len(loops) != 1:
        return None
    loop, asked = loops[0]
    over = [one for one in ast.walk(call) if isinstance(one, ast.comprehension)]
    if len(over) == 1 and not alike(over[0].iter, loop.iter):
        raise Abstain(f"the loop does not go over {ast.unparse(over[0].iter)}", final=True)
    given = request.source(asked.args[0])
    if key not in {"", "...", "…"} and not alike(expression(key), asked.args[0]):
        raise Abstain(f"the loop asks by {given}, and not by {key}", final=True)
    if _binds(request, name):
        raise Abstain(f"{name} is another thing there", final=True)
    awaits = [one for one in ast.walk(loop) if isinstance(one, ast.Await) and one.value is asked]
    new = f"{name}.get({given})" if mark.startswith(".") else f"{name}[{given}]"
    code = quoted_as_here(request.scene, " ".join(statement.split()))
    line = f"{code}\n{request.margin(loop)}"
    edits = [
        insert(request.file.span(loop)[0], line),
        request.file.replace(awaits[0] if awaits else asked, new),
    ]
    said = f"ask once with `{code}`, and take `{new}` in the loop"
    return request.step_edits(Operation.REPLACE, said, edits, [code, new], [request.source(asked)])


def _binds(request: Request, name: str) -> bool:
    home = request.home() or request.file.tree
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(home))


WIRING = (argued_option, looked_up)
