"""Read a loop that does one thing in each turn: it fills a list, sets a flag, asks, counts."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from mendbook.code.python_source import PythonFile, blocks, names
from mendbook.fixes.reach import python_meant, python_scopes
from mendbook.fixes.task import Task

Begun = ast.Assign | ast.AnnAssign


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop, the statement right before it, and the one right behind it in its block."""

    node: ast.For
    before: ast.stmt | None
    behind: ast.stmt | None

    def begun(self) -> tuple[str, ast.expr | None]:
        """Return the name that the statement before the loop sets, and to what."""
        if isinstance(self.before, ast.Assign) and len(self.before.targets) == 1:
            target = self.before.targets[0]
            return (target.id, self.before.value) if isinstance(target, ast.Name) else ("", None)
        if isinstance(self.before, ast.AnnAssign) and isinstance(self.before.target, ast.Name):
            return self.before.target.id, self.before.value
        return "", None

    def returns(self, name: str) -> bool:
        """Tell whether the statement behind the loop returns just ``name``."""
        value = self.behind.value if isinstance(self.behind, ast.Return) else None
        return isinstance(value, ast.Name) and value.id == name


def loop_meant(task: Task, file: PythonFile) -> Loop | str:
    """Return the one loop that the finding means, or why there is none."""
    loops: list[Loop] = []
    for scope in python_scopes(task, file):
        for block in blocks(scope):
            for at, one in enumerate(block):
                if isinstance(one, ast.For) and not one.orelse:
                    behind = block[at + 1] if at + 1 < len(block) else None
                    loops.append(Loop(one, block[at - 1] if at else None, behind))
    meant = python_meant([one.node for one in loops], file, task)
    chosen = [one for one in loops if any(one.node is each for each in meant)]
    if len(chosen) != 1:
        return f"{len(chosen)} loops stand in the code that the finding names"
    return chosen[0]


def appended(loop: Loop, body: Sequence[ast.stmt], name: str) -> ast.expr | None:
    """Return what each turn appends to the list ``name``; None where it does anything else."""
    held: ast.expr | None = None
    if len(body) == 2 and isinstance(body[0], ast.Assign) and len(body[0].targets) == 1:
        target = body[0].targets[0]
        held = body[0].value if isinstance(target, ast.Name) else None
        if not isinstance(target, ast.Name) or _call(body[1], name, target.id) is None:
            return None
        return held
    item = _call(body[0], name, "") if len(body) == 1 else None
    if item is None or name in names(item) or name in names(loop.node.iter):
        return None
    return item


def _call(statement: ast.stmt, name: str, given: str) -> ast.expr | None:
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords:
        return None
    to = call.func
    if not isinstance(to, ast.Attribute) or to.attr != "append":
        return None
    if not isinstance(to.value, ast.Name) or to.value.id != name:
        return None
    item = call.args[0]
    return item if not given or (isinstance(item, ast.Name) and item.id == given) else None


def head(file: PythonFile, loop: Loop) -> str:
    """Return ``for x in rows`` as it stands in the loop."""
    return f"for {file.source(loop.node.target)} in {file.source(loop.node.iter)}"


def is_empty_list(value: ast.expr | None) -> bool:
    """Tell whether a value is a new list without items."""
    if isinstance(value, ast.List):
        return not value.elts
    return isinstance(value, ast.Call) and ast.unparse(value) == "list()"
