"""Make a list by a comprehension where a loop fills it."""

from __future__ import annotations

import ast

from mendbook.code.python_source import PythonFile, names
from mendbook.fixes.loop_change import change_of_loop, said_at_once
from mendbook.fixes.python_loops import (
    Loop,
    appended,
    head,
    is_empty_list,
)
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> RecipeChange | str:
    return change_of_loop(task, _change, "no loop that fills a list stands in the code named")


def _change(file: PythonFile, loop: Loop) -> RecipeChange | str:
    name, value = loop.begun()
    if not name or not is_empty_list(value) or loop.before is None:
        return "no list is begun right before the loop"
    body, test = loop.node.body, ""
    branch = body[0] if len(body) == 1 else None
    if isinstance(branch, ast.If) and not branch.orelse:
        if name in names(branch.test):
            return "the test reads the list that is filled"
        body, test = branch.body, f" if {file.source(branch.test)}"
    item = appended(loop, body, name)
    if item is None or len(body) != 1:
        return "a turn of the loop does more than to append one thing"
    if any(isinstance(one, ast.Await | ast.Yield | ast.NamedExpr) for one in ast.walk(loop.node)):
        return "the loop awaits, yields or sets something"
    made = f"[{file.source(item)} {head(file, loop)}{test}]"
    return said_at_once(file, loop, name, made, "Make the list by a comprehension")


_RIPE = """\
def ripe(trees):
    names = []
    for tree in trees:
        if tree.is_ripe:
            names.append(tree.name)
    return names
"""

RECIPE = Recipe(
    name="loop-to-comprehension",
    message="A comprehension says at once what the list holds.",
    words=r"\bcomprehension\b",
    remedy=r"comprehension",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "with a test",
            asking("A loop", "Use a list comprehension", "orchard/ripe.py", "ripe"),
            {"orchard/ripe.py": _RIPE},
            {"orchard/ripe.py": "def ripe(trees):\n"
             "    return [tree.name for tree in trees if tree.is_ripe]\n"},
        ),
        Example(
            "a list that is used further",
            asking("A loop", "A comprehension can build the list", "till/sum.py", "total"),
            {"till/sum.py": "def total(lines):\n    prices: list[int] = []\n"
             "    for line in lines:\n"
             "        prices.append(line.price)\n    return sum(prices)\n"},
            {"till/sum.py": "def total(lines):\n"
             "    prices: list[int] = [line.price for line in lines]\n    return sum(prices)\n"},
        ),
        Example(
            "a loop that does more",
            asking("A loop", "Use a list comprehension", "orchard/ripe.py", "ripe"),
            {"orchard/ripe.py": _RIPE.replace("            names.append(tree.name)\n",
                "            names.append(tree.name)\n            tree.seen = True\n")},
            refuses="does more than to append",
        ),
        Example(
            "a list that has items before",
            asking("A loop", "Use a list comprehension", "orchard/ripe.py", "ripe"),
            {"orchard/ripe.py": _RIPE.replace("names = []", 'names = ["first"]')},
            refuses="no list is begun",
        ),
    ),
)  # fmt: skip
