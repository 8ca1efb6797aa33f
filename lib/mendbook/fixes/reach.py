"""The code that a finding means: its files, modules and declarations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeVar

from ast_grep_py import SgNode

from mendbook.code.functions import declarations, handlers, inside
from mendbook.code.module_text import Module, load
from mendbook.code.python_source import PythonFile, Scope, declared, load_python
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.fixes.task import Task
from mendbook.fixes.words import named_spans

Node = TypeVar("Node", bound=ast.AST)


def files(task: Task) -> tuple[str, ...]:
    """Return the source files that the finding means; those in a directory it names, too."""
    named = [*task.facts.files]
    for place in task.finding.places:
        named += [place.path] if place.path in task.snapshot else task.snapshot.under(place.path)
    return tuple(dict.fromkeys(path for path in named if path in task.snapshot))


def targets(task: Task) -> Iterator[Module]:
    """Yield the modules that the finding means, tests left out."""
    for path in files(task):
        module = load(task.snapshot, path) if is_source(path) and not is_test(path) else None
        if module is not None:
            yield module


def scopes(task: Task, module: Module) -> list[SgNode]:
    """Return the declarations in ``module`` that the finding names; the whole file if none is."""
    named = [
        node
        for symbol in task.finding.symbols
        for node in declarations(module.root, symbol)
        if node.kind() not in {"import_specifier", "export_specifier"}
    ]
    registered = [node for event in task.finding.events for node in handlers(module.root, event)]
    narrow = [
        one
        for one in dict.fromkeys([*registered, *named])
        if not any(inside(other, one) and other != one for other in [*registered, *named])
    ]
    return narrow or [module.root]


def python_targets(task: Task) -> Iterator[PythonFile]:
    """Yield the Python files that the finding means, tests left out."""
    for path in files(task):
        file = None if is_test(path) else load_python(task.snapshot, path)
        if file is not None:
            yield file


def python_scopes(task: Task, file: PythonFile) -> list[Scope]:
    """Return the definitions in ``file`` that the finding names; the whole file if none is."""
    definitions = [one for symbol in task.finding.symbols for one in declared(file.tree, symbol)]
    inner = [
        one
        for one in definitions
        if not any(other is not one and within(other, one) for other in definitions)
    ]
    return [*inner] or [file.tree]


def within(node: ast.AST, outer: ast.AST) -> bool:
    """Tell whether ``node`` lies in ``outer`` of the same tree."""
    return any(one is node for one in ast.walk(outer))


def python_nodes(task: Task, file: PythonFile) -> Iterator[ast.AST]:
    """Yield the nodes of ``file`` within the code that the finding names, scope by scope."""
    return (node for scope in python_scopes(task, file) for node in ast.walk(scope))


def takes_all(task: Task) -> bool:
    """Tell whether the fix text is of several places alike: *both*, *every*."""
    return re.search(r"\b(?:both|all|each|every)\b", task.finding.fix) is not None


def python_meant(nodes: list[Node], file: PythonFile, task: Task) -> list[Node]:
    """Return those of ``nodes`` that the finding names: by quoted code, by a line, by a symbol."""
    named = any(declared(file.tree, symbol) for symbol in task.finding.symbols)
    spans = [file.span(node) for node in nodes]
    return [nodes[at] for at in named_spans(spans, file.path, file.text, task.finding, named)]
