"""Take from the front of a deque, where a list moves all that is left in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile, function_of, import_name, imported_as, parents
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("list-to-deque", "no list is taken from at its front there", Cause.NOTHING_THERE)
_ALIKE = frozenset({"append", "extend", "clear", "count", "remove", "reverse", "copy", "index"})
"""Methods that a list and a deque both have."""
_ASKS_ONLY = frozenset({"len", "bool", "any", "all", "sum", "max", "min", "sorted", "list", "tuple",
                        "set", "iter", "enumerate", "reversed", "map", "filter"})  # fmt: skip


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    for file in python_targets(task):
        taken = [one for one in python_nodes(task, file) if _from_front(one) is not None]
        taken = taken or [one for one in ast.walk(file.tree) if _from_front(one) is not None]
        chosen = python_meant(taken, file, task) or (taken if len(taken) == 1 else [])
        names = {ast.unparse(held) for one in chosen if (held := _from_front(one)) is not None}
        if len(names) > 1:
            return "several lists are taken from there, and the finding does not say which"
        if names:
            return _change(task, file, names.pop(), chosen[0])
    return _NONE


def _from_front(node: ast.AST) -> ast.expr | None:
    """Return the list of ``x.pop(0)``, a name or an attribute of ``self``; None for other code."""
    match node:
        case ast.Call(func=ast.Attribute(value=held, attr="pop"), args=[ast.Constant(value=0)]):
            own = isinstance(held, ast.Attribute) and ast.unparse(held.value) == "self"
            return held if own or isinstance(held, ast.Name) else None
    return None


def _change(task: Task, file: PythonFile, name: str, at: ast.AST) -> RecipeChange | str:
    own = name.startswith("self.")
    scope = _class_of(file, at) if own else function_of(file.tree, at) or file.tree
    if scope is None:
        return f"{name} stands in no class"
    if own and not name.startswith("self._") and (user := _elsewhere(task, file, name[5:])):
        return f"{name[5:]} is used in {user}, too"
    around = parents(scope)
    edits: list[Edit] = []
    made = False
    for node in ast.walk(scope):
        if not isinstance(node, ast.Name | ast.Attribute) or ast.unparse(node) != name:
            continue
        edit = _use(file, node, around)
        if isinstance(edit, str):
            return f"{name} is used as only a list can be: {edit}"
        made |= not isinstance(node.ctx, ast.Load)
        edits += edit
    if not made:
        return f"where {name} is made is not plain"
    whole = imported_as(file).get("collections") == "collections"
    if whole:
        edits = [Edit(one.start, one.end, re.sub(r"\bdeque\b", "collections.deque", one.text))
                 for one in edits]  # fmt: skip
    beside = [] if whole else import_name(file, "collections", "deque")
    return RecipeChange(
        summary=f"Make {name} a deque and take from its front",
        edits={file.path: apply(file.text, [*edits, *beside])},
        risk=f"{name} can no longer be sliced; nothing in this file slices it.",
        contracts=(
            claim(file.path, file.text, edits, Operation.REPLACE,
                  f"make `{name}` a deque and take from it with popleft", ["deque", "popleft()"],
                  [f"{name}.pop(0)"]),
        ),
    )  # fmt: skip


def _use(
    file: PythonFile, node: ast.Name | ast.Attribute, around: dict[ast.AST, ast.AST]
) -> list[Edit] | str:
    """Return what one mention of the list needs; a text that says why it cannot be a deque."""
    up = around.get(node)
    above = around.get(up) if up is not None else None
    match up:
        case ast.Assign(targets=[_], value=value) | ast.AnnAssign(value=ast.expr() as value):
            if value is node:
                return f"line {up.lineno} gives it away"
            return _made(file, value, getattr(up, "annotation", None))
        case ast.Attribute(attr="pop") if isinstance(above, ast.Call):
            if not above.args:
                return []
            return (
                [file.replace(above, f"{file.source(node)}.popleft()")]
                if _from_front(above) is not None
                else f"line {above.lineno} takes from its middle"
            )
        case ast.Attribute(attr="insert") if isinstance(above, ast.Call) and len(above.args) == 2:
            first, value = above.args
            if isinstance(first, ast.Constant) and first.value == 0:
                text = f"{file.source(node)}.appendleft({file.source(value)})"
                return [file.replace(above, text)]
            return []
        case ast.Attribute(attr=attr) if isinstance(above, ast.Call) and attr in _ALIKE:
            return []
        case ast.Call(func=ast.Name(id=called)) if called in _ASKS_ONLY:
            return []
        case ast.Subscript(slice=ast.Slice()):
            return f"line {up.lineno} slices it"
        case ast.Subscript() | ast.For() | ast.comprehension() | ast.While() | ast.If():
            return []
        case ast.UnaryOp(op=ast.Not()) | ast.BoolOp() | ast.Compare():
            return [] if not isinstance(up, ast.Compare) or _asks_membership(up) else "compared"
        case ast.AugAssign(op=ast.Add()):
            return []
        case ast.IfExp(test=test) if test is node:
            return []
    return f"line {getattr(node, 'lineno', 0)} hands it on"


def _asks_membership(node: ast.Compare) -> bool:
    return all(isinstance(one, ast.In | ast.NotIn) for one in node.ops)


def _made(file: PythonFile, value: ast.expr, annotation: ast.expr | None) -> list[Edit] | str:
    match value:
        case ast.List(elts=[]):
            new = "deque()"
        case ast.List() | ast.ListComp():
            new = f"deque({file.source(value)})"
        case ast.Call(func=ast.Name(id="list"), args=args, keywords=[]):
            new = f"deque({', '.join(map(file.source, args))})"
        case _:
            return f"line {value.lineno} makes it of something else"
    edits = [file.replace(value, new)]
    if annotation is not None:
        said = file.source(annotation)
        typed = re.fullmatch(r"(?:typing\.)?[lL]ist(\[.*\])?", said, re.DOTALL)
        if typed is None:
            return f"it is declared as {said}"
        edits.append(file.replace(annotation, f"deque{typed[1] or ''}"))
    return edits


def _class_of(file: PythonFile, node: ast.AST) -> ast.ClassDef | None:
    around = [
        one
        for one in ast.walk(file.tree)
        if isinstance(one, ast.ClassDef) and any(each is node for each in ast.walk(one))
    ]
    return around[-1] if around else None


def _elsewhere(task: Task, file: PythonFile, name: str) -> str:
    """Return another file that reads an attribute of that name; empty where none does."""
    paths: Sequence[str] = [one for one in task.snapshot.files if one.endswith(".py")]
    for path in paths:
        used = re.search(rf"\.{re.escape(name)}\b", task.snapshot.text(path))
        if path != file.path and used is not None:
            return path
    return ""


_SPOOL = '''\
"""A spool of jobs."""


class Spool:
    def __init__(self, first):
        self._jobs: list[str] = [first]

    def add(self, job):
        self._jobs.append(job)

    def next(self):
        return self._jobs.pop(0) if self._jobs else ""
'''
_WALK = """\
import collections


def reach(graph, start):
    open_nodes = [start]
    seen = collections.Counter()
    while open_nodes:
        node = open_nodes.pop(0)
        seen[node] += 1
        open_nodes.extend(graph[node])
    return seen
"""

RECIPE = Recipe(
    name="list-to-deque",
    message="Taking from the front of a list moves all that is left in it.",
    words=r"\bdeques?\b|\bpopleft\b",
    remedy=r"\bdeques?\b|\bpopleft\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "an attribute: its value, its annotation, and what is taken",
            asking("Slow", "Make it a deque and use popleft", "print/spool.py", "Spool",
                   "self._jobs.pop(0)"),
            {"print/spool.py": _SPOOL},
            {"print/spool.py": _SPOOL.replace("list[str] = [first]", "deque[str] = deque([first])")
             .replace(".pop(0)", ".popleft()")
             .replace('jobs."""\n', 'jobs."""\n\nfrom collections import deque\n')},
        ),
        Example(
            "a local of a function, by the module that is imported",
            asking("Slow", "A collections.deque is better", "maps/walk.py", "reach"),
            {"maps/walk.py": _WALK},
            {"maps/walk.py": _WALK.replace("[start]", "collections.deque([start])")
             .replace(".pop(0)", ".popleft()")},
        ),
        Example(
            "a list that is sliced",
            asking("Slow", "Use a deque", "maps/walk.py", "reach"),
            {"maps/walk.py": _WALK.replace("return seen", "return open_nodes[1:]")},
            refuses="slices it",
        ),
        Example(
            "a list that is handed on",
            asking("Slow", "Use a deque", "maps/walk.py", "reach"),
            {"maps/walk.py": _WALK.replace("seen[node] += 1", "check(open_nodes)")},
            refuses="hands it on",
        ),
    ),
)  # fmt: skip
