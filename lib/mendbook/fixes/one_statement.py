"""Rewrite the one statement of Python that a finding means."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias

from mendbook.code.python_source import PythonFile, blocks
from mendbook.fixes.reach import python_meant, python_scopes, python_targets
from mendbook.fixes.recipe import RecipeChange
from mendbook.fixes.task import Task

Block: TypeAlias = list[ast.stmt]


def rewrite_one(
    task: Task,
    fits: Callable[[Block, ast.stmt], object],
    rewrite: Callable[[PythonFile, Block, ast.stmt], RecipeChange | str],
    none: str,
    several: str,
) -> RecipeChange | str:
    """Return what ``rewrite`` makes of the one statement that ``fits`` and that is meant.

    Where it is not one, or cannot be rewritten, the reason is returned: ``none`` where nothing
    fits, ``several`` where the finding does not say which.
    """
    reason = none
    for file in python_targets(task):
        statements = [
            (block, statement)
            for scope in python_scopes(task, file)
            for block in blocks(scope)
            for statement in block
            if fits(block, statement)
        ]
        chosen = python_meant([statement for _, statement in statements], file, task)
        if len(chosen) > 1:
            reason = several
        for block, statement in statements:
            if chosen == [statement]:
                answer = rewrite(file, block, statement)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    return reason
