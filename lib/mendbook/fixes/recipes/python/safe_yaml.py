"""Read YAML without making objects of it."""

from __future__ import annotations

import ast

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile, dotted, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_SAFE = {"yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader"}
_LOADS = {"yaml.load": "safe_load", "yaml.load_all": "safe_load_all"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no yaml.load stands in the code that the finding names"
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and qualified(file, node.func) in _LOADS
        ]
        unsafe = [node for node in calls if not _is_safe(file, node)]
        if calls and not unsafe:
            reason = "its yaml.load is given a safe loader already"
        chosen = python_meant(unsafe, file, task)
        if any(not isinstance(node.func, ast.Attribute) for node in chosen):
            return f"{file.path} imports load itself, so its import must change, too"
        if chosen:
            return _change(file, chosen)
    return reason


def _loader(node: ast.Call) -> ast.expr | None:
    named = [one.value for one in node.keywords if one.arg == "Loader"]
    given = [*named, *node.args[1:2]]
    return given[0] if given else None


def _is_safe(file: PythonFile, node: ast.Call) -> bool:
    return qualified(file, _loader(node)) in _SAFE


def _change(file: PythonFile, chosen: list[ast.Call]) -> RecipeChange:
    edits: list[Edit] = []
    adds: list[str] = []
    for node in chosen:
        owner = dotted(node.func).rpartition(".")[0]
        called = f"{owner}.{_LOADS[qualified(file, node.func)]}"
        given = node.args[0] if node.args else node.keywords[0].value
        edits.append(file.replace(node, f"{called}({file.source(given)})"))
        adds.append(f"{called}(")
    removes = [f"{dotted(node.func)}(" for node in chosen]
    return RecipeChange(
        summary="Read YAML with safe_load",
        edits={file.path: apply(file.text, edits)},
        risk="A file with Python tags (!!python/…) is now refused.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                "read YAML with safe_load, which makes plain values only",
                adds,
                removes,
            ),
        ),
    )


RECIPE = Recipe(
    name="safe-yaml",
    message="yaml.load runs what a document tells it to.",
    words=r"yaml\.(unsafe_)?load|safe_load|unsafe.{0,20}yaml|yaml.{0,30}(unsafe|deseriali)",
    remedy=r"safe",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a loader that makes objects",
            asking("yaml.load is unsafe", "Use safe_load", "app/menu.py", "read"),
            {
                "app/menu.py": "import yaml\n\n\ndef read(path):\n"
                "    return yaml.load(path.read_text(), Loader=yaml.FullLoader)\n"
            },
            {
                "app/menu.py": "import yaml\n\n\ndef read(path):\n"
                "    return yaml.safe_load(path.read_text())\n"
            },
        ),
        Example(
            "under another name, many documents",
            asking("Unsafe yaml.load_all", "Use the safe variant", "ops/fleet.py", "cars"),
            {
                "ops/fleet.py": "import yaml as y\n\n\ndef cars(f):\n"
                "    return list(y.load_all(f))\n"
            },
            {
                "ops/fleet.py": "import yaml as y\n\n\ndef cars(f):\n"
                "    return list(y.safe_load_all(f))\n"
            },
        ),
        Example(
            "a safe loader stays",
            asking("yaml.load is unsafe", "Use safe_load", "app/menu.py", "read"),
            {
                "app/menu.py": "import yaml\n\n\ndef read(text):\n"
                "    return yaml.load(text, Loader=yaml.SafeLoader)\n"
            },
            refuses="safe loader already",
        ),
        Example(
            "the load of another library stays",
            asking("yaml.load is unsafe", "Use safe_load", "app/menu.py", "read"),
            {"app/menu.py": "import json as yaml\n\n\ndef read(t):\n    return yaml.load(t)\n"},
            refuses="no yaml.load stands",
        ),
    ),
)
