"""Bind values as parameters of a query, instead of writing them into its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import apply, end, indent, replace, start
from mendbook.code.module_text import Module, imports
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one
from mendbook.fixes.claim import claim
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import BOUND
from mendbook.fixes.sql import WORDS, Piece, bound_text, headline
from mendbook.fixes.task import Task
from mendbook.model import Operation

_METHODS = r"\.(query|execute|one|many|any|oneOrNone|manyOrNone|none|all|get|run)$"
_SQL = re.compile(r"^\W*(select|insert|update|delete|with|merge)\b", re.IGNORECASE)
_DRIVERS = {"pg": "$", "pg-promise": "$", "postgres": "$", "mysql": "?", "mysql2": "?"}


@dataclass(frozen=True, slots=True)
class _Query:
    """A call with SQL in a template: the call, the template, and what else it is given."""

    call: SgNode
    template: SgNode
    others: tuple[SgNode, ...]


def _rewrite(task: Task) -> RecipeChange | str:
    return change_of_one(
        task,
        _queries,
        lambda query: query.template,
        lambda module, query: _bind(task, module, query),
        none="no SQL with values written into it stands in the code that the finding names",
        several="several statements are built there, and the finding does not say which",
    )


def _queries(scope: SgNode) -> list[_Query]:
    calls = find_all(scope, "call_expression")
    return [query for node in calls if (query := _query(node)) is not None]


def _query(call: SgNode) -> _Query | None:
    callee, given = call.field("function"), call.field("arguments")
    parts = [one for one in given.named_children() if one.kind() != "comment"] if given else []
    if callee is None or not parts or parts[0].kind() != "template_string":
        return None
    name = re.sub(r"<.*>$", "", callee.text(), flags=re.DOTALL)
    inner = any(one.kind() == "template_substitution" for one in parts[0].children())
    if not re.search(_METHODS, name) or not _SQL.match(parts[0].text()[1:]) or not inner:
        return None
    return _Query(call, parts[0], tuple(parts[1:]))


def _bind(task: Task, module: Module, query: _Query) -> RecipeChange | str:
    if query.others:
        return "the statement is given values beside its text already"
    mark = _mark(task, module)
    if not mark:
        return "nothing shows which placeholders the database driver takes ($1 or ?)"
    answer = bound_text(_pieces(query.template), lambda n: f"${n}" if mark == "$" else "?", _joined)
    if isinstance(answer, str):
        return answer
    text, values = answer
    new, listed = f"`{text}`", f"[{', '.join(values)}]"
    at = start(query.template)
    above = module.text[module.text.rfind("\n", 0, at) + 1 : at]
    gap = " " if above.strip() else f"\n{indent(module.text, at)}"
    edits = [replace(query.template, f"{new},{gap}{listed}")]
    return RecipeChange(
        summary=headline(values),
        edits={module.path: apply(module.text, edits)},
        risk="The database now types the values itself; a value of another type than its column "
        "may be refused.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"use placeholders and pass {listed}",
                [new, listed],
                [query.template.text()],
            ),
        ),
    )


def _mark(task: Task, module: Module) -> str:
    """Return ``$`` or ``?`` as the fix, the file, its driver or the other queries have it."""
    said = task.finding.fix
    if re.search(r"\$\d", said) or re.search(r"=\s*\?|\(\?", said):
        return "$" if re.search(r"\$\d", said) else "?"
    loaded = {one.specifier.split("/")[0] for one in imports(module)}
    known = {_DRIVERS[name] for name in loaded if name in _DRIVERS}
    manifest = task.snapshot.get("package.json") or ""
    known = known or {sign for name, sign in _DRIVERS.items() if f'"{name}"' in manifest}
    if len(known) == 1:
        return known.pop()
    others = [task.snapshot.text(path) for path in task.snapshot.files if path.endswith(SCRIPTS)]
    numbered = any(re.search(r"\.query\b[^;]*=\s*\$1\b", text) for text in others)
    return "$" if numbered else ""


def _pieces(template: SgNode) -> list[Piece]:
    """Return the template's text and the expressions in it, in order."""
    pieces: list[Piece] = []
    text = template.text()
    base, at = start(template), 1
    for one in template.children():
        if one.kind() == "template_substitution":
            pieces.append(Piece(text[at : start(one) - base]))
            pieces.append(Piece(one.text()[2:-1].strip(), is_value=True))
            at = end(one) - base
    return [*pieces, Piece(text[at:-1])]


def _joined(before: str, value: str, after: str) -> str:
    return value if not before and not after else f"`{before}${{{value}}}{after}`"


_DOCKS = """\
import { Pool } from 'pg';

const pool = new Pool();

export async function docks(harbour: string, name: string) {
  const found = await pool.query(
    `SELECT id FROM docks WHERE harbour = '${harbour}' AND name LIKE '%${name}%'`,
  );
  return found.rows;
}
"""
_SILOS = """\
export function hives (db, yard, most) {
  return db.query(`SELECT id FROM hives WHERE yard = '${yard}' AND full < ${most}`)
}
"""
_BEES = """\
const mysql = require('mysql2/promise')

async function hives (db, yard, most) {
  return db.execute(`SELECT * FROM hives WHERE yard = ${yard.id} LIMIT ${most}`)
}
"""

RECIPE = Recipe(
    name="bind-sql",
    message="A value that is written into SQL can be SQL itself.",
    words=WORDS,
    remedy=BOUND,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "quoted values and a pattern, by number",
            asking("SQL injection", "Use a parameterised query", "src/docks.ts", "docks"),
            {"src/docks.ts": _DOCKS},
            {
                "src/docks.ts": _DOCKS.replace("'${harbour}'", "$1").replace(
                    "'%${name}%'`,", "$2`,\n    [harbour, `%${name}%`],"
                )
            },
        ),
        Example(
            "the numbers that the fix gives",
            asking(
                "Built from what users type",
                "Bind yard and most as $1 and $2",
                "lib/hives.js",
                "hives",
            ),
            {"lib/hives.js": _SILOS},
            {
                "lib/hives.js": _SILOS.replace(
                    "`SELECT id FROM hives WHERE yard = '${yard}' AND full < ${most}`",
                    "`SELECT id FROM hives WHERE yard = $1 AND full < $2`, [yard, most]",
                )
            },
        ),
        Example(
            "question marks, as the fix writes them",
            asking("SQL injection", "Use placeholders: yard = ?", "lib/hives.js", "hives"),
            {"lib/hives.js": _BEES},
            {
                "lib/hives.js": _BEES.replace(
                    "= ${yard.id} LIMIT ${most}`", "= ? LIMIT ?`, [yard.id, most]"
                )
            },
        ),
        Example(
            "bound, in other words, where nothing speaks of SQL",
            asking(
                "The yard is pasted into the statement",
                "Pass both as bound values of the statement, e.g. yard = ?",
                "lib/hives.js",
                "hives",
            ),
            {"lib/hives.js": _BEES},
            {
                "lib/hives.js": _BEES.replace(
                    "= ${yard.id} LIMIT ${most}`", "= ? LIMIT ?`, [yard.id, most]"
                )
            },
        ),
        Example(
            "the name of a table is no value",
            asking("SQL injection", "Use a parameterised query", "src/docks.ts", "docks"),
            {"src/docks.ts": _DOCKS.replace("FROM docks", "FROM ${table}")},
            refuses="no placeholder can stand for table",
        ),
        Example(
            "an unknown driver",
            asking("SQL injection", "Use a parameterised query", "src/docks.ts", "docks"),
            {"src/docks.ts": _DOCKS.replace("'pg'", "'./own-driver'")},
            refuses="which placeholders",
        ),
    ),
)
