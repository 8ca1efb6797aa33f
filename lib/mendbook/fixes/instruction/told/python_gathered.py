"""A loop of Python that awaits one call after the other, all of them awaited at once."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, step_request
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import asks_more, spoken, words
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_ANCHOR = re.compile(
    r"(?:await\s+)?(?:asyncio\.)?gather(?:\(\s*(?P<more>return_exceptions=(?:True|False))?\s*\))?"
)
_TOLD = words(
    "concurrently concurrent parallel once together gather all instead loop over for sends calls"
    " awaits one single"
)
_LIMITS = words(
    "most limit limited limits semaphore batch batches chunk chunks time exception exceptions error"
    " errors except but keep timeout failing fails first"
)


def gathered(work: Work, ask: Ask) -> StepEdits | None:
    """*Send the mails concurrently, with one asyncio.gather*: for the one quoted loop."""
    told = spoken(ask, lambda word: False)
    calls = [one for one in told.codes if "gather" in one]
    told_call = _ANCHOR.fullmatch(calls[0]) if len(calls) == 1 else None
    if told_call is None or asks_more(ask.unticked, calls[0]):
        return None
    if not told.has(*_TOLD) or told.has(*_LIMITS) or any(one.isdigit() for one in told.codes):
        return None
    request = step_request(work, ask.unticked)
    if request is None:
        return None
    loops = [one for one in request.nodes() if isinstance(one, ast.For) and not one.orelse]
    inner = [one for one in loops if len(one.body) == 1]
    if len(inner) != 1:
        return None
    others = [one for one in told.codes if one not in calls]
    return _gathered(request, inner[0], others, told_call["more"] or "")


def _gathered(request: Request, loop: ast.For, others: list[str], more: str) -> StepEdits:
    call, name = _awaited(loop.body[0])
    if call is None:
        raise Abstain("a turn of the loop does more than to await one call")
    called = ast.unparse(call.func)
    if any(one.removesuffix("()") not in {called, called.rpartition(".")[2]} for one in others):
        raise Abstain(f"`{others[0]}` is not what the loop awaits")
    begin, stop = request.file.span(loop)
    if request.has_comment(begin, stop):
        raise Abstain("a comment in the loop would be lost")
    rows = (
        f"{request.source(call)} for {request.source(loop.target)} in {request.source(loop.iter)}"
    )
    value = f"await asyncio.gather(*({rows}){', ' if more else ''}{more})"
    if name:
        block = request.block_of(loop)
        at = next(at for at, one in enumerate(block) if one is loop)
        first = block[at - 1] if at else None
        if first is None or not _begins(first, name):
            raise Abstain(f"{name} does not begin empty right before the loop")
        if any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(call)):
            raise Abstain(f"a turn of the loop reads {name}")
        begin = request.file.span(first)[0]
        value = f"{name} = {value}"
    said = f"await `{called}` for all at once"
    return request.step_edits(
        Operation.REPLACE, said, [Edit(begin, stop, value)], ["asyncio.gather("],
        modules={"asyncio": ""},
    )  # fmt: skip


def _awaited(statement: ast.stmt) -> tuple[ast.Call | None, str]:
    """Return the call that a statement awaits, and the list that it adds the answer to."""
    match statement:
        case ast.Expr(value=ast.Await(value=ast.Call() as call)):
            return call, ""
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="append"),
                args=[ast.Await(value=ast.Call() as call)],
                keywords=[],
            )
        ):
            return call, name
    return None, ""


def _begins(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=held)], value=ast.List(elts=[])) if held == name:
            return True
    return False


PYTHON_GATHERED = (gathered,)
