"""Raise an error from the one that was caught, so that its cause is not lost."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, insert
from mendbook.code.python_source import PythonFile, bound, walk
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("chain-cause", "no error is raised for another one there", Cause.NOTHING_THERE)
_OTHER = re.compile(r"\bfrom\s+None\b|\b(?:no|not|never|without)\b[^.;]*\b(?:from|chain)", re.I)


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    if _OTHER.search(task.finding.fix):
        return "the fix asks for another cause than the error that was caught"
    answer: RecipeChange | Skipped | str = _NONE
    for file in python_targets(task):
        pairs = [
            (handler, one)
            for handler in python_nodes(task, file)
            if isinstance(handler, ast.ExceptHandler)
            for one in _raised(handler)
        ]
        quoted = python_meant([one for _, one in pairs], file, task)
        if not quoted and len(handlers := python_meant([h for h, _ in pairs], file, task)) == 1:
            quoted = [one for handler, one in pairs if handler is handlers[0]]
        if len(quoted) > 1:
            return "several errors are raised there, and the finding does not say which"
        for handler, one in pairs:
            if any(one is each for each in quoted):
                return _change(task, file, handler, one)
    return answer


def _raised(handler: ast.ExceptHandler) -> list[ast.Raise]:
    return [
        one
        for statement in handler.body
        for one in (statement, *walk(statement, into_functions=False))
        if isinstance(one, ast.Raise) and one.exc is not None and one.cause is None
    ]


def _change(
    task: Task, file: PythonFile, handler: ast.ExceptHandler, raised: ast.Raise
) -> RecipeChange | str:
    told = re.search(r"\bfrom\s+`?([a-z_]\w*)`?(?=\W*(?:$|[.;,)`]))", task.finding.fix)
    name = handler.name
    edits: list[Edit] = []
    if name is None:
        if handler.type is None:
            return "the handler names no error that could be the cause"
        name = told[1] if told is not None and told[1] not in _WORDS else "err"
        if name in bound(file.tree):
            return f"the name {name} is taken"
        edits.append(insert(file.span(handler.type)[1], f" as {name}"))
    elif told is not None and told[1] not in {*_WORDS, name}:
        return f"the error that was caught is called {name}"
    if isinstance(raised.exc, ast.Name) and raised.exc.id == name:
        return "the error that was caught is raised again as it is"
    edits.append(insert(file.span(raised)[1], f" from {name}"))
    return RecipeChange(
        summary=f"Raise the error from {name}",
        edits={file.path: apply(file.text, edits)},
        contracts=(
            claim(file.path, file.text, edits, Operation.ADD, f"raise the error from `{name}`",
                  [f"from {name}"]),
        ),
    )  # fmt: skip


_WORDS = frozenset({"it", "that", "this", "the", "there", "here", "its", "them"})

_LEDGER = """\
import json


class LedgerError(Exception):
    pass


def entries(path):
    try:
        return json.loads(path.read_text())
    except ValueError as problem:
        raise LedgerError(f"{path} is broken")
"""
_PUMP = """\
def start(pump):
    try:
        pump.prime()
    except OSError:
        pump.halt()
        raise RuntimeError("the pump is dry")
"""

RECIPE = Recipe(
    name="chain-cause",
    message="An error that is raised for another one keeps it as its cause.",
    words=r"\bfrom\s+`?\w+`?|\bchain|\bcause\b|\boriginal\s+(?:error|exception)|\btraceback\b",
    remedy=r"\bfrom\s+`?[a-z]\w*|\bchain|\bcause\b",
    does=r"\b(?:raise|be\s+raised)\b[^.;`]*\bfrom\s+`?\w+`?|\bchain(?:ed)?\b[^.;]*",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the name that the handler has",
            asking("The cause is lost", "Chain the exception", "books/ledger.py", "entries",
                   'raise LedgerError(f"{path} is broken")'),
            {"books/ledger.py": _LEDGER},
            {"books/ledger.py": _LEDGER.replace('broken")', 'broken") from problem')},
        ),
        Example(
            "a handler that has no name for it",
            asking("The cause is lost", "Raise it from exc", "water/pump.py", "start"),
            {"water/pump.py": _PUMP},
            {"water/pump.py": _PUMP.replace("except OSError:", "except OSError as exc:").replace(
                'dry")', 'dry") from exc')},
        ),
        Example(
            "a cause that is hidden on purpose",
            asking("The cause is noise", "Raise it from None", "water/pump.py", "start"),
            {"water/pump.py": _PUMP},
            refuses="another cause",
        ),
        Example(
            "two errors that may be meant",
            asking("The cause is lost", "Chain the exception", "water/pump.py", "start"),
            {"water/pump.py": _PUMP.replace("        pump.halt()", "        if pump.old:\n"
             '            raise ValueError("old")')},
            refuses="several errors",
        ),
    ),
)  # fmt: skip
