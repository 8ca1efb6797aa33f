"""Go over things with their numbers, not over numbers."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import apply
from mendbook.code.python_source import PythonFile, bound, dotted, function_of, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation
from mendbook.text.word_forms import singular


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no loop over range(len(…)) stands in the code that the finding names"
    for file in python_targets(task):
        loops = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.For) and _counted(file, node)
        ]
        chosen = python_meant(loops, file, task)
        if len(chosen) == 1:
            answer = _change(task, file, chosen[0])
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
        elif chosen:
            reason = f"{len(chosen)} loops count so there"
    return reason


def _counted(file: PythonFile, node: ast.For) -> str:
    """Return what ``for i in range(len(x))`` goes over; empty for any other loop."""
    turns = node.iter
    if not isinstance(turns, ast.Call) or qualified(file, turns.func) != "range":
        return ""
    inner = turns.args[0] if len(turns.args) == 1 and not turns.keywords else None
    if not isinstance(inner, ast.Call) or qualified(file, inner.func) != "len":
        return ""
    over = dotted(inner.args[0]) if len(inner.args) == 1 else ""
    return over if isinstance(node.target, ast.Name) else ""


def _change(task: Task, file: PythonFile, node: ast.For) -> RecipeChange | str:
    over, index = _counted(file, node), file.source(node.target)
    reads = [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Subscript)
        and dotted(one.value) == over
        and isinstance(one.slice, ast.Name)
        and one.slice.id == index
    ]
    if any(not isinstance(one.ctx, ast.Load) for one in reads) or _rebinds(node, {over, index}):
        return f"{over} or {index} is set in the loop"
    name = _name(task, over)
    taken = bound(function_of(file.tree, node) or file.tree)
    if not reads or not name or name in taken:
        return f"what each of {over} is to be called is not plain"
    edits = [
        file.replace(node.target, f"{index}, {name}"),
        file.replace(node.iter, f"enumerate({over})"),
        *(file.replace(one, name) for one in reads),
    ]
    return RecipeChange(
        summary=f"Go over {over} with enumerate",
        edits={file.path: apply(file.text, edits)},
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"go over {over} with enumerate",
                [f"enumerate({over})"],
                [f"range(len({over}))"],
            ),
        ),
    )


def _rebinds(node: ast.For, names: set[str]) -> bool:
    changed = {
        dotted(one)
        for part in node.body
        for one in ast.walk(part)
        if isinstance(one, ast.Name | ast.Attribute) and not isinstance(one.ctx, ast.Load)
    }
    called = {
        dotted(one.func.value)
        for part in node.body
        for one in ast.walk(part)
        if isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and one.func.attr in {"append", "pop", "insert", "remove", "clear", "extend", "sort"}
    }
    return bool((changed | called) & names)


def _name(task: Task, over: str) -> str:
    """Return what one of ``over`` is called: as the text says, else the singular."""
    said = re.search(r"for\s+\w+,\s*(\w+)\s+in\s+enumerate\(", task.finding.fix)
    last = over.rpartition(".")[2].lstrip("_")
    if said is not None:
        return said[1]
    return singular(last)


RECIPE = Recipe(
    name="counted-loop",
    message="enumerate gives each thing with its number.",
    words=r"\benumerate\b",
    remedy=r"enumerate",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the singular of what it goes over",
            asking("range(len)", "Use enumerate", "mine/map.py", "number"),
            {"mine/map.py": "def number(shafts):\n    for i in range(len(shafts)):\n"
             "        show(i, shafts[i].name)\n"},
            {"mine/map.py": "def number(shafts):\n    for i, shaft in enumerate(shafts):\n"
             "        show(i, shaft.name)\n"},
        ),
        Example(
            "the name that the text gives",
            asking("range(len)", "Iterate with `for n, page in enumerate(self.book):`",
                   "inn/book.py", "Book.show"),
            {"inn/book.py": "class Book:\n    def show(self):\n"
             "        for n in range(len(self.book)):\n"
             "            print(n, self.book[n])\n"},
            {"inn/book.py": "class Book:\n    def show(self):\n"
             "        for n, page in enumerate(self.book):\n            print(n, page)\n"},
        ),
        Example(
            "what is set by its number",
            asking("range(len)", "Use enumerate", "mine/map.py", "clear"),
            {"mine/map.py": "def clear(shafts):\n    for i in range(len(shafts)):\n"
             "        shafts[i] = None\n"},
            refuses="is set in the loop",
        ),
        Example(
            "a name that is taken",
            asking("range(len)", "Use enumerate", "mine/map.py", "find"),
            {"mine/map.py": "def find(shafts, shaft):\n    for i in range(len(shafts)):\n"
             "        if shafts[i] is shaft:\n            return i\n"},
            refuses="is not plain",
        ),
    ),
)  # fmt: skip
