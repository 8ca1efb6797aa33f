"""Change the one loop that a finding means: one statement in the place of it and its neighbours."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile
from mendbook.fixes.claim import claim
from mendbook.fixes.python_loops import Loop, loop_meant
from mendbook.fixes.reach import python_targets
from mendbook.fixes.recipe import RecipeChange
from mendbook.fixes.task import Task
from mendbook.model import Operation


def change_of_loop(
    task: Task, change: Callable[[PythonFile, Loop], RecipeChange | str], none: str
) -> RecipeChange | str:
    """Return the first ``change`` of a loop that the finding means, else why there is none.

    ``none`` is the reason where no file of the finding is written in Python.
    """
    reason = none
    for file in python_targets(task):
        loop = loop_meant(task, file)
        made = loop if isinstance(loop, str) else change(file, loop)
        if not isinstance(made, str):
            return made
        reason = made
    return reason


def said_at_once(
    file: PythonFile, loop: Loop, name: str, value: str, summary: str
) -> RecipeChange | str:
    """Return the change that gives ``value`` to the ``name`` begun before a loop that made it.

    Where that is returned right behind the loop, the value is.
    """
    if loop.before is None:
        return "nothing is begun right before the loop"
    if loop.behind is not None and loop.returns(name):
        whole = [loop.before, loop.node, loop.behind]
        return in_place_of(file, whole, f"return {value}", summary=summary, adds=value)
    said = f"{lead_of(file, loop.before)} {value}"
    return in_place_of(file, [loop.before, loop.node], said, summary=summary, adds=value)


def lead_of(file: PythonFile, begun: ast.stmt) -> str:
    """Return an assignment up to its sign: ``rows: list[int] =``."""
    text = file.source(begun)
    return text[: text.rindex("=") + 1]


def in_place_of(
    file: PythonFile,
    nodes: Sequence[ast.stmt],
    text: str,
    *,
    summary: str,
    adds: str,
    risk: str = "",
    beside: Sequence[Edit] = (),
) -> RecipeChange | str:
    """Return the change that writes ``text`` over ``nodes``, which stand side by side.

    Comments between them would be lost, so there is none where one stands.
    """
    first, last = file.span(nodes[0])[0], file.span(nodes[-1])[1]
    if "#" in file.text[first:last]:
        return "a comment in the loop would be lost"
    edit = Edit(first, last, text)
    said = claim(
        file.path, file.text, [edit], Operation.REPLACE, summary[:1].lower() + summary[1:],
        [adds], [file.text[first:last]],
    )  # fmt: skip
    return RecipeChange(
        summary=summary,
        edits={file.path: apply(file.text, [edit, *beside])},
        risk=risk,
        contracts=(said,),
    )
