"""Tell tables of what was looked at, and registers of risks, from lists of findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import fault_words
from mendbook.intake.shapes.markdown.grids import is_graded
from mendbook.intake.shapes.rows import Row

FINDING = {
    *("finding", "issue", "problem", "vulnerability", "bug", "defect", "weakness", "gap"),
    *("befund", "mangel", "schwachstelle", "fehler", "problème", "constat", "faille", "hallazgo"),
    *("problema", "achado", "falha", "проблема", "находка", "problém", "nález", "问题", "漏洞"),
    *("発見", "問題", "문제"),
}
"""Names of columns that say that each row is a finding."""


def checked_column(rows: Sequence[Row]) -> str:
    """Return the column in which a table says what of all that was looked at works; else empty.

    Its cells begin with signs, some for good and some not, or all for good beside words that tell
    of no fault, and no column is named for findings::

        | Requirement    | State          | Where          |
        | Tides by month | ✅ present      | `tide/month.rs` |
        | Tides by moon  | ❌ not present  |                |
    """
    if len(rows) < _FEW or any(map(is_graded, rows)):
        return ""
    keys = list(dict.fromkeys(key for row in rows for key in row.values))
    named_so = any(_names_findings(key) for key in keys)
    for key in keys:
        applying = [row for row in rows if row.values.get(key)]
        cells = [str(row.values[key]).strip("* ") for row in applying]
        if named_so and (len(applying) == len(rows) or not all(map(_all_good, cells))):
            continue  # statuses of findings
        signs = [match["sign"] for cell in cells if (match := _SIGNED.match(cell))]
        mended = sum(_MENDED.match(cell) is not None for cell in cells)
        good = sum(sign in _GOOD for sign in signs)
        unfaulty = named_so or not any(map(_faulty, rows))
        mixed = 0 < good < len(signs) or (good == len(cells) > 0 and unfaulty)
        if len(signs) >= 0.8 * len(cells) and mixed and not mended:
            return key
    return ""


_FEW = 3
"""Rows from which a table looks at all there is."""
_GOOD = "✅✔☑✓"
_SIGNED = re.compile(r"(?P<sign>[✅✔☑✓⚠❌✗✘✖🟡🟠🔴🟢◐🔶🚧⏳⬜])\ufe0f?(?:\s|\Z|(?=\w))")
_MENDED = re.compile(
    r"[✅✔☑✓]\ufe0f?\s*\W*(?:fixed|resolved|closed|patched|mitigated|remediated|done|addressed|behoben"
    r"|erledigt|gelöst|corrigé|résolu|corregid|resuelt|corrigid|resolvid|risolto|исправлен|已修|已解|修正済"
    r"|解決済|수정|해결)",
    re.I,
)
"""A sign for good that says that what was wrong is mended."""


def _all_good(cell: str) -> bool:
    return cell[:1] in _GOOD


def _faulty(row: Row) -> bool:
    return fault_words(" ".join(map(str, row.values.values()))) > 0


def _names_findings(key: str) -> bool:
    plain = plain_key(key)
    return bool({plain, plain.removesuffix("s"), *plain.split()} & FINDING) or "问题" in plain


def is_good(row: Row, column: str) -> bool:
    """Tell whether a row says under ``column`` that what it names works, or is not there."""
    if column not in row.values:
        return True
    match = _SIGNED.match(str(row.values.get(column, "")).strip("* "))
    return match is not None and match["sign"] in _GOOD


def titled(row: Row, column: str) -> Row:
    """Return ``row`` with what it looks at for its headline, where no column is named for one."""
    fields = {name.field for key in row.values if (name := named(key)) and name.rank < 200}
    first = next((key for key in row.values if key != column and named(key) is None), "")
    if not column or "title" in fields or not first:
        return row
    values = {("title" if key == first else key): value for key, value in row.values.items()}
    return replace(row, values=values)


def registers_risks(rows: Sequence[Row]) -> bool:
    """Tell whether a table weighs risks by likelihood and impact, and says no place of any."""
    if not rows:
        return False
    fields = {name.field for row in rows for key in row.values if (name := named(key))}
    keys = {plain_key(key) for row in rows for key in row.values}
    weighed = "confidence" in fields and "impact" in fields
    return weighed and bool(keys & _RISKS) and not fields & {"file", "line", "evidence", "id"}


_RISKS = {
    *("risk", "risks", "threat", "risiko", "risiken", "risque", "risques", "riesgo", "riesgos"),
    *("risco", "riscos", "rischio", "rischi", "риск", "风险", "リスク", "위험"),
}


def lists_tasks(rows: Sequence[Row]) -> bool:
    """Tell whether a table is one of tasks: a column is named for them, and none for findings."""
    keys = {plain_key(key) for row in rows for key in row.values}
    words = {
        word for key in keys for word in (key, key.removesuffix(" id"), key.removesuffix("id"))
    }
    if any(map(_names_findings, keys)):
        return False
    return bool(words & _TASKS) or _orders(rows) or _only_solves(rows)


def _only_solves(rows: Sequence[Row]) -> bool:
    """Tell whether a table ranks solutions: no column says what is wrong, how bad, or where."""
    names = [name for row in rows for key in row.values if (name := named(key))]
    told = {name.field for name in names if name.rank < 200}
    return len(rows) >= _FEW and "fix" in told and not told & _SAYS


_SAYS = {"severity", "title", "problem", "file", "line", "evidence", "function"}


def _orders(rows: Sequence[Row]) -> bool:
    """Tell whether a table's first column is an order for the file beside it: ``Split``, ``Merge``.

    No column of it grades, numbers or describes what is wrong.
    """
    told = {name.field for row in rows for key in row.values if (name := named(key))}
    if len(rows) < _FEW or told & {"severity", "id", "title", "status"}:
        return False
    orders = [str(next(iter(row.values.values()))).strip("*`_ ") for row in rows]
    first = next(iter(rows[0].values))
    name = named(first)
    return (
        name is not None and name.field == "fix" and all(len(one.split()) <= _FEW for one in orders)
    )


_TASKS = {
    *(
        "task",
        "tasks",
        "work item",
        "action item",
        "deliverable",
        "milestone",
        "aufgabe",
        "aufgaben",
    ),
    *("arbeitspaket", "tâche", "tâches", "tarea", "tareas", "tarefa", "tarefas", "attività"),
    *("задача", "задачи", "任务", "任务名称", "タスク", "작업"),
}


def praises(row: Row) -> bool:
    """Tell whether a row's severity is praise: ``✅ Positive`` among grades."""
    return any(
        _PRAISE.fullmatch(str(value).strip("* ")) is not None
        for key, value in row.values.items()
        if (name := named(key)) and name.field == "severity"
    )


_PRAISE = re.compile(
    r"(?:[✅✔👍⭐🟢]\ufe0f?\s*)?(?:positive?s?|good|strengths?|praise|kudos|well done|excellent"
    r"|pass(?:ed)?|positiv|stärke|gut|positif|positivo|fuerte|bon|bom|优点|良好|正面|良い点|положительно)",
    re.I,
)
