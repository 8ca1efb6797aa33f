"""Give a number or a text the name that a fix tells, at the top of its module."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import apply
from mendbook.code.python_source import PythonFile, bound, declare, function_of
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("name-literal", "no literal is meant there", Cause.NOTHING_THERE)
_CAPS = re.compile(r"(?<![\w.\"'])_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w.(\"'])")
_OTHER = re.compile(
    r"\b(?:import|imported|environ\w*|env|settings?|config\w*|enum|class|remove|delete|rename|everywhere"
    r"|both|all|each|every|not|never|raise|lower|reduce|increase|already)\b|\.py\b",
    re.IGNORECASE,
)
"""A constant that is to come from elsewhere, several places, or another change of one."""


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    fix = task.finding.fix
    names = set(_CAPS.findall(fix))
    if len(names) != 1:
        return _NONE
    name = names.pop()
    for file in python_targets(task):
        literals = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str)
            and not isinstance(node.value, bool) and function_of(file.tree, node) is not None
        ]  # fmt: skip
        chosen = python_meant(literals, file, task)
        spelled = [one for one in chosen if _is_spelled(file.source(one), fix)]
        given = re.search(rf"\b{name}\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|-?\d[\d_.]*)", fix)
        if given is not None:
            spelled = [
                one for one in chosen if _alike(file.source(one), given["value"].rstrip("."))
            ]
        numbers = [
            one for one in chosen if not isinstance(one.value, str) and one.value not in {0, 1}
        ]
        meant = spelled or (numbers if given is None and len(chosen) == 1 else [])
        if len(meant) != 1:
            continue
        if _OTHER.search(fix):
            return "the fix asks for more than a name for the literal"
        if name in bound(file.tree) or any(
            re.search(rf"(?m)^{name}\b", task.snapshot.text(path))
            for path in task.snapshot.files
            if path.endswith(".py") and path.rpartition("/")[0] == file.path.rpartition("/")[0]
        ):
            return f"{name} is defined already"
        return _change(file, meant[0], name)
    return _NONE


def _is_spelled(literal: str, fix: str) -> bool:
    bare = literal.strip("\"'")
    return (
        len(bare) > 0 and re.search(rf"(?<![\w.]){re.escape(bare)}(?![\w]|\.\d)", fix) is not None
    )


def _alike(one: str, other: str) -> bool:
    try:
        return bool(ast.literal_eval(one) == ast.literal_eval(other))
    except (SyntaxError, ValueError):
        return False


def _change(file: PythonFile, literal: ast.Constant, name: str) -> RecipeChange:
    value = file.source(literal)
    edits = [file.replace(literal, name)]
    return RecipeChange(
        summary=f"Name {value} {name}",
        edits={file.path: apply(file.text, [declare(file, f"{name} = {value}"), *edits])},
        contracts=(
            claim(file.path, file.text, edits, Operation.EXTRACT,
                  f"name `{value}` {name}, at the top of the module", [name], [value],
                  {name: value}),
        ),
    )  # fmt: skip


_KILN = '''\
"""A kiln."""

import time


def heat(kiln):
    while kiln.degrees < 1240:
        kiln.burn()
        time.sleep(0.5)
'''

RECIPE = Recipe(
    name="name-literal",
    message="A number with a name tells what it is for.",
    words=r"\b_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b",
    remedy=r"\b_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b",
    does=r"\b(?:give|be\s+given)\b[^.;]*\bname\b|\bname\s+it\b|\bcall\s+it\b|\binstead\s+of\s+the\s+"
    r"(?:literal|number|magic)\b[^.;]*|,?\s*\bwith\s+[A-Z_]+\s*=[^.;]*\babove\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a number that the text spells",
            asking("Magic number", "1240 deserves a name, MAX_DEGREES", "pots/kiln.py", "heat",
                   "while kiln.degrees < 1240:"),
            {"pots/kiln.py": _KILN},
            {"pots/kiln.py": _KILN.replace("< 1240", "< MAX_DEGREES").replace(
                "import time\n", "import time\n\nMAX_DEGREES = 1240\n")},
        ),
        Example(
            "the constant as it is to stand",
            asking("Magic number", "`BURN_SECONDS = 0.5`", "pots/kiln.py", "heat",
                   "time.sleep(0.5)"),
            {"pots/kiln.py": _KILN},
            {"pots/kiln.py": _KILN.replace("(0.5)", "(BURN_SECONDS)").replace(
                "import time\n", "import time\n\nBURN_SECONDS = 0.5\n")},
        ),
        Example(
            "a constant that is there",
            asking("Magic number", "1240 is MAX_DEGREES", "pots/kiln.py", "heat",
                   "while kiln.degrees < 1240:"),
            {"pots/kiln.py": _KILN + "\n\nMAX_DEGREES = 1300\n"},
            refuses="defined already",
        ),
        Example(
            "one that comes from elsewhere",
            asking("Magic number", "Import MAX_DEGREES for 1240", "pots/kiln.py", "heat",
                   "while kiln.degrees < 1240:"),
            {"pots/kiln.py": _KILN},
            refuses="more than a name",
        ),
    ),
)  # fmt: skip
