"""Log what an empty ``except`` swallows."""

from __future__ import annotations

import ast

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import (
    PythonFile,
    dotted,
    function_of,
    imported_as,
    names,
    qualified,
)
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import LOGGED
from mendbook.fixes.task import Task
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no except that does nothing stands in the code that the finding names"
    for file in python_targets(task):
        handlers = [
            (attempt, handler)
            for attempt in python_nodes(task, file)
            if isinstance(attempt, ast.Try)
            for handler in attempt.handlers
            if _is_empty(handler)
        ]
        chosen = python_meant([handler for _, handler in handlers], file, task)
        logger = _logger(file)
        if chosen and not logger:
            reason = f"{file.path} has no logger in scope"
        elif chosen:
            pairs = [pair for pair in handlers if pair[1] in chosen]
            return _change(file, pairs, logger)
    return reason


def _is_empty(handler: ast.ExceptHandler) -> bool:
    return all(
        isinstance(one, ast.Pass)
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in handler.body
    )


def _logger(file: PythonFile) -> str:
    """Return the logger that the module makes or imports."""
    for node in file.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Call) and qualified(file, value.func).endswith(
                ("logging.getLogger", "structlog.get_logger")
            ):
                return node.targets[0].id
    known = imported_as(file)
    return next((one for one in ("logger", "log", "LOG") if known.get(one, one) != one), "")


def _change(
    file: PythonFile, pairs: list[tuple[ast.Try, ast.ExceptHandler]], logger: str
) -> RecipeChange | str:
    edits: list[Edit] = []
    adds: list[str] = []
    for attempt, handler in pairs:
        function = function_of(file.tree, handler)
        taken = names(function) if function is not None else set()
        error = handler.name or next(one for one in ("exc", "error", "caught") if one not in taken)
        begin, stop = file.span(handler)
        body = file.span(handler.body[0])[0]
        if file.line(body) == file.line(begin):
            return "the except and its body stand on one line"
        kind = file.source(handler.type) if handler.type is not None else "Exception"
        line = f'{logger}.warning("{_what(file, attempt)} failed: %s", {error})'
        colon = file.text.index(":", file.span(handler.type)[1] if handler.type else begin)
        edits.append(Edit(begin, colon, f"except {kind} as {error}"))
        edits.append(Edit(body, stop, line))
        adds.append(line)
    return RecipeChange(
        summary="Log what the empty except swallows",
        edits={file.path: apply(file.text, edits)},
        risk="More log lines where something fails often. A bare except also caught the end of the "
        "program (SystemExit, KeyboardInterrupt), which now passes."
        if any(handler.type is None for _, handler in pairs)
        else "More log lines where something fails often; nothing else changes.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.CATCH,
                "log what the empty except swallows",
                adds,
                ["pass"] if all(isinstance(h.body[-1], ast.Pass) for _, h in pairs) else [],
            ),
        ),
    )


def _what(file: PythonFile, attempt: ast.Try) -> str:
    """Return the first call of the attempt, else the function's name."""
    for statement in attempt.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and dotted(node.func):
                return dotted(node.func)
    function = function_of(file.tree, attempt)
    return function.name if function is not None else "it"


_BOAT = """\
import logging

logger = logging.getLogger(__name__)


def moor(boat):
    try:
        boat.tie(2)
    except ValueError:
        pass
"""
_LAMP = """\
from house.log import log


class Lamp:
    def off(self):
        for bulb in self.bulbs:
            try:
                bulb.dim()
            except:
                # It may be broken
                pass
"""

RECIPE = Recipe(
    name="log-swallowed",
    message="An error that nobody hears of cannot be mended.",
    words=r"swallow|silent|bare except|empty except|except.{0,40}(pass|empty|ignor)|ignored error",
    remedy=LOGGED,
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "the module's logger tells",
            asking("Errors are swallowed", "Log them", "port/boat.py", "moor"),
            {"port/boat.py": _BOAT},
            {
                "port/boat.py": _BOAT.replace("ValueError:", "ValueError as exc:").replace(
                    "        pass\n", '        logger.warning("boat.tie failed: %s", exc)\n'
                )
            },
        ),
        Example(
            "a bare except, an imported logger; the comment stays",
            asking("Bare except hides errors", "Log the exception", "lamp.py", "Lamp.off"),
            {"lamp.py": _LAMP},
            {
                "lamp.py": _LAMP.replace("except:", "except Exception as exc:").replace(
                    "                pass\n",
                    '                log.warning("bulb.dim failed: %s", exc)\n',
                )
            },
        ),
        Example(
            "without a logger nothing is made up",
            asking("Errors are swallowed", "Log them", "port/boat.py", "moor"),
            {"port/boat.py": _BOAT.replace("logging.getLogger(__name__)", "None")},
            refuses="port/boat.py has no logger in scope",
        ),
        Example(
            "an except that does something stays",
            asking("Errors are swallowed", "Log them", "port/boat.py", "moor"),
            {"port/boat.py": _BOAT.replace("pass", "return None")},
            refuses="no except that does nothing",
        ),
    ),
)
