"""Compile a regular expression once, at module level."""

from __future__ import annotations

import ast
import re
from functools import partial

from mendbook.code.edits import Edit, apply
from mendbook.code.names_in_scope import constant_name
from mendbook.code.python_source import PythonFile, bound, declare, function_of, qualified
from mendbook.fixes.claim import claim
from mendbook.fixes.hoisted_local import hoisted_local, hoisted_one
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import HOISTED
from mendbook.fixes.task import Task
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    return hoisted_one(
        task,
        ast.Call,
        _is_constant_compile,
        partial(_hoist, task),
        none="no re.compile of a constant stands in a function that the finding names",
        several="several patterns are compiled there, and the finding does not say which",
    )


def _is_constant_compile(file: PythonFile, call: ast.Call) -> bool:
    if qualified(file, call.func) != "re.compile":
        return False
    given = [*call.args, *(one.value for one in call.keywords)]
    flags = r"re\.\w+(\s*\|\s*re\.\w+)*"
    return all(
        isinstance(one, ast.Constant) or re.fullmatch(flags, file.source(one)) for one in given
    )


def _hoist(task: Task, file: PythonFile, call: ast.Call) -> RecipeChange | str:
    function = function_of(file.tree, call)
    holder = next(
        (
            node
            for node in ast.walk(file.tree)
            if isinstance(node, ast.Assign) and node.value is call
        ),
        None,
    )
    target = holder.targets[0] if holder is not None and len(holder.targets) == 1 else None
    local = target.id if isinstance(target, ast.Name) else ""
    name = _name(task, file, local, function.name if function is not None else "")
    if not name or function is None:
        return "the constant would need a name that is taken"
    if not local or holder is None:
        return _change(file, call, name, [file.replace(call, name)])
    hoisted = hoisted_local(file, function, holder, name)
    if isinstance(hoisted, str):
        return hoisted
    return _change(file, call, name, [*hoisted.edits], hoisted.above)


def _name(task: Task, file: PythonFile, local: str, function: str) -> str:
    asked = re.findall(r"\b_?[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*\b", task.finding.fix)
    derived = constant_name(local or f"{function}_PATTERN")
    taken = bound(file.tree)
    return next((name for name in [*asked, f"_{derived.lstrip('_')}"] if name not in taken), "")


def _change(
    file: PythonFile, call: ast.Call, name: str, edits: list[Edit], above: str = ""
) -> RecipeChange:
    value = file.source(call)
    declared = declare(file, above + f"{name} = {value}".replace("\r\n", "\n"))
    return RecipeChange(
        summary=f"Compile {name} once, at module level",
        edits={file.path: apply(file.text, [declared, *edits])},
        risk="None expected: the pattern is the same, and compiled patterns are not changed.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.EXTRACT,
                f"compile the pattern once, as the module's {name}",
                [name],
                [value],
                {name: value},
            ),
        ),
    )


_PLATES = '''\
"""Number plates."""
import re

LENGTH = 7


def is_plate(text: str) -> bool:
    shape = re.compile(r"[A-Z]{2}\\d+", re.ASCII)
    return len(text) <= LENGTH and shape.fullmatch(text) is not None
'''
_PARSER = """\
import re


class Recipe:
    # Minutes
    def minutes(self, text):
        return [int(one) for one in re.compile("[0-9]+").findall(text)]
"""

RECIPE = Recipe(
    name="hoist-pattern",
    message="A pattern is compiled once, not on each call.",
    words=r"(reg(ular )?ex|pattern|compile).{0,80}(hoist|module|each|every|per call|constant)"
    r"|(hoist|move|module|each|every).{0,60}(reg(ular )?ex|pattern|re\.compile)",
    remedy=rf"compil|{HOISTED}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the local name becomes the constant that is asked for",
            asking("Pattern compiled on every call", "Hoist to PLATE", "app/plates.py", "is_plate"),
            {"app/plates.py": _PLATES},
            {
                "app/plates.py": _PLATES.replace(
                    '    shape = re.compile(r"[A-Z]{2}\\d+", re.ASCII)\n', ""
                )
                .replace("shape.", "PLATE.")
                .replace(
                    "LENGTH = 7\n",
                    'LENGTH = 7\nPLATE = re.compile(r"[A-Z]{2}\\d+", re.ASCII)\n',
                )
            },
        ),
        Example(
            "a pattern in place gets the function's name",
            asking("The regex is compiled each time", "Hoist it", "food.py", "Recipe.minutes"),
            {"food.py": _PARSER},
            {
                "food.py": _PARSER.replace('re.compile("[0-9]+")', "_MINUTES_PATTERN").replace(
                    "import re\n", 'import re\n\n_MINUTES_PATTERN = re.compile("[0-9]+")\n'
                )
            },
        ),
        Example(
            "the comment on it goes along",
            asking("Pattern compiled on each call", "Hoist it", "road.py", "lanes"),
            {
                "road.py": "import re\n\n\ndef lanes(text):\n    # Two and more\n"
                '    many = re.compile("x{2,}")\n    return many.findall(text)\n'
            },
            {
                "road.py": 'import re\n\n# Two and more\n_MANY = re.compile("x{2,}")\n\n\n'
                "def lanes(text):\n    return _MANY.findall(text)\n"
            },
        ),
        Example(
            "a pattern that is put together stays",
            asking("The regex is compiled each time", "Hoist it", "food.py", "Recipe.minutes"),
            {"food.py": _PARSER.replace('"[0-9]+"', "self.digits")},
            refuses="no re.compile of a constant",
        ),
        Example(
            "a name that is given two patterns stays",
            asking("Pattern compiled on every call", "Hoist to PLATE", "app/plates.py", "is_plate"),
            {
                "app/plates.py": _PLATES.replace(
                    "    return", "    if not text:\n        shape = None\n    return"
                )
            },
            refuses="shape is given other values",
        ),
    ),
)
