"""Let nothing change the fields of a dataclass that nothing changes today."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import apply, insert
from mendbook.code.python_source import PythonFile, declared, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("freeze-dataclass", "no dataclass that may change stands there",
                Cause.NOTHING_THERE)  # fmt: skip


def _rewrite(task: Task) -> RecipeChange | Kept | Skipped | str:
    for file in python_targets(task):
        marked = [
            (one, mark)
            for one in ast.walk(file.tree)
            if isinstance(one, ast.ClassDef)
            for mark in one.decorator_list
            if _is_dataclass(file, mark)
        ]
        named = [symbol for symbol in task.finding.symbols if declared(file.tree, symbol)]
        meant = python_meant([mark for _, mark in marked], file, task)
        classes = [one for one, mark in marked if mark in meant and len(meant) == 1]
        if named:
            classes = [one for one, _ in marked if one.name in named]
        if len(classes) == 1:
            mark = next(each for one, each in marked if one is classes[0])
            return _change(task, file, classes[0], mark)
    return _NONE


def _is_dataclass(file: PythonFile, mark: ast.expr) -> bool:
    called = mark.func if isinstance(mark, ast.Call) else mark
    frozen = isinstance(mark, ast.Call) and any(one.arg == "frozen" for one in mark.keywords)
    return qualified(file, called) == "dataclasses.dataclass" and not frozen


def _change(task: Task, file: PythonFile, one: ast.ClassDef, mark: ast.expr) -> RecipeChange | Kept:
    fields = [each.target.id for each in one.body if isinstance(each, ast.AnnAssign)
              and isinstance(each.target, ast.Name)]  # fmt: skip
    for path in task.snapshot.files:
        text = task.snapshot.text(path) if path.endswith(".py") else ""
        for name in fields if one.name in text else ():
            if re.search(rf"\.{re.escape(name)}\s*(?:[-+*/|&]|//|\*\*)?=(?!=)", text):
                return Kept(f"{path} sets the field {name}")
    if one.bases:
        return Kept(f"{one.name} inherits from a class that may not be frozen")
    asked = "slots=True" if re.search(r"\bslots\b", task.finding.fix) else ""
    given = ", ".join(filter(None, ["frozen=True", asked]))
    if isinstance(mark, ast.Call):
        held = file.source(mark).rstrip()
        edit = insert(file.span(mark)[1] - 1, f", {given}" if mark.keywords else given)
        if held.endswith(",)"):
            edit = insert(file.span(mark)[1] - 1, f" {given}")
    else:
        edit = insert(file.span(mark)[1], f"({given})")
    return RecipeChange(
        summary=f"Freeze {one.name}",
        edits={file.path: apply(file.text, [edit])},
        risk=f"Setting a field of {one.name} now raises FrozenInstanceError.",
        contracts=(
            claim(file.path, file.text, [edit], Operation.ADD, f"freeze `{one.name}`", [given]),
        ),
    )


_POINT = """\
from dataclasses import dataclass


@dataclass
class Point:
    x: float
    y: float


@dataclass(slots=True)
class Path:
    points: list[Point]
"""

RECIPE = Recipe(
    name="freeze-dataclass",
    message="A value that nothing changes says so.",
    words=r"\bfrozen\b|\bfreez\w+|\bimmutable\b",
    remedy=r"\bfrozen\b|\bfreez\w+|\bimmutable\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a plain mark",
            asking("Changes", "Point should be frozen", "map/point.py", "Point"),
            {"map/point.py": _POINT},
            {"map/point.py": _POINT.replace("@dataclass\n", "@dataclass(frozen=True)\n")},
        ),
        Example(
            "beside what is given already",
            asking("Changes", "Make Path immutable", "map/point.py", "Path"),
            {"map/point.py": _POINT},
            {"map/point.py": _POINT.replace("slots=True", "slots=True, frozen=True")},
        ),
        Example(
            "a field that is set",
            asking("Changes", "Point should be frozen", "map/point.py", "Point"),
            {"map/point.py": _POINT, "map/move.py": "from map.point import Point\n\n\n"
             "def left(point: Point) -> None:\n    point.x -= 1\n"},
            refuses="sets the field x",
        ),
    ),
)  # fmt: skip
