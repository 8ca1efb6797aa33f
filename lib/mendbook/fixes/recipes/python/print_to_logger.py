"""Log what is printed."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit
from mendbook.code.python_source import (
    PythonFile,
    bound,
    declare,
    function_of,
    import_module,
    imported_as,
    qualified,
)
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.written_over import written_over

_LEVELS = ("debug", "info", "warning", "error", "critical")
_COMMANDS = {"argparse", "click", "typer", "fire", "rich"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no print stands in the code that the finding names"
    for file in python_targets(task):
        calls = [
            node.value
            for node in python_nodes(task, file)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            if qualified(file, node.value.func) == "print"
        ]
        chosen = python_meant(calls, file, task)
        if chosen:
            answer = _change(task, file, chosen)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _change(task: Task, file: PythonFile, chosen: list[ast.Call]) -> RecipeChange | str:
    if _GOES.search(task.finding.fix):
        return "what is printed is to go, and not to be logged"
    if tools := _COMMANDS & {name.partition(".")[0] for name in imported_as(file).values()}:
        return f"{file.path} is a command ({', '.join(sorted(tools))}), whose output is printed"
    if any(function_of(file.tree, call) is None for call in chosen):
        return "what a script prints when it is run is its output"
    name, declared = _logger(file)
    if not name:
        return f"{file.path} has another logger or log"
    level = _level(task.finding.fix)
    if not level:
        return "the fix names several levels"
    lines = [_logged(file, call, f"{name}.{level}") for call in chosen]
    if refused := next((one for one in lines if one.startswith("!")), ""):
        return refused[1:]
    return written_over(
        file,
        chosen,
        lines,
        summary=f"Log with {name}.{level} what is printed",
        read_as=f"log with {name}.{level} instead of printing",
        adds=[f"{name}.{level}("],
        removes=["print("],
        values={name: "logging.getLogger(__name__)"} if declared else None,
        risk="The text goes where the log goes, and is shown from the level on that is set.",
        beside=declared,
    )


_GOES = re.compile(
    r"\b(?:remove|delete|drop)\b(?![^.;]*\b(?:log|logs|logger|logging)\b)", re.IGNORECASE
)
_SAID = re.compile(rf"\b(?:log\w*\.)({'|'.join(_LEVELS)})\b|\b({'|'.join(_LEVELS)})[ -]level\b")


def _level(fix: str) -> str:
    """Return the level that a fix text asks for: ``info`` where it names none, empty for several.

    A level that stands with its logger, or before the word, goes before one that only stands there.
    """
    told = {one or other for one, other in _SAID.findall(fix)}
    told = told or {one for one in _LEVELS if re.search(rf"\b{one}\b", fix)} or {"info"}
    return told.pop() if len(told) == 1 else ""


def _logger(file: PythonFile) -> tuple[str, list[Edit]]:
    """Return the file's logger, or a new one with the edits that make it."""
    for node in file.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Call) and qualified(file, value.func).endswith(
                ("logging.getLogger", "structlog.get_logger")
            ):
                return node.targets[0].id, []
    for local, whole in imported_as(file).items():
        if local in {"logger", "log", "LOG"} and whole != local:
            return local, []
    if {"logger", "logging"} & bound(file.tree) - {"logging"}:
        return "", []
    line = declare(file, "logger = logging.getLogger(__name__)")
    loaded = import_module(file, "logging")
    if loaded and loaded[0].start == line.start:
        return "logger", [Edit(line.start, line.start, loaded[0].text + line.text)]
    return "logger", [*loaded, line]


def _logged(file: PythonFile, call: ast.Call, callee: str) -> str:
    """Return the logging call with its values as arguments, or ``!`` and why there is none."""
    if call.keywords:
        return "!the print has options (end, file, sep), so it is more than a message"
    if not call.args:
        return "!an empty line is printed, which is no message"
    parts, values = [], []
    for one in call.args:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            parts.append(one.value)
        elif isinstance(one, ast.JoinedStr):
            for piece in one.values:
                if isinstance(piece, ast.Constant):
                    parts.append(str(piece.value))
                elif isinstance(piece, ast.FormattedValue):
                    if piece.format_spec is not None:
                        return "!a value is formatted in the text in a way of its own"
                    parts.append("%r" if piece.conversion == ord("r") else "%s")
                    values.append(file.source(piece.value))
                parts.append("\0")
            parts.append("")
        elif (told := _filled_in(file, one)) is not None:
            if len(call.args) > 1:
                return "!a text that is filled in stands beside other values"
            return f"{callee}({', '.join(told)})"
        elif isinstance(one, ast.Starred):
            return "!a list is spread over the print"
        else:
            parts.append("%s")
            values.append(file.source(one))
        parts.append(" ")
    text = _text(parts, bool(values))
    return f"{callee}({', '.join([text, *values])})"


def _filled_in(file: PythonFile, one: ast.expr) -> list[str] | None:
    """Return the text and the values of ``"…" % (…)``, as a logger takes them; None for others."""
    if not isinstance(one, ast.BinOp) or not isinstance(one.op, ast.Mod):
        return None
    if not isinstance(one.left, ast.Constant) or not isinstance(one.left.value, str):
        return None
    values = one.right.elts if isinstance(one.right, ast.Tuple) else [one.right]
    single = len(re.findall(r"%(?!%)", one.left.value.replace("%%", ""))) == len(values)
    if not single or "%(" in one.left.value or isinstance(one.right, ast.Dict):
        return None
    return [file.source(one.left), *map(file.source, values)]


def _text(parts: list[str], formatted: bool) -> str:
    """Return the message as a literal; a per cent sign of the text is doubled among values."""
    said = ""
    for part in parts[:-1]:
        plain = part in {"%s", "%r"}
        said += part if plain or not formatted else part.replace("%", "%%")
    said = said.replace("\0", "")
    quoted = repr(said)
    if quoted.startswith("'") and '"' not in said:
        quoted = f'"{quoted[1:-1]}"'.replace("\\'", "'")
    return quoted


_CRANE = """\
\"\"\"Cranes.\"\"\"
import time


def lift(load):
    started = time.time()
    print(f"lifting {load.name} at 100%")
    return started
"""
_BAKE = """\
import logging

log = logging.getLogger("oven")


def bake(bread):
    print("baked", bread, "well")
    print("done")
"""

RECIPE = Recipe(
    name="print-to-logger",
    message="What is printed has no level, no time and no place in the log.",
    words=r"\bprint\b|\bprint\(",
    remedy=r"\blog",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a logger is made; values become arguments",
            asking("print instead of a logger", "Use a module logger", "yard/crane.py", "lift"),
            {"yard/crane.py": _CRANE},
            {
                "yard/crane.py": """\
\"\"\"Cranes.\"\"\"
import logging
import time

logger = logging.getLogger(__name__)


def lift(load):
    started = time.time()
    logger.info("lifting %s at 100%%", load.name)
    return started
"""
            },
        ),
        Example(
            "the logger that is there, at the level that is asked for",
            asking("print in bake", "Log at debug level", "oven.py", "bake"),
            {"oven.py": _BAKE},
            {
                "oven.py": _BAKE.replace(
                    'print("baked", bread, "well")', 'log.debug("baked %s well", bread)'
                ).replace('print("done")', 'log.debug("done")')
            },
        ),
        Example(
            "a command prints its output",
            asking("print in main", "Use a logger", "cli.py", "main"),
            {"cli.py": 'import argparse\n\n\ndef main():\n    print("ok")\n'},
            refuses="is a command (argparse)",
        ),
        Example(
            "a print to another stream stays",
            asking("print in main", "Use a logger", "a.py", "main"),
            {"a.py": 'import sys\n\n\ndef main():\n    print("ok", file=sys.stderr)\n'},
            refuses="the print has options",
        ),
    ),
)
