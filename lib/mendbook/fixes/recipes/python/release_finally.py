"""Release what was acquired on every way out: in a ``finally`` block."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, apply, indent, line_start, step
from mendbook.code.python_source import PythonFile, dotted, indented, names
from mendbook.fixes.claim import claim
from mendbook.fixes.one_statement import rewrite_one
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import RELEASED
from mendbook.fixes.task import Task
from mendbook.model import Operation

_RELEASES = re.compile(
    r"_?(release|close|aclose|unlock|dispose|disconnect|free|quit|rollback|shutdown|terminate"
    r"|unsubscribe|stop|cleanup|clean_up|teardown|delete_lock)\w*"
)


def _rewrite(task: Task) -> RecipeChange | str:
    if re.search(r"\bwith\b.{0,20}\b(open|statement|block)|context manager", task.finding.fix):
        return "the fix asks for a with statement"
    return rewrite_one(
        task,
        lambda block, one: _release(one) is not None and _work(block, one),
        _wrap,
        none="no call that releases something stands behind work in the code that is named",
        several="several things are released there, and the finding does not say which",
    )


def _release(statement: ast.stmt) -> ast.Call | None:
    value = statement.value if isinstance(statement, ast.Expr) else None
    call = value.value if isinstance(value, ast.Await) else value
    if not isinstance(call, ast.Call):
        return None
    last = dotted(call.func).rpartition(".")[2]
    return call if _RELEASES.fullmatch(last) else None


def _work(block: list[ast.stmt], statement: ast.stmt) -> list[ast.stmt]:
    """Return the statements between the acquisition and the release; none where it is unclear."""
    above = block[: block.index(statement)]
    used = names(statement)
    acquired = [at for at, one in enumerate(above) if _assigned(one) & used]
    if not acquired:
        return []
    work = above[acquired[-1] + 1 :]
    acquired_names = _assigned(above[acquired[-1]])
    while work and _guards(work[0], acquired_names):
        work = work[1:]
    return work


def _assigned(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {name for one in targets for name in names(one)}


def _guards(statement: ast.stmt, acquired_names: set[str]) -> bool:
    """Tell whether the statement leaves when nothing was acquired."""
    leaves = isinstance(statement, ast.If) and isinstance(
        statement.body[-1], (ast.Return, ast.Raise, ast.Continue)
    )
    return leaves and isinstance(statement, ast.If) and bool(names(statement.test) & acquired_names)


def _wrap(file: PythonFile, block: list[ast.stmt], statement: ast.stmt) -> RecipeChange | str:
    work = _work(block, statement)
    below = block[block.index(statement) + 1 :]
    if any(isinstance(one, ast.Try) for one in work):
        return "a try statement stands there already"
    if (
        file.line(file.span(work[0])[0]) == file.line(file.span(block[0])[0])
        and work[0] is not block[0]
    ):
        return "several statements stand on one line"
    text, begin = file.text, line_start(file.text, file.span(work[0])[0])
    margin, tab = indent(text, file.span(work[0])[0]), step(text)
    inner = indented(file, work, tab)
    release = indented(file, [statement], tab)
    new = f"{margin}try:\n{inner}\n{margin}finally:\n{release}"
    edit = Edit(begin, file.span(statement)[1], new)
    called = file.source(statement)
    return RecipeChange(
        summary=f"Call {called} on every way out"[:72],
        edits={file.path: apply(text, [edit])},
        risk="It is now released when the work raises, too"
        + ("; what follows runs only after it." if below else "."),
        contracts=(
            claim(
                file.path,
                text,
                [edit],
                Operation.WRAP,
                f"call `{called}` in a finally block",
                ["try:", "finally:"],
            ),
        ),
    )


_COUNT = """\
def count(pool, day):
    cursor = pool.cursor()
    cursor.execute("select 1", (day,))
    rows = cursor.fetchall()
    cursor.close()
    return len(rows)
"""
_FURNACE = '''\
class Furnace:
    async def fire(self, kiln):
        key = await self.locks.take(kiln)
        if key is None:
            return False
        await self.heat(kiln, """
            slowly
        """)
        await self.locks.release(key)
        return True
'''

RECIPE = Recipe(
    name="release-finally",
    message="What is acquired must be released when the work fails, too.",
    words=r"\bfinally\b|(not|never) (released|closed|unlocked)"
    r"|(leak|stay)s?\b.{0,40}(raise|fail|error|exception)",
    remedy=rf"\bwith\b|context|{RELEASED}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a cursor",
            asking("The cursor leaks on errors", "Use try/finally", "zoo/count.py", "count"),
            {"zoo/count.py": _COUNT},
            {
                "zoo/count.py": """\
def count(pool, day):
    cursor = pool.cursor()
    try:
        cursor.execute("select 1", (day,))
        rows = cursor.fetchall()
    finally:
        cursor.close()
    return len(rows)
"""
            },
        ),
        Example(
            "a lock, behind the check that it was got; a text of several lines stays as it is",
            asking("The lock stays when heating fails", "Use finally", "kiln.py", "Furnace.fire"),
            {"kiln.py": _FURNACE},
            {
                "kiln.py": '''\
class Furnace:
    async def fire(self, kiln):
        key = await self.locks.take(kiln)
        if key is None:
            return False
        try:
            await self.heat(kiln, """
            slowly
        """)
        finally:
            await self.locks.release(key)
        return True
'''
            },
        ),
        Example(
            "a try statement that is there stays",
            asking("The cursor leaks on errors", "Use try/finally", "zoo/count.py", "count"),
            {
                "zoo/count.py": "def count(pool):\n    cursor = pool.cursor()\n    try:\n"
                "        work(cursor)\n    except ValueError:\n        pass\n    cursor.close()\n"
            },
            refuses="a try statement stands there already",
        ),
        Example(
            "what was not acquired here stays",
            asking("Not closed on errors", "Use finally", "a.py", "f"),
            {"a.py": "def f(cursor):\n    work(cursor)\n    cursor.close()\n"},
            refuses="no call that releases something",
        ),
    ),
)
