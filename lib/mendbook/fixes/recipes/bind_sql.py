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
    """A call with SQL in a template: the call, the template, and what else it is given.

    ``name`` is what the call is given in the place of the template, where a variable holds that.
    """

    call: SgNode
    template: SgNode
    others: tuple[SgNode, ...]
    name: SgNode | None = None


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
    template = parts[0] if parts and parts[0].kind() == "template_string" else None
    if parts and parts[0].kind() == "identifier":
        template = _held(call, parts[0].text())
    if callee is None or template is None:
        return None
    name = re.sub(r"<.*>$", "", callee.text(), flags=re.DOTALL)
    inner = any(one.kind() == "template_substitution" for one in template.children())
    if not re.search(_METHODS, name) or not _SQL.match(template.text()[1:]) or not inner:
        return None
    held = None if template is parts[0] else parts[0]
    return _Query(call, template, tuple(parts[1:]), held)


def _held(call: SgNode, name: str) -> SgNode | None:
    """Return the template that a constant of the function around a call is; None for others.

    What reads the constant beside the call would get the text without its values.
    """
    home = next((one for one in call.ancestors() if one.kind() == "statement_block"), None)
    if home is None or len(find_all(home, "identifier", regex=f"^{re.escape(name)}$")) != 2:
        return None
    for one in find_all(home, "variable_declarator"):
        label, value = one.field("name"), one.field("value")
        if label is not None and label.text() == name and value is not None:
            return value if value.kind() == "template_string" else None
    return None


def _bind(task: Task, module: Module, query: _Query) -> RecipeChange | str:
    mark = _mark(task, module)
    if not mark:
        return "nothing shows which placeholders the database driver takes ($1 or ?)"
    given = _given(query, mark)
    if isinstance(given, str):
        return given
    count = len(given)
    answer = bound_text(
        _pieces(query.template), lambda n: f"${n + count}" if mark == "$" else "?", _joined
    )
    if isinstance(answer, str):
        return answer
    text, values = answer
    if other := _other_number(task.finding.fix, text):
        return f"the fix gives {other}, which stands elsewhere in the statement"
    values = _as_told(task.finding.fix, [*given, *values])
    new, listed = f"`{text}`", f"[{', '.join(values)}]"
    if query.others:
        edits = [replace(query.template, new), replace(query.others[0], listed)]
    elif query.name is not None:
        edits = [
            replace(query.template, new),
            replace(query.name, f"{query.name.text()}, {listed}"),
        ]
    else:
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


def _given(query: _Query, mark: str) -> list[str] | str:
    """Return the values that a statement is given already, or why there can be no more."""
    if not query.others:
        return []
    listed = query.others[0]
    if len(query.others) > 1 or listed.kind() != "array":
        return "the statement is given values beside its text in a way that is not a list"
    values = [one.text() for one in listed.named_children() if one.kind() != "comment"]
    numbers = {int(one) for one in re.findall(r"\$(\d+)\b(?!\{)", query.template.text())}
    if mark != "$" or numbers != set(range(1, len(values) + 1)):
        return "the statement is given values, and which placeholder takes which is not plain"
    return values


_NUMBERED = re.compile(r"(?P<column>\w+)\s*(?:as|[<>=!]+|(?i:i?like))\s*(?P<mark>\$\d+)\b(?!\{)")


def _other_number(fix: str, text: str) -> str:
    """Return a placeholder that the fix gives a column, and the statement another; else nothing."""
    for told in _NUMBERED.finditer(fix):
        column = re.escape(told["column"])
        if re.search(rf"\b{column}\b\s*\S+\s*\$\d", text, re.IGNORECASE) and not re.search(
            rf"\b{column}\b\s*\S+\s*{re.escape(told['mark'])}(?!\d)", text, re.IGNORECASE
        ):
            return f"{told['column']} {told['mark']}"
    return ""


def _as_told(fix: str, values: list[str]) -> list[str]:
    """Return the values as the fix lists them, where each is the one that is written in.

    *[zone, since]* is told for ``zone`` and ``since.toISOString()``: the driver types a value.
    """
    for told in re.finditer(r"\[(?P<values>[^\[\]]+)\]", fix):
        listed = [one.strip() for one in told["values"].split(",")]
        same = len(listed) == len(values) and all(
            one == value or value.startswith(f"{one}.")
            for one, value in zip(listed, values, strict=True)
        )
        if same:
            return listed
    return values


def _mark(task: Task, module: Module) -> str:
    """Return ``$`` or ``?`` as the fix, the file, its driver or the other queries have it."""
    said = task.finding.fix
    if re.search(r"\$\d", said) or re.search(r"=\s*\?|\(\?", said):
        return "$" if re.search(r"\$\d", said) else "?"
    loaded = {one.specifier.split("/")[0] for one in imports(module)}
    known = {_DRIVERS[name] for name in loaded if name in _DRIVERS}
    manifest = task.snapshot.get("package.json") or ""
    known = known or {sign for name, sign in _DRIVERS.items() if f'"{name}"' in manifest}
    if not known and re.search(r"[=(,\s]\$\d\b(?!\{)", module.text):
        return "$"
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
_NEWEST = """\
export async function newest(pool, barn, most) {
  const found = await pool.query(
    `SELECT id FROM bales WHERE barn = '${barn}' ORDER BY id DESC LIMIT $1`,
    [most],
  );
  return found.rows;
}
"""
_SINCE = """\
export async function since(pool, barn, day) {
  const sql = `SELECT id FROM bales
    WHERE barn = '${barn}' AND day >= '${day.toISOString()}'`;
  return (await pool.query(sql)).rows;
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
            "values beside those that are bound already",
            asking("SQL injection", "Bind barn too: barn = $2", "lib/bales.js", "newest"),
            {"lib/bales.js": _NEWEST},
            {"lib/bales.js": _NEWEST.replace("'${barn}'", "$2").replace("[most]", "[most, barn]")},
        ),
        Example(
            "a statement that a constant holds, and the values as the fix lists them",
            asking(
                "SQL injection",
                "Bind barn as $1 and day as $2 and hand [barn, day] to pool.query",
                "lib/bales.js",
                "since",
            ),
            {"lib/bales.js": _SINCE},
            {
                "lib/bales.js": _SINCE.replace("'${barn}'", "$1")
                .replace("'${day.toISOString()}'", "$2")
                .replace("query(sql)", "query(sql, [barn, day])")
            },
        ),
        Example(
            "another number than the statement can have",
            asking("SQL injection", "Bind barn as $1", "lib/bales.js", "newest"),
            {"lib/bales.js": _NEWEST},
            refuses="the fix gives barn $1",
        ),
        Example(
            "a constant that something else reads",
            asking("SQL injection", "Bind barn as $1 and day as $2", "lib/bales.js", "since"),
            {"lib/bales.js": _SINCE.replace("  return", "  log(sql);\n  return")},
            refuses="no SQL with values",
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
