"""Hold a lock around the statements that change what it guards."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, indent, line_end, line_start, step
from mendbook.code.python_source import (
    PythonFile,
    blocks,
    dotted,
    function_of,
    indented,
    qualified,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_scopes, python_targets, within
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import quoted
from mendbook.model import Operation

_NAMED = re.compile(r"\b(?:self\.|cls\.)?_*[A-Za-z_]*(?:lock|mutex|semaphore)\b", re.IGNORECASE)
_WORDS = {"lock", "block", "a lock", "mutex", "semaphore", "deadlock", "clock", "unlock", "locking"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "which statements the lock is to be held around is not quoted"
    for file in python_targets(task):
        ranges = quoted(file.text, task.finding)
        for scope in python_scopes(task, file):
            held = _touched(file, scope, ranges)
            if not held:
                continue
            answer = _wrap(task, file, held)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _touched(file: PythonFile, scope: ast.AST, ranges: list[tuple[int, int]]) -> list[ast.stmt]:
    """Return the statements of one block that the evidence quotes whole."""
    runs: list[list[ast.stmt]] = []
    for block in blocks(scope):
        inner = [
            one
            for one in block
            if any(
                first <= file.span(one)[0] and file.span(one)[1] <= last for first, last in ranges
            )
        ]
        together = inner and block[block.index(inner[0]) :][: len(inner)] == inner
        runs += [inner] if together else []
    outer = [
        one for one in runs
        if not any(within(one[0], part) for other in runs if other is not one for part in other)
    ]  # fmt: skip
    return outer[0] if len(outer) == 1 else []


def _wrap(task: Task, file: PythonFile, held: list[ast.stmt]) -> RecipeChange | str:
    lock, kind = _lock(task, file, held[0])
    if not lock:
        return "which lock is meant is not said"
    function = function_of(file.tree, held[0])
    around = [
        one
        for one in ast.walk(function or file.tree)
        if isinstance(one, ast.With | ast.AsyncWith) and within(held[0], one)
    ]
    if any(dotted(item.context_expr) == lock for one in around for item in one.items):
        return f"{lock} is held there already"
    by_hand = _by_hand(function or file.tree, lock)
    taken = next((run for block in blocks(file.tree) if (run := _between(block, by_hand))), [])
    if by_hand and not taken:
        return f"{lock} is acquired and released there in a way that no with statement stands for"
    if isinstance(held[-1], ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return "which statements the lock is to be held around is not quoted"
    awaits = kind.startswith("asyncio.")
    if awaits and not isinstance(function, ast.AsyncFunctionDef):
        return f"{lock} is to be awaited, and the function there is not async"
    whole, held = taken or held, taken[1:-1] or held
    text, begin = file.text, line_start(file.text, file.span(whole[0])[0])
    stop = file.span(whole[-1])[1]
    tail = text[stop : line_end(text, stop)].strip(" ;\r\n")
    if text[begin : file.span(whole[0])[0]].strip() or tail[:1] not in {"", "#"}:
        return "several statements stand on one line"
    head = f"{'async ' * awaits}with {lock}:"
    margin = indent(text, file.span(held[0])[0])
    edit = Edit(begin, stop, f"{margin}{head}\n{indented(file, held, step(text))}")
    return RecipeChange(
        summary=f"Hold {lock} there",
        edits={file.path: apply(text, [edit])},
        risk="Who holds the lock already and comes here waits for itself, unless it is reentrant.",
        contracts=(
            claim(file.path, text, [edit], Operation.WRAP, f"hold `{lock}` there", [head]),
        ),
    )  # fmt: skip


def _by_hand(scope: ast.AST, lock: str) -> list[ast.stmt]:
    """Return the statements that acquire or release ``lock`` themselves."""
    return [
        one
        for one in ast.walk(scope)
        if isinstance(one, ast.stmt)
        and not hasattr(one, "body")
        and any(
            isinstance(each, ast.Call)
            and dotted(each.func) in {f"{lock}.acquire", f"{lock}.release"}
            for each in ast.walk(one)
        )
    ]


def _between(block: list[ast.stmt], by_hand: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements from the one that acquires to the one that releases; or none.

    They are all that does so, each by itself and without arguments, and something stands between.
    """
    if len(by_hand) != 2 or not all(one in block for one in by_hand):
        return []
    first, last = by_hand
    calls = [one.value for one in by_hand if isinstance(one, ast.Expr)]
    names = [
        one.func.attr
        for one in calls
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and not one.args
    ]
    run = block[block.index(first) : block.index(last) + 1]
    return run if names == ["acquire", "release"] and len(run) > 2 else []


def _lock(task: Task, file: PythonFile, near: ast.stmt) -> tuple[str, str]:
    """Return the lock that the text names, or the only one there is, and what makes it."""
    locks = {
        name: qualified(file, one.value.func)
        for one in ast.walk(file.tree)
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call)
        for name in map(dotted, one.targets)
        if name and re.search(r"(?:Lock|Semaphore)$", dotted(one.value.func))
    }
    owner = next(
        (one for one in ast.walk(file.tree) if isinstance(one, ast.ClassDef) and within(near, one)),
        None,
    )
    own = {
        name: kind
        for name, kind in locks.items()
        if not name.startswith("self.")
        or any(dotted(one) == name for one in ast.walk(owner or ast.Module([], [])))
    }
    said = {one for one in _NAMED.findall(task.finding.fix) if one.lower() not in _WORDS}
    named = [name for name in own if name in said or name.removeprefix("self.") in said]
    if said and not named:
        return "", ""
    chosen = named or list(own)
    return (chosen[0], own[chosen[0]]) if len(chosen) == 1 else ("", "")


_JETTY = """\
import threading


class Jetty:
    def __init__(self):
        self._lock = threading.Lock()
        self.boats = 0

    def moor(self, count):
        if count < 0:
            raise ValueError(count)
        self.boats += count
        return self.boats
"""
_GATE = """\
import threading

lock = threading.Lock()
count = {}


def enter(name):
    lock.acquire()
    count[name] = count.get(name, 0) + 1
    lock.release()
    return count


def leave(name):
    lock.acquire()
    try:
        count[name] -= 1
    finally:
        lock.release()
"""
_KILN = """\
import asyncio

gate = asyncio.Lock()
stock = {}


async def fire(name, heat):
    old = stock.get(name)
    stock[name] = heat
    return old


def cool(name):
    stock[name] = 0
"""

RECIPE = Recipe(
    name="held-lock",
    message="Two that change a thing at once lose what one of them did.",
    words=r"\b(?:hold|acquire|take|wrap|guard|protect|with|under|inside|use|lock)\b[^.]{0,40}(?:\.\w*)?(?:lock|mutex)\b",
    remedy=r"lock|mutex|synchron|atomic|\bhold",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the lock that is named, around what is quoted",
            asking("Lost update", "Wrap the update in `with self._lock:`", "pier/jetty.py",
                   "Jetty.moor", "self.boats += count"),
            {"pier/jetty.py": _JETTY},
            {"pier/jetty.py": _JETTY.replace(
                "        self.boats += count\n",
                "        with self._lock:\n            self.boats += count\n")},
        ),
        Example(
            "the only one there is, which is awaited",
            asking("Lost update", "Hold the lock while reading and writing the stock", "kiln.py",
                   "fire", "old = stock.get(name)\n    stock[name] = heat"),
            {"kiln.py": _KILN},
            {"kiln.py": _KILN.replace(
                "    old = stock.get(name)\n    stock[name] = heat\n",
                "    async with gate:\n        old = stock.get(name)\n"
                "        stock[name] = heat\n")},
        ),
        Example(
            "a lock that is acquired and released by hand",
            asking("An error leaves the lock held", "Hold it by `with lock:`", "gate.py", "enter",
                   "lock.acquire()\n    count[name] = count.get(name, 0) + 1\n"
                   "    lock.release()"),
            {"gate.py": _GATE},
            {"gate.py": _GATE.replace(
                "    lock.acquire()\n    count[name] = count.get(name, 0) + 1\n"
                "    lock.release()\n",
                "    with lock:\n        count[name] = count.get(name, 0) + 1\n")},
        ),
        Example(
            "a lock that is released in a finally",
            asking("An error leaves the lock held", "Hold it by `with lock:`", "gate.py", "leave",
                   "count[name] -= 1"),
            {"gate.py": _GATE},
            refuses="no with statement stands for",
        ),
        Example(
            "a lock that cannot be awaited there",
            asking("Lost update", "Acquire the gate lock", "kiln.py", "cool", "stock[name] = 0"),
            {"kiln.py": _KILN},
            refuses="not async",
        ),
        Example(
            "a lock that is not there",
            asking("Lost update", "Hold self._boats_lock there", "pier/jetty.py", "Jetty.moor",
                   "self.boats += count"),
            {"pier/jetty.py": _JETTY},
            refuses="not said",
        ),
        Example(
            "nothing is quoted",
            asking("Lost update", "Use the lock", "pier/jetty.py", "Jetty.moor"),
            {"pier/jetty.py": _JETTY},
            refuses="not quoted",
        ),
    ),
)  # fmt: skip
