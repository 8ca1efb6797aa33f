"""Ask whether a value is of a type, its subtypes included."""

from __future__ import annotations

import ast

from mendbook.code.python_source import PythonFile, qualified
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.written_over import written_over


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no comparison of type(…) stands in the code that the finding names"
    for file in python_targets(task):
        comparisons = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Compare) and _written(file, node)
        ]
        if chosen := python_meant(comparisons, file, task):
            return _change(file, chosen)
    return reason


def _change(file: PythonFile, chosen: list[ast.Compare]) -> RecipeChange:
    texts = [_written(file, node) for node in chosen]
    return written_over(
        file,
        chosen,
        texts,
        summary="Ask isinstance",
        read_as="ask isinstance instead of comparing types",
        adds=[text.removeprefix("not ") for text in texts],
        risk="A value of a subtype counts from now on: True is an int.",
    )


def _written(file: PythonFile, node: ast.Compare) -> str:
    """Return the call of isinstance; empty where the comparison is of something else."""
    call, mark = node.left, node.ops[0]
    if len(node.ops) != 1 or not isinstance(call, ast.Call) or len(call.args) != 1:
        return ""
    if qualified(file, call.func) != "type" or call.keywords:
        return ""
    told = node.comparators[0]
    several = isinstance(mark, ast.In | ast.NotIn) and isinstance(told, ast.Tuple)
    one = isinstance(told, ast.Name | ast.Attribute)
    if isinstance(mark, ast.Eq | ast.Is | ast.NotEq | ast.IsNot) and not one:
        return ""
    if isinstance(mark, ast.In | ast.NotIn) and not several:
        return ""
    if not isinstance(mark, ast.Eq | ast.Is | ast.NotEq | ast.IsNot | ast.In | ast.NotIn):
        return ""
    asked = f"isinstance({file.source(call.args[0])}, {file.source(told)})"
    return f"not {asked}" if isinstance(mark, ast.NotEq | ast.IsNot | ast.NotIn) else asked


RECIPE = Recipe(
    name="checked-type",
    message="isinstance knows subtypes, which a comparison of types turns away.",
    words=r"\bisinstance\b",
    remedy=r"isinstance",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "one type",
            asking("Compares types", "Use isinstance", "mine/shaft.py", "kind"),
            {"mine/shaft.py": "def kind(shaft):\n    if type(shaft) == str:\n        return 1\n"},
            {"mine/shaft.py": "def kind(shaft):\n    if isinstance(shaft, str):\n"
             "        return 1\n"},
        ),
        Example(
            "several, and none of them",
            asking("Compares types", "Replace type() with isinstance()", "inn/bill.py", "total"),
            {"inn/bill.py": "def total(bill):\n    return type(bill) not in (list, tuple)\n"},
            {"inn/bill.py": "def total(bill):\n    return not isinstance(bill, (list, tuple))\n"},
        ),
        Example(
            "two values of which neither is a type",
            asking("Compares types", "Use isinstance", "inn/bill.py", "same"),
            {"inn/bill.py": "def same(a, b):\n    return type(a) == type(b)\n"},
            refuses="no comparison of type",
        ),
    ),
)  # fmt: skip
