"""Open a file in a ``with`` statement, which closes it on every way out."""

from __future__ import annotations

import ast
import re
from functools import partial

from mendbook.code.edits import Edit, apply, indent, line_end, line_start, step
from mendbook.code.python_source import PythonFile, dotted, indented, names
from mendbook.fixes.claim import claim
from mendbook.fixes.one_statement import rewrite_one
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_OPENS = {"open", "io.open", "gzip.open", "bz2.open", "lzma.open", "codecs.open"}


def _rewrite(task: Task) -> RecipeChange | str:
    return rewrite_one(
        task,
        lambda _, one: _opened(one),
        partial(_with, inside=_INSIDE.search(task.finding.fix) is not None),
        none="no `name = open(…)` stands in the code that the finding names",
        several="several files are opened there, and the finding does not say which",
    )


def _opened(statement: ast.stmt) -> str:
    """Return the name that an opened file is given; empty for any other statement."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return ""
    target, value = statement.targets[0], statement.value
    call = isinstance(value, ast.Call) and (
        dotted(value.func) in _OPENS
        or (isinstance(value.func, ast.Attribute) and value.func.attr == "open" and not value.args)
    )
    return target.id if call and isinstance(target, ast.Name) else ""


_INSIDE = re.compile(r"\breturn(?:s|ing)?\b[^.;]*\b(?:inside|within|in\s+the\s+block)\b", re.I)
"""What is returned is to be returned from within the block."""


def _with(
    file: PythonFile, block: list[ast.stmt], statement: ast.stmt, *, inside: bool
) -> RecipeChange | str:
    name, at = _opened(statement), block.index(statement)
    rest = block[at + 1 :]
    closes = [one for one in rest if _closes(one, name)]
    if len(closes) > 1:
        return f"{name} is closed more than once"
    end = rest.index(closes[0]) if closes else len(rest)
    work, below = rest[:end], rest[end + 1 :]
    if not work:
        return f"nothing is done with {name}"
    if any(name in names(one) for one in below):
        return f"{name} is used below its close"
    if any(_hands_out(one, name) for one in work):
        return f"{name} is returned or kept, so it must stay open"
    leaving: list[ast.stmt] = []
    if inside and closes and len(below) == 1 and isinstance(below[0], ast.Return):
        leaving = below
    elif inside and not any(isinstance(one, ast.Return) for one in work):
        return "what is returned from inside the block stands further below"
    text = file.text
    margin, tab = indent(text, file.span(statement)[0]), step(text)
    opening = file.source(statement.value) if isinstance(statement, ast.Assign) else ""
    begin = line_start(text, file.span(statement)[0])
    stop = file.span((leaving or closes or work)[-1])[1]
    parts = [indented(file, each, tab) for each in (work, leaving) if each]
    new = f"{margin}with {opening} as {name}:\n" + "\n".join(parts)
    edit = Edit(begin, stop, new.replace("\r\n", "\n"))
    if text[stop : line_end(text, stop)].strip():
        return "code or a comment stands on the line of the close"
    return RecipeChange(
        summary=f"Open {name} in a with statement",
        edits={file.path: apply(text, [edit])},
        risk="None expected: the file is closed where it was, and when something raises.",
        contracts=(
            claim(
                file.path,
                text,
                [edit],
                Operation.WRAP,
                f"open `{name}` in a with statement",
                [f"with {opening} as {name}:"],
                [f"{name}.close()"] if closes else [f"{name} = {opening}"],
            ),
        ),
    )


def _closes(statement: ast.stmt, name: str) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and dotted(value.func) == f"{name}.close"


def _hands_out(statement: ast.stmt, name: str) -> bool:
    """Tell whether the open file itself is returned, yielded or kept."""
    for node in ast.walk(statement):
        value = getattr(node, "value", None)
        keeps = isinstance(node, (ast.Return, ast.Yield, ast.Assign))
        inner = isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef))
        if keeps and isinstance(value, ast.Name) and value.id == name:
            return True
        if inner and name in names(node):
            return True
    return False


_LEDGER = """\
import csv


def load(path):
    handle = open(path, encoding="utf-8")
    rows = [row for row in csv.reader(handle)]
    handle.close()
    return rows
"""
_NOTE = """\
class Desk:
\tdef note(self, line):
\t\tf = self.path.open()
\t\tfound = f.read()
\t\tif line in found:
\t\t\treturn False
\t\treturn True
"""

RECIPE = Recipe(
    name="with-open",
    message="A file that is opened without `with` stays open when something raises.",
    words=r"\bwith\b.{0,40}(statement|block|open)|(file|handle|descriptor).{0,40}(clos|leak)"
    r"|open\(|context manager",
    remedy=r"\bwith\b|context|clos",
    does=r"\binstead\s+of\s+(?:the\s+)?(?:explicit\s+)?(?:open\w*\s+and\s+)?clos\w+",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "up to its close, which goes",
            asking("The file is not closed on errors", "Use with open(…)", "bank/csv.py", "load"),
            {"bank/csv.py": _LEDGER},
            {
                "bank/csv.py": _LEDGER.replace(
                    '    handle = open(path, encoding="utf-8")\n    rows',
                    '    with open(path, encoding="utf-8") as handle:\n        rows',
                ).replace("    handle.close()\n", "")
            },
        ),
        Example(
            "without a close, to the end of its block",
            asking("File handle leaks", "Use a with statement", "desk.py", "Desk.note"),
            {"desk.py": _NOTE},
            {
                "desk.py": """\
class Desk:
\tdef note(self, line):
\t\twith self.path.open() as f:
\t\t\tfound = f.read()
\t\t\tif line in found:
\t\t\t\treturn False
\t\t\treturn True
"""
            },
        ),
        Example(
            "a file that is handed out stays open",
            asking("File handle leaks", "Use a with statement", "a.py", "f"),
            {"a.py": "def f(p):\n    h = open(p)\n    h.readline()\n    return h\n"},
            refuses="must stay open",
        ),
        Example(
            "what is used below its close stays",
            asking("File handle leaks", "Use a with statement", "a.py", "f"),
            {"a.py": "def f(p):\n    h = open(p)\n    go(h)\n    h.close()\n    print(h.name)\n"},
            refuses="used below its close",
        ),
    ),
)
