"""Remove a local variable that nothing reads."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, line_end, line_start
from mendbook.code.python_source import (
    Function,
    PythonFile,
    assigned_name,
    blocks,
    function_of,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("drop-unread", "no variable that is set there is meant", Cause.NOTHING_THERE)
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.BinOp,
          ast.UnaryOp, ast.Subscript, ast.operator, ast.unaryop, ast.expr_context)  # fmt: skip
_OTHER = re.compile(r"\b(?:use\s+it|return\s+it|pass\s+it|log\s+it|keep|should\s+be\s+(?:used|read)"
                    r"|rename|underscore|instead)\b", re.I)  # fmt: skip


def _rewrite(task: Task) -> RecipeChange | Kept | Skipped | str:
    if _OTHER.search(task.finding.fix):
        return _NONE
    for file in python_targets(task):
        told = [
            one
            for one in python_nodes(task, file)
            if isinstance(one, ast.Assign | ast.AnnAssign) and assigned_name(one)
            and function_of(file.tree, one) is not None
        ]  # fmt: skip
        chosen = python_meant(told, file, task)
        said = f"{task.finding.fix}\n{task.finding.problem}"
        named = [one for one in chosen if re.search(rf"(?<![\w.]){assigned_name(one)}(?!\w)", said)]
        if len(named) == 1:
            home = function_of(file.tree, named[0])
            return _change(file, home, named[0]) if home is not None else _NONE
    return _NONE


def _change(
    file: PythonFile, home: Function, one: ast.Assign | ast.AnnAssign
) -> RecipeChange | Kept | str:
    name = assigned_name(one)
    if one.value is None or not all(isinstance(each, _PLAIN) for each in ast.walk(one.value)):
        return f"what {name} is set to may do something"
    for each in ast.walk(home):
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load):
            return Kept(f"line {each.lineno} reads {name}")
        if isinstance(each, ast.Global | ast.Nonlocal) and name in each.names:
            return Kept(f"{name} is a name of the module")
        if isinstance(each, ast.Call) and ast.unparse(each.func) in {
            "locals",
            "vars",
            "eval",
            "exec",
        }:
            return Kept(f"line {each.lineno} may read every local")
    if any(len(block) == 1 and block[0] is one for block in blocks(home)):
        return f"nothing else stands where {name} is set"
    begin, stop = line_start(file.text, file.span(one)[0]), line_end(file.text, file.span(one)[1])
    if ";" in file.text[file.span(one)[1] : stop]:
        return "another statement stands on its line"
    edit = Edit(begin, stop, "")
    return RecipeChange(
        summary=f"Remove {name}, which nothing reads",
        edits={file.path: apply(file.text, [edit])},
        contracts=(
            claim(file.path, file.text, [edit], Operation.REMOVE,
                  f"remove `{name}`, which nothing reads", [], [file.source(one)]),
        ),
    )  # fmt: skip


_TAX = """\
def tax(sum_due, rate):
    floor = 12.5
    share = sum_due * rate
    return round(share, 2)
"""

RECIPE = Recipe(
    name="drop-unread",
    message="A variable that nothing reads is left over from something.",
    words=r"\bunused\b|\bnot\s+used\b|\bnever\s+(?:used|read)\b|\bdead\b|\bnothing\s+reads\b|\bnobody\s+"
    r"(?:reads|uses)\b|\bno\s+use\b|\bsuperfluous\b|\bunread\b|\b(?:remove|delete|drop)\b|\(delete\)",
    remedy=r"\bunused\b|\bnot\s+used\b|\bnever\s+(?:used|read)\b|\bdead\b|\bnothing\s+reads\b|\bnobody\s+"
    r"(?:reads|uses)\b|\bno\s+use\b|\bsuperfluous\b|\bunread\b|\b(?:remove|delete|drop)\b",
    does=r"(?:if\s+not\s+used,?\s+)?\b(?:remove|delete|drop)\b\s+(?:it|the\s+(?:assignment|variable|line"
    r"|local))|\baway\s+with\s+it\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "that it is not used is enough",
            asking("Left over", "floor is unused", "city/tax.py", "tax", "floor = 12.5"),
            {"city/tax.py": _TAX},
            {"city/tax.py": _TAX.replace("    floor = 12.5\n", "")},
        ),
        Example(
            "a variable that is read",
            asking("Left over", "share is unused", "city/tax.py", "tax", "share = sum_due * rate"),
            {"city/tax.py": _TAX},
            refuses="reads share",
        ),
        Example(
            "a value that may do something",
            asking("Left over", "floor is unused", "city/tax.py", "tax", "floor = load_floor()"),
            {"city/tax.py": _TAX.replace("12.5", "load_floor()")},
            refuses="may do something",
        ),
    ),
)  # fmt: skip
