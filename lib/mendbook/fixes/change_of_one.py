"""Change the one piece of code that a finding means, of all that a repair could change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ast_grep_py import SgNode

from mendbook.code.module_text import Module
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import RecipeChange
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant

Found = TypeVar("Found")


def change_of_one(
    task: Task,
    find: Callable[[SgNode], Iterable[Found]],
    node_of: Callable[[Found], SgNode],
    change: Callable[[Module, Found], RecipeChange | str],
    *,
    none: str,
    several: str,
) -> RecipeChange | str:
    """Return the first ``change`` of the one thing that the finding means in a module, or why none.

    ``find`` yields what a scope has of the kind, and ``node_of`` gives the code by which the
    finding means one. ``none`` and ``several`` are the reasons where no module has exactly one.
    """
    reason = none
    for module in targets(task):
        found = [one for scope in scopes(task, module) for one in find(scope)]
        chosen = meant([node_of(one) for one in found], module, task.finding)
        if len(chosen) > 1:
            reason = several
        if len(chosen) == 1:
            answer = change(module, next(one for one in found if node_of(one) == chosen[0]))
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def itself(node: SgNode) -> SgNode:
    """Return ``node``: what is found is the code by which the finding means it."""
    return node
