"""Await a call of a coroutine function that is left alone."""

from __future__ import annotations

import ast

from mendbook.code.edits import apply, insert
from mendbook.code.python_source import (
    Function,
    PythonFile,
    declared,
    dotted,
    function_of,
    imported_as,
    load_python,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no call of a function that is known to be async is left alone in the code named"
    for file in python_targets(task):
        calls = [
            node.value
            for node in python_nodes(task, file)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            if _is_async(task, file, node.value)
        ]
        chosen = python_meant(calls, file, task)
        outside = [
            node
            for node in chosen
            if not isinstance(function_of(file.tree, node), ast.AsyncFunctionDef)
        ]
        if outside:
            reason = f"{file.source(outside[0].func)} is called where nothing can be awaited"
        elif chosen:
            return _change(file, chosen)
    return reason


def _is_async(task: Task, file: PythonFile, call: ast.Call) -> bool:
    callee = dotted(call.func)
    if callee.startswith("self."):
        functions = _methods(file, callee.removeprefix("self."), call)
    elif "." not in callee and callee:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        functions = [one for one in declared(file.tree, callee) if isinstance(one, kinds)]
        functions = functions or _imported(task, imported_as(file).get(callee, ""))
    else:
        return False
    return len(functions) == 1 and isinstance(functions[0], ast.AsyncFunctionDef)


def _methods(file: PythonFile, name: str, call: ast.Call) -> list[Function]:
    return [
        node
        for owner in ast.walk(file.tree)
        if isinstance(owner, ast.ClassDef) and any(one is call for one in ast.walk(owner))
        for node in owner.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name
    ]


def _imported(task: Task, whole: str) -> list[Function]:
    module, _, name = whole.rpartition(".")
    stem = module.strip(".").replace(".", "/")
    functions: list[Function] = []
    for root in ("", "src/", "lib/") if stem else ():
        file = load_python(task.snapshot, f"{root}{stem}.py")
        for node in file.tree.body if file is not None else ():
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
                functions += [node]
    return functions


def _change(file: PythonFile, chosen: list[ast.Call]) -> RecipeChange:
    edits = [insert(file.span(node)[0], "await ") for node in chosen]
    names = ", ".join(dict.fromkeys(file.source(node.func) for node in chosen))
    return RecipeChange(
        summary=f"Await {names}",
        edits={file.path: apply(file.text, edits)},
        risk="The call now runs, the caller waits for it and hears of its failure.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.AWAIT,
                f"await {names}",
                [f"await {file.source(node.func)}(" for node in chosen],
            ),
        ),
    )


RECIPE = Recipe(
    name="await-call",
    message="A coroutine that nobody awaits never runs.",
    words=r"\bawait|coroutine|never awaited",
    remedy=r"await",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a function of the file",
            asking("ring() is never awaited", "Await it", "bell.py", "noon"),
            {
                "bell.py": "async def ring():\n    pass\n\n\nasync def noon():\n    ring()\n"
                "    return 12\n"
            },
            {
                "bell.py": "async def ring():\n    pass\n\n\nasync def noon():\n    await ring()\n"
                "    return 12\n"
            },
        ),
        Example(
            "an imported one and a method",
            asking("Coroutines are not awaited", "Await both", "lab/run.py", "Run.stop"),
            {
                "lab/valve.py": "async def shut(): ...\n",
                "lab/run.py": "from lab.valve import shut\n\n\nclass Run:\n"
                "    async def save(self): ...\n\n    async def stop(self):\n"
                "        self.save()\n        shut()\n",
            },
            {
                "lab/run.py": "from lab.valve import shut\n\n\nclass Run:\n"
                "    async def save(self): ...\n\n    async def stop(self):\n"
                "        await self.save()\n        await shut()\n",
            },
        ),
        Example(
            "a plain function cannot await",
            asking("ring() is never awaited", "Await it", "bell.py", "noon"),
            {"bell.py": "async def ring():\n    pass\n\n\ndef noon():\n    ring()\n"},
            refuses="where nothing can be awaited",
        ),
        Example(
            "what is not async stays",
            asking("ring() is never awaited", "Await it", "bell.py", "noon"),
            {"bell.py": "def ring():\n    pass\n\n\nasync def noon():\n    ring()\n"},
            refuses="known to be async",
        ),
    ),
)
