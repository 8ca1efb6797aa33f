"""Catch the errors that a fix names, where everything is caught today."""

from __future__ import annotations

import ast
import builtins
import re

from mendbook.code.edits import apply, insert
from mendbook.code.python_source import PythonFile, bound, dotted
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Operation, Skipped

_NONE = Skipped("narrow-except", "no handler there catches everything", Cause.NOTHING_THERE)
_WIDE = frozenset({"Exception", "BaseException"})
_NAME = re.compile(r"(?<![\w.])(?:[a-z_]\w*\.)*[A-Z]\w*(?:\.[A-Z]\w*)*(?![\w(])")
_OTHER = re.compile(
    r"\b(?:raise|throw|re-?raise|rethrow|wrap|convert|translate|log|logger|not|never|instead\s+of"
    r"\s+(?:return|log)|unless|finally|else|or\s+else|both|two|all)\b|\badd\b",
    re.IGNORECASE,
)
"""Another repair of a handler, or more than one."""


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    bare = re.sub(r"\bnot\s+(?:Base)?Exception\b|\bnot\s+everything\b", " ", task.finding.fix)
    answer: RecipeChange | Skipped | str = _NONE
    for file in python_targets(task):
        wide = [
            one
            for one in python_nodes(task, file)
            if isinstance(one, ast.ExceptHandler)
            and (one.type is None or dotted(one.type) in _WIDE)
        ]
        chosen = python_meant(wide, file, task)
        if len(chosen) > 1:
            return "several handlers there catch everything"
        for handler in chosen:
            if _OTHER.search(bare):
                return "the fix asks for more than another type of error"
            answer = _change(file, handler, _named(file, bare))
    return answer


def _named(file: PythonFile, said: str) -> list[str]:
    """Return the errors that a text names, in its order, as the file can name them."""
    held = bound(file.tree)
    names = []
    for one in _NAME.findall(said):
        first, last = one.partition(".")[0], one.rpartition(".")[2]
        known = getattr(builtins, one, None)
        is_error = isinstance(known, type) and issubclass(known, BaseException)
        called = last.endswith(("Error", "Exception", "Timeout", "NotFound", "DoesNotExist"))
        if one not in _WIDE and (is_error or (first in held and called)):
            names.append(one)
    return list(dict.fromkeys(names))


def _change(
    file: PythonFile, handler: ast.ExceptHandler, names: list[str]
) -> RecipeChange | Skipped | str:
    if not names:
        return Skipped("narrow-except", "the fix names no error", Cause.NOTHING_THERE)
    if any(isinstance(one, ast.Raise) and one.exc is None for one in ast.walk(handler)):
        return "the handler raises again what it does not know"
    new = names[0] if len(names) == 1 else f"({', '.join(names)})"
    if handler.type is not None:
        edit = file.replace(handler.type, new)
    else:
        edit = insert(file.span(handler)[0] + len("except"), f" {new}")
    old = dotted(handler.type) if handler.type is not None else "everything"
    return RecipeChange(
        summary=f"Catch {new} instead of {old}",
        edits={file.path: apply(file.text, [edit])},
        risk="Any other error now reaches the caller.",
        contracts=(
            claim(file.path, file.text, [edit], Operation.REPLACE, f"catch `{new}` only",
                  [f"except {new}"], [f"except {old}"] if handler.type is not None else []),
        ),
    )  # fmt: skip


_GAUGE = """\
def level(gauge):
    try:
        return int(gauge.read())
    except Exception:
        return 0
"""
_MAIL = """\
import smtplib


def send(server, mail):
    try:
        server.send(mail)
    except:
        return False
    return True
"""

RECIPE = Recipe(
    name="narrow-except",
    message="A handler that catches everything hides faults that it was not made for.",
    words=r"\b(?:\w+\.)?[A-Z]\w*(?:Error|Exception|Timeout|Interrupt)\b",
    remedy=r"\b(?:\w+\.)?[A-Z]\w*(?:Error|Exception|Timeout|Interrupt)\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "one error",
            asking("Too broad", "ValueError is what int raises; catch only that", "dam/gauge.py",
                   "level", "except Exception:"),
            {"dam/gauge.py": _GAUGE},
            {"dam/gauge.py": _GAUGE.replace("Exception", "ValueError")},
        ),
        Example(
            "a handler without a type, and two errors",
            asking("Bare except", "Narrow the handler to OSError and smtplib.SMTPException",
                   "post/mail.py", "send"),
            {"post/mail.py": _MAIL},
            {"post/mail.py": _MAIL.replace("except:", "except (OSError, smtplib.SMTPException):")},
        ),
        Example(
            "an error that is to be raised",
            asking("Swallowed", "Raise a ValueError there", "dam/gauge.py", "level"),
            {"dam/gauge.py": _GAUGE},
            refuses="more than another type",
        ),
        Example(
            "a handler that raises again",
            asking("Too broad", "Catch ValueError only", "dam/gauge.py", "level"),
            {"dam/gauge.py": _GAUGE.replace("return 0", "gauge.reset()\n        raise")},
            refuses="raises again",
        ),
    ),
)  # fmt: skip
