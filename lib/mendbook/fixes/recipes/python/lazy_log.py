"""Hand a log its values, and leave the text to the log."""

from __future__ import annotations

import ast
import re

from mendbook.code.python_source import PythonFile, dotted
from mendbook.fixes.reach import python_meant, python_nodes, python_targets, takes_all
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.written_over import written_over
from mendbook.model import Cause, Skipped

_LOGS = re.compile(
    r"(?:^|\.)_?(?:log(?:ger|ging)?|LOG(?:GER)?)\.(?:debug|info|warning|warn|error|critical|exception)$"
)


def _rewrite(task: Task) -> RecipeChange | Skipped | str:
    reason: str | Skipped = Skipped(
        "lazy-log",
        "no log whose text is put together first stands in the code that the finding names",
        Cause.NOTHING_THERE,
    )
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and _LOGS.search(dotted(node.func)) and _is_filled(node)
        ]
        chosen = python_meant(calls, file, task)
        if len(chosen) > 1 and not takes_all(task):
            reason = f"{len(chosen)} logs are written so there"
            continue
        texts = [_written(file, node) for node in chosen]
        if "" in texts:
            reason = "the text is put together in a way that a log has no plain form for"
        elif chosen:
            return _change(file, chosen, texts)
    return reason


def _is_filled(call: ast.Call) -> bool:
    first = call.args[0] if len(call.args) == 1 else None
    return isinstance(first, ast.JoinedStr) or (
        isinstance(first, ast.BinOp)
        and isinstance(first.op, ast.Mod)
        and isinstance(first.left, ast.Constant)
        and isinstance(first.left.value, str)
    )


def _change(file: PythonFile, chosen: list[ast.Call], texts: list[str]) -> RecipeChange:
    return written_over(
        file,
        [call.args[0] for call in chosen],
        texts,
        summary="Hand the log its values",
        read_as="hand the log its values as arguments",
    )


def _written(file: PythonFile, call: ast.Call) -> str:
    """Return the text with its marks, and the values behind it; empty where that says less."""
    first = call.args[0]
    if isinstance(first, ast.BinOp):
        values = first.right.elts if isinstance(first.right, ast.Tuple) else [first.right]
        return ", ".join([file.source(first.left), *map(file.source, values)])
    source = file.source(first)
    quote = re.match(r"f([\"'])(?!\1\1)", source, re.IGNORECASE)
    if not isinstance(first, ast.JoinedStr) or quote is None or "\\" in source:
        return ""
    text, given = "", []
    for piece in first.values:
        if isinstance(piece, ast.Constant):
            text += str(piece.value).replace("%", "%%")
        elif isinstance(piece, ast.FormattedValue):
            mark = _mark(piece)
            if not mark:
                return ""
            text += mark
            given.append(file.source(piece.value))
    if quote[1] in text or "\n" in source:
        return ""
    return ", ".join([f"{quote[1]}{text}{quote[1]}", *given])


def _mark(piece: ast.FormattedValue) -> str:
    """Return the mark of ``%`` that shows a value the same way; empty where there is none."""
    spec = piece.format_spec
    if isinstance(spec, ast.JoinedStr):
        told = "".join(str(one.value) for one in spec.values if isinstance(one, ast.Constant))
        plain = re.fullmatch(r"\.\d+f", told) and len(spec.values) == 1 and piece.conversion == -1
        return f"%{told}" if plain else ""
    return {-1: "%s", ord("s"): "%s", ord("r"): "%r"}.get(piece.conversion, "")


RECIPE = Recipe(
    name="lazy-log",
    message="A log that is not written need not put its text together.",
    words=r"f-?strings?\b|%[sd]\b|\beager|\bplaceholders?\b|\blazy\b[^.]{0,30}\b(?:log|format|argument|interpol|%)|%-?style\s+(?:log|argument)"
    r"|\blogg(?:ing|er)\b[^.]{0,40}\b(?:arguments?|placeholders?)|\b(?:arguments?|placeholders?)\b"
    r"[^.]{0,40}\b(?:f-?strings?|logg(?:ing|er))|%s\s+placeholders?",
    remedy=r"lazy|argument|%|placeholder|format|f-string",
    does=r"\b(?:pass|hand)\b[^.;`]*\barguments?\b[^.;`]*|\breplaced?\b[^.;`]*\barguments?\b",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "an f-string",
            asking("Eager log text", "Use lazy logging arguments", "mine/cage.py", "lift"),
            {"mine/cage.py": 'def lift(cage):\n    logger.info(f"cage {cage.name} at '
             '{cage.depth:.1f} m, 5% slow")\n'},
            {"mine/cage.py": 'def lift(cage):\n    logger.info("cage %s at %.1f m, 5%% slow", '
             "cage.name, cage.depth)\n"},
        ),
        Example(
            "a text that % fills",
            asking("Eager log text", "Pass the values as logging arguments", "inn/desk.py", "book"),
            {"inn/desk.py": 'def book(room):\n    self.log.debug("room %s" % room.id)\n'},
            {"inn/desk.py": 'def book(room):\n    self.log.debug("room %s", room.id)\n'},
        ),
        Example(
            "a format that a log has not",
            asking("Eager log text", "Use lazy logging arguments", "inn/desk.py", "book"),
            {"inn/desk.py": 'def book(room):\n    log.info(f"room {room.id:>8}")\n'},
            refuses="no plain form",
        ),
        Example(
            "a log that is handed its values already",
            asking("Eager log text", "Use lazy logging arguments", "inn/desk.py", "book"),
            {"inn/desk.py": 'def book(room):\n    log.info("room %s", room.id)\n'},
            refuses="no log",
        ),
    ),
)  # fmt: skip
