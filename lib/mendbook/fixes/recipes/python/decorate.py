"""Put the decorator that a fix names on the function that the finding is about."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, indent, insert, line_start
from mendbook.code.python_source import (
    Function,
    PythonFile,
    bound,
    declared,
    dotted,
    import_name,
    imported_as,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("decorate", "no function is meant there that lacks the decorator",
                Cause.NOTHING_THERE)  # fmt: skip
_MARK = r"(?:functools\.)?(?:lru_cache|cached_property|cache|wraps)"
_TOLD = re.compile(rf"(?<![\w.])@?(?P<mark>{_MARK}(?:\([^()]*\))?)(?![\w(])|@(?P<own>{_MARK})")
_OTHER = re.compile(
    r"\b(?:remove|delete|drop|without|no\s+longer|raise|lower|reduce|shrink|unbounded|clear|replace"
    r"|above|below|under|not|never)\b",
    re.IGNORECASE,
)
"""Another change of a decorator, or a place among several."""


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    fix = task.finding.fix
    marks = {one["mark"] or one["own"] for one in _TOLD.finditer(fix)}
    marks = {one for one in marks if "cache" in one and (one != "cache" or "@cache" in fix)}
    if len(marks) != 1:
        return _NONE
    mark = marks.pop()
    for file in python_targets(task):
        functions = [one for one in ast.walk(file.tree) if isinstance(one, Function)]
        named = [
            one
            for symbol in task.finding.symbols
            for one in declared(file.tree, symbol)
            if isinstance(one, Function)
        ]
        meant = named or python_meant(functions, file, task)
        if len(meant) == 1:
            return _change(file, meant[0], mark, fix)
    return _NONE


def _change(file: PythonFile, function: Function, mark: str, fix: str) -> RecipeChange | str:
    name = mark.partition("(")[0].rpartition(".")[2]
    held = [
        dotted(one.func if isinstance(one, ast.Call) else one) for one in function.decorator_list
    ]
    if _OTHER.search(fix):
        return "the fix asks for more than to put the decorator there"
    if held:
        return f"{function.name} has a decorator, and which comes first is not said"
    if isinstance(function, ast.AsyncFunctionDef):
        return f"{function.name} is async: what it caches could be awaited only once"
    if any(isinstance(one, ast.Yield | ast.YieldFrom) for one in ast.walk(function)):
        return f"{function.name} is a generator: what it caches could be read only once"
    methods = [
        one for each in ast.walk(file.tree) if isinstance(each, ast.ClassDef) for one in each.body
    ]
    if (name == "cached_property") is not (function in methods):
        return f"{name} is not for {function.name}"
    loaded = imported_as(file)
    known = name in bound(file.tree) and loaded.get(name) == f"functools.{name}"
    whole = loaded.get("functools") == "functools" and not known
    if name in bound(file.tree) and not known:
        return f"the name {name} is taken"
    bare = mark.removeprefix("functools.")
    spelled = f"functools.{bare}" if whole else bare
    begin = line_start(file.text, file.span(function)[0])
    margin = indent(file.text, file.span(function)[0])
    edits: list[Edit] = [insert(begin, f"{margin}@{spelled}\n")]
    beside = [] if whole else import_name(file, "functools", name)
    return RecipeChange(
        summary=f"Put @{spelled} on {function.name}",
        edits={file.path: apply(file.text, [*edits, *beside])},
        risk=f"{function.name} answers with what it found first; its arguments must be hashable.",
        contracts=(
            claim(file.path, file.text, edits, Operation.ADD,
                  f"put `@{spelled}` on `{function.name}`", [f"@{spelled}"]),
        ),
    )  # fmt: skip


_ATLAS = '''\
"""Maps."""

import json


def load(sheet):
    return tuple(json.loads(sheet.read_text()))
'''
_STAR = """\
import functools


class Star:
    def name(self):
        return catalogue(self.number)
"""

RECIPE = Recipe(
    name="decorate",
    message="A decorator does in one line what each caller would have to.",
    words=r"\blru_cache\b|\bcached_property\b|@(?:functools\.)?cache\b",
    remedy=r"\blru_cache\b|\bcached_property\b|@(?:functools\.)?cache\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "imported for it",
            asking("Read each time", "load needs @lru_cache(maxsize=8)", "map/atlas.py", "load"),
            {"map/atlas.py": _ATLAS},
            {"map/atlas.py": _ATLAS.replace("import json\n", "import json\nfrom functools import "
             "lru_cache\n").replace("def load", "@lru_cache(maxsize=8)\ndef load")},
        ),
        Example(
            "a method, by the module that is imported",
            asking("Asked each time", "Could be a cached_property", "sky/star.py", "Star.name"),
            {"sky/star.py": _STAR},
            {"sky/star.py": _STAR.replace("    def name", "    @functools.cached_property\n"
             "    def name")},
        ),
        Example(
            "a coroutine",
            asking("Read each time", "Use lru_cache", "map/atlas.py", "load"),
            {"map/atlas.py": _ATLAS.replace("def load", "async def load")},
            refuses="awaited only once",
        ),
        Example(
            "a function that has one already",
            asking("Read each time", "Use lru_cache", "map/atlas.py", "load"),
            {"map/atlas.py": _ATLAS.replace("def load", "@traced\ndef load")},
            refuses="which comes first",
        ),
    ),
)  # fmt: skip
