"""Take a local of a Python function to the module, where it is made once."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.code.python_source import Function, PythonFile


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
    begin = line_start(file.text, first)
    while file.text[line_start(file.text, begin - 1) : begin].lstrip().startswith("#"):
        begin = line_start(file.text, begin - 1)
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
