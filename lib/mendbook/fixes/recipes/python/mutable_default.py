"""Make a mutable default argument anew for each call."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, indent, insert
from mendbook.code.python_source import Function, PythonFile, dotted, imported_as
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_MAKERS = {"list", "dict", "set", "defaultdict", "collections.defaultdict", "OrderedDict"}
_KEPT = re.compile(r"cache|memo|^_|seen|registry", re.IGNORECASE)


def _rewrite(task: Task) -> RecipeChange | str:
    if re.search(r"\btuples?\b|\bfrozen|`\(\)`|\bdefault_factory\b", task.finding.fix):
        return "the fix asks for another default than None"
    reason = "no function that the finding names has a mutable default argument"
    for file in python_targets(task):
        named = [pair for node in python_nodes(task, file) for pair in _defaults(node)]
        for default in python_meant([pair[2] for pair in named], file, task):
            function, argument, _ = next(pair for pair in named if pair[2] is default)
            answer = _change(file, function, argument, default)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _defaults(node: ast.AST) -> list[tuple[Function, ast.arg, ast.expr]]:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    positional = [*node.args.posonlyargs, *node.args.args]
    pairs = list(
        zip(
            positional[len(positional) - len(node.args.defaults) :], node.args.defaults, strict=True
        )
    )
    pairs += [
        (argument, default)
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is not None
    ]
    return [(node, argument, default) for argument, default in pairs if _is_mutable(default)]


def _is_mutable(value: ast.expr) -> bool:
    constructs = isinstance(value, ast.Call) and dotted(value.func) in _MAKERS
    return constructs or isinstance(value, (ast.List, ast.Dict, ast.Set))


def _change(
    file: PythonFile, function: Function, argument: ast.arg, default: ast.expr
) -> RecipeChange | str:
    name, value = argument.arg, file.source(default)
    if _KEPT.search(name):
        return f"{name} looks like something that is kept between calls on purpose"
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    if documented and len(function.body) > 1:
        first = function.body[1]
    if file.span(first)[0] <= file.span(default)[1] or first.lineno == function.lineno:
        return f"the body of {function.name} stands on the line of its head"
    if documented and len(function.body) == 1:
        return f"{function.name} does nothing with {name}"
    begin = min(file.span(one)[0] for one in [first, *getattr(first, "decorator_list", [])])
    margin = indent(file.text, begin)
    tab = margin.removeprefix(indent(file.text, file.span(function)[0])) or "    "
    lines = f"if {name} is None:\n{margin}{tab}{name} = {value}\n{margin}"
    edits = [file.replace(default, "None"), insert(begin, lines.replace("\r\n", "\n"))]
    edits += _annotation(file, argument)
    return RecipeChange(
        summary=f"Make {name} anew for each call of {function.name}",
        edits={file.path: apply(file.text, edits)},
        risk=f"A caller that passes None for {name} now gets {value}; state that was carried "
        "from call to call no longer is.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"default `{name}` to None and make it in the body of `{function.name}`",
                [f"if {name} is None:"],
            ),
        ),
    )


def _annotation(file: PythonFile, argument: ast.arg) -> list[Edit]:
    """Return the edit that lets the argument's annotation say None, as the file spells it."""
    typed = argument.annotation
    if typed is None:
        return []
    said = file.source(typed)
    if re.search(r"\bNone\b|\bOptional\b|\bAny\b", said):
        return []
    lazy = re.search(r"from __future__ import .*\bannotations\b", file.text)
    if imported_as(file).get("Optional") == "typing.Optional":
        return [file.replace(typed, f"Optional[{said}]")]
    if lazy or "| None" in file.text or said.startswith(("'", '"')):
        mark = said[0] if said[0] in "'\"" else ""
        return [file.replace(typed, f"{mark}{said.strip(mark) if mark else said} | None{mark}")]
    return [file.replace(typed, f"{said} | None")]


_BASKET = '''\
def basket(item, items: list[str] = []):
    """Put one more in."""
    items.append(item)
    return items
'''
_ROUTE = """\
class Route:
    async def plan(self, stops, *, limits={}):
        limits.setdefault("km", 100)
        return stops, limits
"""

RECIPE = Recipe(
    name="mutable-default",
    message="A default argument is made once and shared by all calls.",
    words=r"mutable default|default argument|shared (between|across|by) (all )?calls"
    r"|default\b[^.]{0,20}\bNone\b|\bNone\b[^.]{0,30}\bdefault",
    remedy=r"\bNone\b|default|fresh|new (?:list|dict|set|one)|inside|body|sentinel",
    does=r"(?:,?\s*\b(?:and|then)\s+)?\b(?:create|build|make|put|start|initiali[sz]e)\b[^.;]*"
    r"\b(?:body|inside|function|call|method|empty|one|fresh|new)\b[^.;]*|\band\s+an?\s+(?:empty|fresh"
    r"|new)\s[^.;]*",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "below the docstring, the annotation too",
            asking("Mutable default argument", "Default to None", "shop/basket.py", "basket"),
            {"shop/basket.py": _BASKET},
            {
                "shop/basket.py": _BASKET.replace(
                    "items: list[str] = []", "items: list[str] | None = None"
                ).replace(
                    "    items.append",
                    "    if items is None:\n        items = []\n    items.append",
                )
            },
        ),
        Example(
            "a keyword of a method",
            asking("Mutable default argument", "Use None", "road.py", "Route.plan"),
            {"road.py": _ROUTE},
            {
                "road.py": _ROUTE.replace("limits={}", "limits=None").replace(
                    "        limits.set",
                    "        if limits is None:\n            limits = {}\n        limits.set",
                )
            },
        ),
        Example(
            "a cache that lives between calls stays",
            asking("Mutable default argument", "Use None", "m.py", "area"),
            {"m.py": "def area(r, _cache={}):\n    return _cache.setdefault(r, r * r)\n"},
            refuses="kept between calls on purpose",
        ),
        Example(
            "a default that nobody can change stays",
            asking("Mutable default argument", "Use None", "m.py", "area"),
            {"m.py": "def area(sides=(1, 2)):\n    return sides\n"},
            refuses="no function that the finding names",
        ),
    ),
)
