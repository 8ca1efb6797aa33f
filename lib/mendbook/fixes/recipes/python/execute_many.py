"""Send the rows of a loop to the database by one ``executemany``."""

from __future__ import annotations

import ast
import re

from mendbook.code.python_source import PythonFile, names
from mendbook.fixes.loop_change import change_of_loop, in_place_of
from mendbook.fixes.python_loops import Loop, head
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> RecipeChange | str:
    return change_of_loop(task, _change, "no loop of execute calls stands in the code named")


def _change(file: PythonFile, loop: Loop) -> RecipeChange | str:
    body = loop.node.body
    statement = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    waits = isinstance(statement, ast.Await)
    call = statement.value if isinstance(statement, ast.Await) else statement
    to = call.func if isinstance(call, ast.Call) else None
    if not isinstance(call, ast.Call) or not isinstance(to, ast.Attribute) or to.attr != "execute":
        return "a turn of the loop does more than to execute one statement"
    if len(call.args) != 2 or call.keywords:
        return "the statement is not executed with its values as one argument"
    sql, values = call.args
    bound = names(loop.node.target)
    if bound & (names(sql) | names(to.value)):
        return "the statement itself is another one in each turn"
    text = _text(file, sql)
    if text is None or not re.match(
        r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|UPSERT)\b", text, re.I
    ):
        return "whether the statement gives rows cannot be seen"
    if re.search(r"\bRETURNING\b", text, re.I):
        return "the statement gives rows, which executemany does not"
    plain = isinstance(values, ast.Name) and isinstance(loop.node.target, ast.Name)
    if plain and file.source(values) == file.source(loop.node.target):
        rows = file.source(loop.node.iter)
    else:
        rows = f"[{file.source(values)} {head(file, loop)}]"
    many = f"{file.source(to.value)}.executemany({file.source(sql)}, {rows})"
    return in_place_of(
        file,
        [loop.node],
        f"{'await ' if waits else ''}{many}",
        summary=f"Execute {file.source(sql)[:40]} for all rows by one call",
        adds=many,
        risk="Where a row fails, how many of the others are written is up to the driver.",
    )


def _text(file: PythonFile, sql: ast.expr) -> str | None:
    """Return the text of a statement, spelled out or as a constant of the module."""
    if isinstance(sql, ast.Constant):
        return sql.value if isinstance(sql.value, str) else None
    if not isinstance(sql, ast.Name):
        return None
    held = [
        one.value
        for one in ast.walk(file.tree)
        if isinstance(one, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == sql.id for each in one.targets)
    ]  # fmt: skip
    return _text(file, held[0]) if len(held) == 1 and isinstance(held[0], ast.Constant) else None


_PUT = """\
ADD = "INSERT INTO catches (boat, kilos) VALUES (?, ?)"


def store(db, catches):
    for one in catches:
        db.execute(ADD, (one.boat, one.kilos))
    db.commit()
"""

RECIPE = Recipe(
    name="execute-many",
    message="One call with all rows saves a round trip for each of them.",
    words=r"\bexecutemany\b|\bexecute_many\b",
    remedy=r"execute_?many",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "rows of what is gone over",
            asking("A query in a loop", "Use executemany", "port/store.py", "store"),
            {"port/store.py": _PUT},
            {"port/store.py": _PUT.replace(
                "    for one in catches:\n        db.execute(ADD, (one.boat, one.kilos))\n",
                "    db.executemany(ADD, [(one.boat, one.kilos) for one in catches])\n")},
        ),
        Example(
            "rows as they are, awaited",
            asking("A query in a loop", "A single executemany would do", "bank/book.py", "book"),
            {"bank/book.py": 'async def book(pool, rows):\n    for row in rows:\n'
             '        await pool.execute("UPDATE accounts SET held = $2 WHERE id = $1", row)\n'},
            {"bank/book.py": "async def book(pool, rows):\n    await pool.executemany("
             '"UPDATE accounts SET held = $2 WHERE id = $1", rows)\n'},
        ),
        Example(
            "a statement that is another one each time",
            asking("A query in a loop", "Use executemany", "port/store.py", "store"),
            {"port/store.py": _PUT.replace("(ADD, ", "(ADD + one.table, ")},
            refuses="another one in each turn",
        ),
        Example(
            "a query for rows",
            asking("A query in a loop", "Use executemany", "port/store.py", "store"),
            {"port/store.py": _PUT.replace("INSERT INTO catches (boat, kilos) VALUES (?, ?)",
                                            "SELECT kilos FROM catches WHERE boat = ?")},
            refuses="whether the statement gives rows",
        ),
    ),
)  # fmt: skip
