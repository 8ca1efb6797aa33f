"""Take a local of a Python function to the module, where it is made once."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.code.python_source import Function, PythonFile, function_of, with_comments
from mendbook.fixes.reach import python_meant, python_scopes, python_targets
from mendbook.fixes.recipe import RecipeChange
from mendbook.fixes.task import Task

Node = TypeVar("Node", bound=ast.AST)


def hoisted_one(
    task: Task,
    kind: type[Node],
    is_one: Callable[[PythonFile, Node], bool],
    hoist: Callable[[PythonFile, Node], RecipeChange | str],
    *,
    none: str,
    several: str,
) -> RecipeChange | str:
    """Return the first change of the one node in a function that the finding means, or why none.

    ``none`` and ``several`` are the reasons where no scope has exactly one that ``is_one`` tells.
    """
    reason = none
    for file in python_targets(task):
        for scope in python_scopes(task, file):
            found = [
                one
                for one in ast.walk(scope)
                if isinstance(one, kind) and is_one(file, one)
                and function_of(file.tree, one) is not None
            ]  # fmt: skip
            chosen = python_meant(found, file, task)
            if len(chosen) > 1:
                reason = several
            if len(chosen) == 1:
                answer = hoist(file, chosen[0])
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    return reason


@dataclass(frozen=True, slots=True)
class Hoisted:
    """The edits that take a local out of its function."""

    edits: tuple[Edit, ...]
    """They remove its assignment and give its reads the new name."""
    above: str
    """The comments on it, with a line end each, which go along."""


def hoisted_local(
    file: PythonFile, function: Function, holder: ast.Assign, name: str
) -> Hoisted | str:
    """Return the edits for a local that is assigned just once; else one sentence why not.

    ``holder`` assigns it in ``function``; what it is made of is the caller's to judge.
    """
    target = holder.targets[0]
    if len(holder.targets) != 1 or not isinstance(target, ast.Name):
        return "it is not assigned to one name"
    local = target.id
    writes = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == local and not isinstance(node.ctx, ast.Load)
    ]
    if len(writes) != 1:
        return f"{local} is given other values, too"
    if holder not in function.body:
        return f"{local} is made in a branch or an inner function"
    first, last = file.span(holder)
    begin = with_comments(file.text, line_start(file.text, first))
    said = file.text[begin : line_start(file.text, first)]
    return Hoisted(
        (Edit(begin, line_end(file.text, last), ""), *renamed_reads(file, function, local, name)),
        "".join(f"{row.strip()}\n" for row in said.splitlines()),
    )


def renamed_reads(file: PythonFile, function: Function, local: str, name: str) -> list[Edit]:
    """Return the edits that write ``name`` wherever ``function`` reads ``local``."""
    return [
        file.replace(node, name)
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == local and isinstance(node.ctx, ast.Load)
    ]
