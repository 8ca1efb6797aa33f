"""Say by ``any`` what a loop finds out with a flag, or with returns."""

from __future__ import annotations

import ast

from mendbook.code.python_source import PythonFile, names
from mendbook.fixes.loop_change import change_of_loop, in_place_of, said_at_once
from mendbook.fixes.python_loops import Loop, head
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> RecipeChange | str:
    return change_of_loop(task, _change, "no loop that sets a flag stands in the code named")


def _change(file: PythonFile, loop: Loop) -> RecipeChange | str:
    body = loop.node.body
    branch = body[0] if len(body) == 1 else None
    if not isinstance(branch, ast.If) or branch.orelse:
        return "a turn of the loop does more than to test something"
    if any(isinstance(one, ast.Await | ast.NamedExpr | ast.Yield) for one in ast.walk(branch.test)):
        return "the test awaits or sets something"
    said = f"any({file.source(branch.test)} {head(file, loop)})"
    inner = branch.body
    returned = inner[0].value if isinstance(inner[0], ast.Return) else None
    behind = loop.behind.value if isinstance(loop.behind, ast.Return) else None
    if _is(returned, True) and _is(behind, False) and loop.behind is not None:
        nodes: list[ast.stmt] = [loop.node, loop.behind]
        return in_place_of(file, nodes, f"return {said}", summary="Say it by any()", adds=said)
    name, value = loop.begun()
    set_to = inner[0].value if isinstance(inner[0], ast.Assign) else None
    target = inner[0].targets[0] if isinstance(inner[0], ast.Assign) else None
    is_flag = isinstance(target, ast.Name) and target.id == name and _is(set_to, True)
    if loop.before is None or not is_flag or not _is(value, False) or name in names(branch.test):
        return "the loop sets no flag that is False before it"
    if len(inner) > 1 and not (len(inner) == 2 and isinstance(inner[1], ast.Break)):
        return "the loop does more than to set a flag"
    if len(inner) == 1 and any(isinstance(one, ast.Call) for one in ast.walk(branch.test)):
        return "the test is made for every row, and a call in it may do something"
    return said_at_once(file, loop, name, said, "Say it by any()")


def _is(value: ast.expr | None, wanted: object) -> bool:
    return isinstance(value, ast.Constant) and value.value is wanted


_WET = """\
def wet(fields, limit):
    found = False
    for field in fields:
        if field.moisture > limit:
            found = True
            break
    return found
"""

RECIPE = Recipe(
    name="flag-to-any",
    message="What is asked of each is said by any() in one line.",
    words=r"\bany\s*\(|`any`|\bany\b(?=.*\b(?:flag|loop|generator|built-?in))",
    remedy=r"\bany\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a flag that is returned",
            asking("A flag", "Use any() and no flag", "farm/soil.py", "wet"),
            {"farm/soil.py": _WET},
            {"farm/soil.py": "def wet(fields, limit):\n"
             "    return any(field.moisture > limit for field in fields)\n"},
        ),
        Example(
            "two returns",
            asking("A loop", "Return any(...) instead of the loop", "club/list.py", "late"),
            {"club/list.py": "def late(members):\n    for one in members:\n"
             "        if one.owes:\n            return True\n    return False\n"},
            {"club/list.py": "def late(members):\n    return any(one.owes for one in members)\n"},
        ),
        Example(
            "what was found is kept",
            asking("A flag", "Use any() and no flag", "farm/soil.py", "wet"),
            {"farm/soil.py": _WET.replace("            break\n",
                                           "            first = field\n            break\n")},
            refuses="does more than to set a flag",
        ),
        Example(
            "a flag that is True before",
            asking("A flag", "Use any() and no flag", "farm/soil.py", "wet"),
            {"farm/soil.py": _WET.replace("found = False", "found = limit < 0")},
            refuses="no flag that is False",
        ),
    ),
)  # fmt: skip
