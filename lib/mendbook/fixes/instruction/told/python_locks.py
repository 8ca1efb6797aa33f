"""Statements of Python that run while a lock is held: *read and write it while holding X*."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, line_start
from mendbook.code.python_source import indented
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, step_request
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.spoken import asks_more, spoken, words
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_HOLDS = words(
    "hold holding holds held under guard guarded guarding protect protected take takes taking"
    " acquire acquiring wrap within inside around atomic lock locked locking"
)
_MORE = words(
    "timeout non-blocking try release unless instead rather whole function method body only second"
    " another new own already callers caller"
)
_LOCKS = re.compile(
    r"\b(?:threading|multiprocessing|asyncio|anyio|trio)?\.?(?:R?Lock|Semaphore|Condition)$"
)


def under_lock(work: Work, ask: Ask) -> StepEdits | None:
    """*Guard the update with self._lock*, *do both under the lock*: the statements quoted."""
    request = step_request(work, ask.unticked)
    if request is None or not request.scene.quotes:
        return None
    locks = _locks(request)
    told = spoken(ask, lambda word: word in locks)
    named = [
        owner
        for one in told.codes
        if (owner := re.sub(r"^(?:async\s+)?with\s+|:$|\.acquire\(\)$", "", one)) in locks
    ]
    if not told.has(*_HOLDS) or told.has(*_MORE):
        return None
    if not named and (len(locks) != 1 or "lock" not in told.words or "locks" in told.words):
        return None
    if len(set(named)) > 1:
        return None
    lock = named[0] if named else next(iter(locks))
    if asks_more(ask.unticked, lock):
        return None
    statements = _quoted(request)
    if not statements:
        return None
    return _held(request, lock, locks[lock], statements)


def _locks(request: Request) -> dict[str, str]:
    """Return what the file makes locks of, and the library that each comes from."""
    found = {}
    for node in ast.walk(request.file.tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
            continue
        kind = ast.unparse(node.value.func)
        if _LOCKS.search(kind) is None:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            found[ast.unparse(target)] = kind
    return found


def _quoted(request: Request) -> list[ast.stmt]:
    """Return the statements of one block that are quoted from their beginning to their end."""
    home = request.home()
    if home is None:
        return []
    whole = [
        one
        for one in ast.walk(home)
        if isinstance(one, ast.stmt) and one is not home and _is_whole(request, one)
    ]
    outer = [
        one
        for one in whole
        if not any(one in ast.walk(other) and one is not other for other in whole)
    ]
    if not outer:
        return []
    block = request.block_of(outer[0])
    places = [at for at, one in enumerate(block) if any(one is each for each in outer)]
    if len(places) != len(outer) or places != list(range(places[0], places[-1] + 1)):
        return []
    return [block[at] for at in places]


def _is_whole(request: Request, node: ast.stmt) -> bool:
    begin, stop = request.file.span(node)
    return any(first <= begin and stop <= last + 1 for first, last in request.scene.quotes)


def _held(request: Request, lock: str, kind: str, statements: list[ast.stmt]) -> StepEdits:
    awaits = "asyncio" in kind or "anyio" in kind
    home = request.home()
    if awaits and not isinstance(home, ast.AsyncFunctionDef):
        raise Abstain(f"{lock} is awaited, and the function is not async", final=True)
    inner = [one for each in statements for one in ast.walk(each)]
    if not awaits and any(isinstance(one, ast.Await) for one in inner):
        raise Abstain(f"something is awaited there, which {lock} is not made for", final=True)
    for node in ast.walk(request.file.tree):
        if isinstance(node, ast.With | ast.AsyncWith) and any(
            ast.unparse(one.context_expr) == lock for one in node.items
        ):
            if any(statements[0] is one for one in ast.walk(node)):
                raise Abstain(f"{lock} is held there already", final=True)
            if "RLock" not in kind:
                _refuse_twice(request, node, lock, inner)
    text = request.file.text
    begin = line_start(text, request.file.span(statements[0])[0])
    stop = request.file.span(statements[-1])[1]
    head = f"{'async ' if awaits else ''}with {lock}:"
    rows = indented(request.file, statements, request.tab())
    new = f"{request.margin(statements[0])}{head}\n{rows}"
    said = f"hold {lock} for {len(statements)} statements"
    return request.step_edits(Operation.WRAP, said, [Edit(begin, stop, new)], [f"with {lock}"])


def _refuse_twice(request: Request, holder: ast.stmt, lock: str, inner: list[ast.AST]) -> None:
    """Raise ``Abstain`` where a statement calls a method that takes the same lock itself."""
    names = {
        one.name
        for one in ast.walk(request.file.tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and holder in ast.walk(one)
    }
    for one in inner:
        if isinstance(one, ast.Call) and ast.unparse(one.func).rpartition(".")[2] in names:
            raise Abstain(
                f"{ast.unparse(one.func)}, which is called there, takes {lock} itself", final=True
            )


PYTHON_LOCKS = (under_lock,)
