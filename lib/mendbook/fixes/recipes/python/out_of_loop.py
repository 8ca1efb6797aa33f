"""Make once, in front of a loop, what each turn of it makes anew and alike."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, line_end, line_start
from mendbook.code.python_source import PythonFile, names, with_comments
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("out-of-loop", "nothing there is set anew in each turn", Cause.NOTHING_THERE)
_CHANGING = re.compile(
    r"(?:^|[._])(?:next|pop|popleft|popitem|read|readline|recv|get_nowait|fetchone|time|now|today"
    r"|monotonic|perf_counter|random|randint|choice|shuffle|uuid\d?|token\w*|sleep|send|write|append"
    r"|input|accept|poll|tick|step)$"
)
"""Calls that answer otherwise each time, or that do something."""
Loop = ast.For | ast.AsyncFor | ast.While


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    for file in python_targets(task):
        pairs = [
            (loop, one)
            for loop in python_nodes(task, file)
            if isinstance(loop, Loop)
            for one in loop.body
            if isinstance(one, ast.Assign) and len(one.targets) == 1
        ]
        chosen = python_meant([one for _, one in pairs], file, task)
        named = [one for one in chosen if _is_named(one, task.finding.fix)]
        chosen = named if len(chosen) > 1 or not task.finding.evidence else chosen
        if len(chosen) != 1:
            continue
        loop = next(each for each, one in pairs if one is chosen[0])
        return _change(file, loop, chosen[0])
    return _NONE


def _is_named(one: ast.Assign, said: str) -> bool:
    """Tell whether a text names what is set, or the call that gives it."""
    made = [ast.unparse(one.targets[0])]
    if isinstance(one.value, ast.Call):
        made.append(ast.unparse(one.value.func))
    return any(re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", said) for name in made)


def _change(file: PythonFile, loop: Loop, one: ast.Assign) -> RecipeChange | str:
    target = one.targets[0]
    if not isinstance(target, ast.Name):
        return "what is set there is no plain name"
    others = [each for each in ast.walk(loop) if each is not target]
    written = {each.id for each in others if isinstance(each, ast.Name)
               and not isinstance(each.ctx, ast.Load)}  # fmt: skip
    needed = names(one.value)
    if target.id in written:
        return f"{target.id} is given another value in the loop"
    if changing := sorted(needed & written):
        return f"{changing[0]} is another one in each turn"
    for call in [each for each in ast.walk(one.value) if isinstance(each, ast.Call)]:
        if _CHANGING.search(ast.unparse(call.func)):
            return f"{ast.unparse(call.func)} may answer otherwise each time"
    if touched := _touched(loop, one, needed):
        return f"{touched} is changed in the loop"
    if _uses(loop, target.id):
        return f"{target.id} is read before it is set"
    lead = file.text[line_start(file.text, file.span(loop)[0]) : file.span(loop)[0]]
    if lead.strip():
        return "the loop stands behind other code on its line"
    begin = line_start(file.text, file.span(one)[0])
    stop = line_end(file.text, file.span(one)[1])
    if len(loop.body) == 1 or file.text[begin : file.span(one)[0]].strip():
        return "nothing else stands in the loop"
    begin = with_comments(file.text, begin)
    depth = file.text[line_start(file.text, file.span(one)[0]) : file.span(one)[0]]
    rows = [
        lead + row.removeprefix(depth) if row.strip() else row
        for row in file.text[begin:stop].splitlines(keepends=True)
    ]
    above = line_start(file.text, file.span(loop)[0])
    edits = [Edit(above, above, "".join(rows)), Edit(begin, stop, "")]
    return RecipeChange(
        summary=f"Make {target.id} once, before the loop",
        edits={file.path: apply(file.text, edits)},
        risk="Where the loop makes no turn, it is made all the same.",
        contracts=(
            claim(file.path, file.text, edits, Operation.MOVE,
                  f"make `{target.id}` once, before the loop", []),
        ),
    )  # fmt: skip


def _touched(loop: Loop, one: ast.Assign, needed: set[str]) -> str:
    """Return a name that ``one`` needs and that the loop changes inside; empty without one."""
    for node in ast.walk(loop):
        if any(node is each for each in ast.walk(one)):
            continue
        target: ast.AST | None = None
        match node:
            case (
                ast.Attribute(value=held, ctx=ast.Store())
                | ast.Subscript(value=held, ctx=ast.Store())
            ):
                target = held
            case ast.Call(func=ast.Attribute(value=held, attr=attr)) if _CHANGES.match(attr):
                target = held
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name) and target.id in needed:
            return target.id
    return ""


_CHANGES = re.compile(
    r"(?:append|add|update|clear|remove|pop|insert|extend|discard|sort|write|set|reset|seek|close"
    r"|setdefault|advance|put|push|delete)"
)


def _uses(loop: Loop, name: str) -> bool:
    """Tell whether ``name`` is read in the head of the loop, or before it is set there."""
    head = loop.test if isinstance(loop, ast.While) else loop.iter
    if name in names(head):
        return True
    for one in loop.body:
        match one:
            case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                return False
        if name in names(one):
            return True
    return False


_BILLS = """\
def bills(orders, shelf):
    done = []
    for order in orders:
        # The same for all
        rates = load_rates(shelf)
        done.append(rates.bill(order))
    return done
"""
_RADIO = """\
async def listen(radio, plan):
    while radio.on:
        table = await plan.table(radio.name)
        frame = await radio.frame()
        print(table.get(frame))
"""

RECIPE = Recipe(
    name="out-of-loop",
    message="What is the same in each turn of a loop is made once, before it.",
    words=r"\bloop|\bfor\b|\bonce\b|\bhoist|\binvariant|\bwhile\b",
    remedy=r"\bonce\b|\bout\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:loop|for|while)\b|\bhoist|\binvariant"
    r"|\b(?:before|above|ahead\s+of|in\s+front\s+of|outside(?:\s+of)?)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:loop|for|while)\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "with the comment on it",
            asking("Loaded for each order", "Load the rates once, before the loop",
                   "shop/bills.py", "bills", "rates = load_rates(shelf)"),
            {"shop/bills.py": _BILLS},
            {"shop/bills.py": "def bills(orders, shelf):\n    done = []\n    # The same for all\n"
             "    rates = load_rates(shelf)\n    for order in orders:\n"
             "        done.append(rates.bill(order))\n    return done\n"},
        ),
        Example(
            "the one of two that is named, and awaited",
            asking("Asked for each frame", "Hoist table out of the loop", "air/radio.py", "listen"),
            {"air/radio.py": _RADIO},
            {"air/radio.py": "async def listen(radio, plan):\n"
             "    table = await plan.table(radio.name)\n    while radio.on:\n"
             "        frame = await radio.frame()\n        print(table.get(frame))\n"},
        ),
        Example(
            "what depends on the turn",
            asking("Loaded for each order", "Load the rates once", "shop/bills.py", "bills",
                   "rates = load_rates(order)"),
            {"shop/bills.py": _BILLS.replace("load_rates(shelf)", "load_rates(order)")},
            refuses="another one in each turn",
        ),
        Example(
            "what is changed in the loop",
            asking("Loaded for each order", "Load the rates once", "shop/bills.py", "bills",
                   "rates = load_rates(shelf)"),
            {"shop/bills.py": _BILLS.replace("    return", "        shelf.append(1)\n    return")},
            refuses="is changed in the loop",
        ),
        Example(
            "what answers otherwise each time",
            asking("Read for each order", "Read the line once", "shop/bills.py", "bills",
                   "rates = shelf.readline()"),
            {"shop/bills.py": _BILLS.replace("load_rates(shelf)", "shelf.readline()")},
            refuses="otherwise each time",
        ),
    ),
)  # fmt: skip
