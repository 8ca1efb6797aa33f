"""Bind values as parameters of a query, instead of writing them into its text."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import apply
from mendbook.code.python_source import PythonFile, imported_as
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_nodes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import BOUND
from mendbook.fixes.sql import WORDS, Piece, bound_text, headline
from mendbook.fixes.task import Task
from mendbook.model import Operation

_METHODS = {"execute", "executemany", "fetch", "fetchrow", "fetchval", "mogrify"}
_SQL = re.compile(r"^\W*(select|insert|update|delete|with|merge)\b", re.IGNORECASE)
_DRIVERS = {
    **dict.fromkeys(("sqlite3", "aiosqlite", "duckdb"), "?"),
    **dict.fromkeys(("psycopg", "psycopg2", "pymysql", "MySQLdb", "mysql", "aiomysql"), "%s"),
    "asyncpg": "$",
}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no SQL with values written into it stands in the code that the finding names"
    if _SEVERAL.search(task.finding.fix):
        return "the fix speaks of several statements, and one is bound at a time"
    for file in python_targets(task):
        calls = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, ast.Call) and _pieces(file, node)
        ]
        chosen = python_meant(calls, file, task)
        if len(chosen) > 1:
            reason = "several statements are built there, and the finding does not say which"
        for call in chosen if len(chosen) == 1 else ():
            answer = _bind(task, file, call)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


_SEVERAL = re.compile(
    r"\b(?:both|all|every|each|two|three)\s+(?:of\s+)?(?:the\s+)?(?:sql\s+)?"
    r"(?:quer(?:y|ies)|statements?|execute|calls?)\b",
    re.IGNORECASE,
)


def _pieces(file: PythonFile, call: ast.Call) -> list[Piece]:
    """Return the parts of an f-string of SQL that is executed; none for any other call."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    line = call.args[0] if call.args else None
    if method not in _METHODS or not isinstance(line, ast.JoinedStr):
        return []
    pieces: list[Piece] = []
    for piece in line.values:
        if isinstance(piece, ast.Constant):
            pieces.append(Piece(str(piece.value)))
        elif isinstance(piece, ast.FormattedValue):
            if piece.format_spec is not None or piece.conversion != -1:
                return []
            pieces.append(Piece(file.source(piece.value), is_value=True))
    whole = "".join(piece.text for piece in pieces if not piece.is_value)
    return pieces if _SQL.match(whole) and any(piece.is_value for piece in pieces) else []


def _bind(task: Task, file: PythonFile, call: ast.Call) -> RecipeChange | str:
    if len(call.args) > 1 or call.keywords:
        return "the statement is given values beside its text already"
    mark = _mark(task, file)
    if not mark:
        return "nothing shows which placeholders the database driver takes (%s, ? or $1)"
    pieces = _pieces(file, call)
    if mark == "%s" and any("%" in one.text for one in pieces if not one.is_value):
        outside = re.sub(r"'[^']*'", "", "".join("x" if p.is_value else p.text for p in pieces))
        if "%" in outside:
            return "the statement has a per cent sign of its own"
    answer = bound_text(pieces, lambda n: f"${n}" if mark == "$" else mark, _joined)
    if isinstance(answer, str):
        return answer
    text, values = answer
    literal = _literal(file.source(call.args[0]), text)
    if not literal:
        return "the statement is spelled in a way that cannot be kept"
    given = ", ".join(values) if mark == "$" else f"({', '.join(values)}{',' * (len(values) == 1)})"
    edits = [file.replace(call.args[0], f"{literal}, {given}")]
    return RecipeChange(
        summary=headline(values),
        edits={file.path: apply(file.text, edits)},
        risk="The database now types the values itself; a value of another type than its column "
        "may be refused.",
        contracts=(
            claim(
                file.path,
                file.text,
                edits,
                Operation.REPLACE,
                f"use placeholders and pass {given}",
                [given],
                [file.source(call.args[0])],
            ),
        ),
    )


def _mark(task: Task, file: PythonFile) -> str:
    """Return the placeholder as the fix, the file's driver or the other statements have it."""
    said = re.search(r"=\s*(%s|\?|\$1)|\((%s|\?|\$1)[,)]", task.finding.fix)
    if said is not None:
        return (said[1] or said[2]).replace("$1", "$")
    known = _taken(task, file)
    named = {one.replace("$1", "$") for one in _NAMED.findall(task.finding.fix)}
    return "" if named and named != {known} else known


_NAMED = re.compile(r"(?<![\w%])(%s|\$1|%\(\w+\)s|(?<=`)\?(?=`)|(?<=`):\w+(?=`))(?!\w)")
"""A placeholder that a text spells out."""


def _taken(task: Task, file: PythonFile) -> str:
    """Return the placeholder that the file's driver or the other statements have."""
    loaded = {name.partition(".")[0] for name in imported_as(file).values()}
    known = {_DRIVERS[name] for name in loaded if name in _DRIVERS}
    if not known:
        texts = [task.snapshot.text(p) for p in task.snapshot.files if p.endswith(".py")]
        used = "\n".join(texts)
        tested = (
            ("%s", r"\bexecute(?:many)?\(\s*[\"'][^\"\n]*%s"),
            ("?", r"\bexecute(?:many)?\(\s*[\"'][^\"\n]*(?:=|<|>|\bLIKE|\bIN\s*\(|[(,])\s*\?"),
        )
        known = {sign for sign, pattern in tested if re.search(pattern, used)}
    return known.pop() if len(known) == 1 else ""


def _literal(spelled: str, text: str) -> str:
    """Return ``text`` as a plain literal with the quotes of the f-string it was."""
    quotes = re.match(r"[fF](\"\"\"|'''|\"|')", spelled)
    if quotes is None or "\\" in spelled or (quotes[1] in text):
        return ""
    return f"{quotes[1]}{text}{quotes[1]}"


def _joined(before: str, value: str, after: str) -> str:
    if not before and not after:
        return value
    return f'f"{before}{{{value}}}{after}"'


_SHELF = """\
import sqlite3


def shelf(db, room, title):
    return db.execute(
        f"SELECT id FROM books WHERE room = {room} AND title LIKE '%{title}%'"
    ).fetchall()
"""
_STAFF = """\
def staff(cursor, name):
    cursor.execute(f"SELECT * FROM staff WHERE name = '{name}'")
    return cursor.fetchall()
"""

RECIPE = Recipe(
    name="bind-values",
    message="A value that is written into SQL can be SQL itself.",
    words=WORDS,
    remedy=rf"f-string|{BOUND}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "question marks, as the driver has them; a pattern goes along",
            asking("SQL injection", "Use a parameterised query", "lib/shelf.py", "shelf"),
            {"lib/shelf.py": _SHELF},
            {
                "lib/shelf.py": _SHELF.replace(
                    "f\"SELECT id FROM books WHERE room = {room} AND title LIKE '%{title}%'\"",
                    '"SELECT id FROM books WHERE room = ? AND title LIKE ?", (room, f"%{title}%")',
                )
            },
        ),
        Example(
            "as the fix writes them",
            asking("SQL injection", "Use name = %s and a tuple", "hr/staff.py", "staff"),
            {"hr/staff.py": _STAFF},
            {
                "hr/staff.py": _STAFF.replace(
                    "f\"SELECT * FROM staff WHERE name = '{name}'\"",
                    '"SELECT * FROM staff WHERE name = %s", (name,)',
                )
            },
        ),
        Example(
            "bound, in other words, where nothing speaks of SQL",
            asking(
                "The name comes from a form and is put into the statement as text",
                "Bind `room` and `title` as parameters of the query",
                "lib/shelf.py",
                "shelf",
            ),
            {"lib/shelf.py": _SHELF},
            {
                "lib/shelf.py": _SHELF.replace(
                    "f\"SELECT id FROM books WHERE room = {room} AND title LIKE '%{title}%'\"",
                    '"SELECT id FROM books WHERE room = ? AND title LIKE ?", (room, f"%{title}%")',
                )
            },
        ),
        Example(
            "the name of a table is no value",
            asking("SQL injection", "Use a parameterised query", "lib/shelf.py", "shelf"),
            {"lib/shelf.py": _SHELF.replace("FROM books", "FROM {table}")},
            refuses="no placeholder can stand for table",
        ),
        Example(
            "an unknown driver",
            asking("SQL injection", "Use a parameterised query", "hr/staff.py", "staff"),
            {"hr/staff.py": _STAFF},
            refuses="which placeholders",
        ),
    ),
)
