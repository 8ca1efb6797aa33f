"""Make a value that never changes once, as a constant of the module."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import partial

from mendbook.code.edits import apply
from mendbook.code.names_in_scope import constant_name
from mendbook.code.python_source import (
    Function,
    PythonFile,
    bound,
    declare,
    function_of,
    names,
    parents,
    qualified,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.hoisted_local import hoisted_local, hoisted_one
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_MAKERS = {
    "frozenset", "set", "dict", "list", "tuple", "str.maketrans", "decimal.Decimal",
    "pathlib.Path", "pathlib.PurePath", "datetime.timedelta", "string.Template",
    "types.MappingProxyType", "operator.itemgetter", "operator.attrgetter", "range",
}  # fmt: skip
"""What makes the same value of the same constants each time; patterns have their own recipe."""
_DISPLAYS = (ast.List, ast.Dict, ast.Set)
_READERS = {
    "get", "items", "keys", "values", "index", "count", "issuperset", "issubset", "isdisjoint",
    "union", "intersection", "difference", "copy",
}  # fmt: skip
_TAKES_ONLY = {"len", "sorted", "min", "max", "sum", "any", "all", "enumerate", "zip", "set",
               "tuple", "list", "frozenset", "dict", "iter", "map", "filter", "translate", "join",
               "startswith", "endswith"}  # fmt: skip
"""Calls that only read what they are given."""


def _rewrite(task: Task) -> RecipeChange | str:
    return hoisted_one(
        task,
        ast.Assign,
        lambda file, one: _is_constant(file, one.value) and not isinstance(one.value, ast.Constant),
        partial(_hoist, task),
        none="no local that is always the same is quoted",
        several="several values could be made once, and the finding does not say which",
    )


def _is_constant(file: PythonFile, node: ast.AST) -> bool:
    """Tell whether an expression is made of literals, and of makers that are given such."""
    match node:
        case ast.Constant():
            return True
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return all(_is_constant(file, one) for one in parts)
        case ast.Dict(keys=keys, values=values):
            return all(one is not None and _is_constant(file, one) for one in (*keys, *values))
        case ast.UnaryOp(operand=operand):
            return _is_constant(file, operand)
        case ast.BinOp(left=left, right=right):
            return _is_constant(file, left) and _is_constant(file, right)
        case ast.Call(func=made, args=args, keywords=keywords):
            known = qualified(file, made) in _MAKERS
            given = (*args, *(one.value for one in keywords))
            return known and all(_is_constant(file, one) for one in given)
    return False


def _hoist(task: Task, file: PythonFile, holder: ast.Assign) -> RecipeChange | str:
    function = function_of(file.tree, holder)
    target = holder.targets[0]
    if function is None or not isinstance(target, ast.Name):
        return "it is not assigned to one name"
    name = _name(task, file, target.id)
    if not name:
        return "the constant would need a name that is taken"
    if changed := next(_changed(file, function, target.id, holder.value), ""):
        return changed
    hoisted = hoisted_local(file, function, holder, name)
    if isinstance(hoisted, str):
        return hoisted
    value = file.source(holder.value)
    line = f"{hoisted.above}{name} = {value}".replace("\r\n", "\n")
    if "\n" in value:
        return f"{target.id} is written over several lines"
    return RecipeChange(
        summary=f"Make {name} once, at module level",
        edits={file.path: apply(file.text, [declare(file, line), *hoisted.edits])},
        risk=f"None at run time: nothing changes {target.id} after it is made, so that one does.",
        contracts=(
            claim(file.path, file.text, list(hoisted.edits), Operation.EXTRACT,
                  f"make `{target.id}` once, as the module's {name}", [name], [value],
                  {name: value}),
        ),
    )  # fmt: skip


def _name(task: Task, file: PythonFile, local: str) -> str:
    asked = re.findall(r"(?<![\w.])_?[A-Z][A-Z\d]+(?:_[A-Z\d]+)*(?![\w.(])", task.finding.fix)
    derived = constant_name(local)
    free = bound(file.tree) | names(file.tree) | set(dir(builtins))
    return next((one for one in [*asked, derived] if one and one not in free), "")


def _changed(file: PythonFile, function: Function, local: str, value: ast.expr) -> Iterator[str]:
    """Yield where something may change the value, or keep it for longer than the call."""
    made = qualified(file, value.func) if isinstance(value, ast.Call) else ""
    if not isinstance(value, _DISPLAYS) and made not in {"set", "dict", "list", "str.maketrans"}:
        return
    above = parents(function)
    reads = [
        one
        for one in ast.walk(function)
        if isinstance(one, ast.Name) and one.id == local and isinstance(one.ctx, ast.Load)
    ]
    for one in reads:
        if not _only_reads(above.get(one), one, above):
            yield f"line {file.line(file.span(one)[0])} may change {local}, or hand it on"


def _only_reads(parent: ast.AST | None, node: ast.Name, above: dict[ast.AST, ast.AST]) -> bool:
    match parent:
        case ast.Subscript(value=held, ctx=ast.Load()) if held is node:
            return True
        case ast.Compare() | ast.For() | ast.comprehension():
            return True
        case ast.Attribute(attr=attribute, ctx=ast.Load()):
            return attribute in _READERS and isinstance(above.get(parent), ast.Call)
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
            return called in _TAKES_ONLY
    return False


_TRAM = '''\
"""Stops of the tram."""

LENGTH = 7


def short(name: str) -> str:
    letters = str.maketrans({"ä": "ae", "ö": "oe"})
    return name.translate(letters)[:LENGTH]


def zone(name: str, day: str) -> int:
    free = {"sat", "sun"}
    if day in free:
        return 0
    return len(name)


def stops(name: str) -> list[str]:
    seen = []
    seen.append(name)
    return seen
'''

_MEANT = (
    r"\bmodule[- ](?:level|scope|wide|constant)|\b(?:to|in|into) the module\b|\bonce\b|hoist"
    r"|top of the (?:file|module)|file level|outside (?:of )?the|global constant"
)
RECIPE = Recipe(
    name="hoist-value",
    message="A value that is always the same is made once, not on each call.",
    words=_MEANT,
    remedy=_MEANT,
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the local becomes the constant that is asked for",
            asking("The table is built on each call",
                   "Make the table a module constant named LETTERS, built once", "tram.py",
                   "short", 'letters = str.maketrans({"ä": "ae", "ö": "oe"})'),
            {"tram.py": _TRAM},
            {"tram.py": _TRAM.replace('    letters = str.maketrans({"ä": "ae", "ö": "oe"})\n', "")
             .replace("translate(letters)", "translate(LETTERS)")
             .replace("LENGTH = 7\n",
                      'LENGTH = 7\nLETTERS = str.maketrans({"ä": "ae", "ö": "oe"})\n')},
        ),
        Example(
            "its own name in capitals where none is given",
            asking("A set is made on each call", "Hoist the set to module level", "tram.py", "zone",
                   'free = {"sat", "sun"}'),
            {"tram.py": _TRAM},
            {"tram.py": _TRAM.replace('    free = {"sat", "sun"}\n', "")
             .replace("in free", "in FREE")
             .replace("LENGTH = 7\n", 'LENGTH = 7\nFREE = {"sat", "sun"}\n')},
        ),
        Example(
            "a list that the function fills stays",
            asking("A list is made on each call", "Hoist the list to module level", "tram.py",
                   "stops", "seen = []"),
            {"tram.py": _TRAM},
            refuses="may change seen",
        ),
        Example(
            "a value that is made of the parameters stays",
            asking("Made on each call", "Hoist it to module level", "tram.py", "short",
                   "return name.translate(letters)[:LENGTH]"),
            {"tram.py": _TRAM.replace("str.maketrans({", "dict({**name, ")},
            refuses="always the same",
        ),
    ),
)  # fmt: skip
