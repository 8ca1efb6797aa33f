"""Give each instance a list or dict of its own, where its class has one for all."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, indent, insert, line_end, line_start, step
from mendbook.code.python_source import PythonFile, assigned_name, dotted
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("instance-attribute", "no class there has a value that can change",
                Cause.NOTHING_THERE)  # fmt: skip
_MAKERS = frozenset({"list", "dict", "set", "deque", "defaultdict", "Counter", "OrderedDict"})
Declared = ast.Assign | ast.AnnAssign
Method = ast.FunctionDef | ast.AsyncFunctionDef


def _rewrite(task: Task) -> RecipeChange | Kept | Skipped | str:
    for file in python_targets(task):
        pairs = [
            (holder, one)
            for holder in ast.walk(file.tree)
            if isinstance(holder, ast.ClassDef)
            for one in holder.body
            if isinstance(one, Declared) and assigned_name(one) and _is_mutable(one.value)
        ]
        chosen = python_meant([one for _, one in pairs], file, task)
        if len(chosen) > 1:
            named = [one for one in chosen if _says(task.finding.fix, assigned_name(one))]
            chosen = named if len(named) == 1 else []
        if len(chosen) == 1:
            holder = next(each for each, one in pairs if one is chosen[0])
            return _change(task, file, holder, chosen[0])
    return _NONE


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return dotted(value.func).rpartition(".")[2] in _MAKERS
    return isinstance(value, ast.List | ast.Dict | ast.Set)


def _change(
    task: Task, file: PythonFile, holder: ast.ClassDef, declared: Declared
) -> RecipeChange | Kept | str:
    name, value = assigned_name(declared), declared.value
    if value is None or re.search(r"\bClassVar\b", file.source(declared)):
        return f"{name} is declared as one of the class"
    if any(dotted(_called(one)).rpartition(".")[2] in {"dataclass", "define", "attrs", "s"}
           for one in holder.decorator_list):  # fmt: skip
        return f"{holder.name} is a dataclass: {name} would need a default_factory"
    for path in task.snapshot.files:
        text = task.snapshot.text(path) if path.endswith(".py") else ""
        if re.search(rf"\b(?:{re.escape(holder.name)}|cls)\.{re.escape(name)}\b", text):
            return Kept(f"{path} reads {name} from the class")
    begin = line_start(file.text, file.span(declared)[0])
    stop = line_end(file.text, file.span(declared)[1])
    if "#" in file.text[file.span(declared)[1] : stop]:
        return "the comment beside it would be lost"
    typed = f": {file.source(declared.annotation)}" if isinstance(declared, ast.AnnAssign) else ""
    line = f"self.{name}{typed} = {file.source(value)}"
    made = [one for one in holder.body if isinstance(one, Method) and one.name == "__init__"]
    if any(_says(ast.unparse(one), name) for one in holder.body if one not in {declared, *made}
           and not isinstance(one, Method)):  # fmt: skip
        return f"the body of {holder.name} reads {name}"
    if not made:
        return f"{holder.name} has no __init__"
    head = made[0]
    if any(isinstance(one, ast.Attribute) and one.attr == name and not isinstance(one.ctx, ast.Load)
           for one in ast.walk(head)):  # fmt: skip
        return f"__init__ of {holder.name} sets {name} already"
    put = _put(file, head, name, line)
    if put is None:
        return "the body of __init__ stands on the line of its head, or returns early"
    rest = file.text[stop:]
    if not rest[: len(rest) - len(rest.lstrip("\r\n"))]:
        gone = Edit(begin, stop, "")
    else:
        first = declared is holder.body[0]
        gone = Edit(begin, stop + (len(rest) - len(rest.lstrip("\r\n")) if first else 0), "")
    edits = [gone, put]
    return RecipeChange(
        summary=f"Give each {holder.name} a {name} of its own",
        edits={file.path: apply(file.text, edits)},
        risk=f"What one {holder.name} puts into {name} is no longer seen by the others.",
        contracts=(
            claim(file.path, file.text, edits, Operation.REPLACE,
                  f"set `{name}` in __init__, for each {holder.name} its own",
                  [f"{line.partition(' = ')[0]} = "]),
        ),
    )  # fmt: skip


def _called(mark: ast.expr) -> ast.expr:
    return mark.func if isinstance(mark, ast.Call) else mark


def _put(file: PythonFile, head: Method, name: str, line: str) -> Edit | None:
    """Return the edit that puts ``line`` last in ``__init__``, or before what may need it."""
    if head.body[0].lineno == head.lineno:
        return None
    if any(isinstance(one, ast.Return) for one in ast.walk(head)):
        return None
    margin = indent(file.text, file.span(head.body[0])[0]) or step(file.text)
    for one in head.body:
        if _needs(one, name):
            at = line_start(file.text, file.span(one)[0])
            return insert(at, f"{margin}{line}\n")
    at = file.span(head.body[-1])[1]
    return insert(at, f"\n{margin}{line}")


def _needs(statement: ast.stmt, name: str) -> bool:
    """Tell whether a statement reads the attribute, or calls a method that may."""
    for one in ast.walk(statement):
        match one:
            case ast.Attribute(value=ast.Name(id="self"), attr=attr) if attr == name:
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"))):
                return True
            case ast.Call(args=args) if any(
                isinstance(each, ast.Name) and each.id == "self" for each in args
            ):
                return True
    return False


_TEAM = '''\
class Team:
    """Who plays."""

    players: list[str] = []
    size = 11

    def __init__(self, name: str) -> None:
        self.name = name

    def sign(self, player: str) -> None:
        self.players.append(player)
'''
_CACHE = """\
class Cache:
    held = {}

    def __init__(self):
        self.warm()

    def warm(self):
        self.held["/"] = b""
"""

RECIPE = Recipe(
    name="instance-attribute",
    message="What a class holds is shared by all of its instances.",
    words=r"__init__|\bconstructor\b|\binstance(?:['’]s|s)?\b|\bshared\b"
    r"|\bclass[- ](?:level|attribute|variable|body)",
    remedy=r"__init__|\bconstructor\b|\b(?:instance|object)(?:['’]s)?\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the annotation goes along",
            asking("Shared by all teams", "Set players in __init__", "cup/team.py", "Team",
                   "players: list[str] = []"),
            {"cup/team.py": _TEAM},
            {"cup/team.py": _TEAM.replace("    players: list[str] = []\n", "").replace(
                "self.name = name\n", "self.name = name\n        self.players: list[str] = []\n")},
        ),
        Example(
            "before a call that may need it",
            asking("Shared", "Make it an instance attribute", "web/cache.py", "Cache", "held = {}"),
            {"web/cache.py": _CACHE},
            {"web/cache.py": _CACHE.replace("    held = {}\n\n", "").replace(
                "        self.warm()", "        self.held = {}\n        self.warm()", 1)},
        ),
        Example(
            "what is read from the class stays",
            asking("Shared", "Make it an instance attribute", "web/cache.py", "Cache", "held = {}"),
            {"web/cache.py": _CACHE, "web/app.py": "print(Cache.held)\n"},
            refuses="from the class",
        ),
        Example(
            "a dataclass has another remedy",
            asking("Shared", "Make it an instance attribute", "cup/team.py", "Team",
                   "players: list[str] = []"),
            {"cup/team.py": "from dataclasses import dataclass\n\n\n@dataclass\n" + _TEAM},
            refuses="default_factory",
        ),
    ),
)  # fmt: skip
