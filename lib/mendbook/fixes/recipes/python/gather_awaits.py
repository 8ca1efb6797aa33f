"""Await independent calls together with ``asyncio.gather``."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import takewhile

from mendbook.code.edits import Edit, apply, indent, step
from mendbook.code.python_source import (
    PythonFile,
    blocks,
    bound,
    dotted,
    function_of,
    import_module,
    names,
)
from mendbook.fixes.changing_calls import changes_something, one_at_a_time
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import python_meant, python_scopes, python_targets
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import AT_ONCE
from mendbook.fixes.task import Task
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no two awaited calls stand side by side in the Python code that the finding names"
    if re.search(r"allSettled|return_exceptions", task.finding.fix):
        return "results and exceptions in one list would need new code where they are used"
    for file in python_targets(task):
        for scope in python_scopes(task, file):
            for run in _runs(scope):
                meant = python_meant(run, file, task)
                if len(meant) < 2:
                    continue
                reason = _dependent(file, meant)
                if not reason:
                    return _change(file, meant)
    return reason


def _runs(scope: ast.AST) -> list[list[ast.Assign]]:
    """Return the runs of two and more statements ``name = await call(…)``."""
    runs: list[list[ast.Assign]] = []
    for block in blocks(scope):
        rest: Sequence[ast.stmt] = block
        while rest:
            run = [one for one in takewhile(_is_step, rest) if isinstance(one, ast.Assign)]
            runs += [run] if len(run) > 1 else []
            rest = rest[max(1, len(run)) :]
    return runs


def _is_step(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return False
    value = statement.value
    one = isinstance(statement.targets[0], ast.Name)
    return one and isinstance(value, ast.Await) and isinstance(value.value, ast.Call)


def _call(step_: ast.Assign) -> ast.Call:
    awaited = step_.value
    if not isinstance(awaited, ast.Await) or not isinstance(awaited.value, ast.Call):
        raise TypeError("not a step")
    return awaited.value


def _name(step_: ast.Assign) -> str:
    target = step_.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _dependent(file: PythonFile, run: Sequence[ast.Assign]) -> str:
    """Return why the calls may depend on each other; empty when nothing says that they do."""
    taken: set[str] = set()
    for one in run:
        call = _call(one)
        if shared := taken & (names(call) | {_name(one)}):
            return f"a later call uses {', '.join(sorted(shared))}, which an earlier one gives"
        taken.add(_name(one))
        callee = dotted(call.func)
        if not callee:
            return "one of the calls is made on a value that is computed first"
        if word := changes_something(callee):
            return f"{callee} may change what the others read ({word})"
        if receiver := one_at_a_time(callee):
            return f"{receiver} serves one call at a time"
        inner = [node for node in ast.walk(call) if isinstance(node, (ast.Call, ast.Await))]
        if len(inner) > 1:
            return f"an argument of {callee} is computed by another call"
    function = function_of(file.tree, run[0])
    if function is not None and "asyncio" in bound(function):
        return "asyncio means something else in the function"
    return ""


def _change(file: PythonFile, run: Sequence[ast.Assign]) -> RecipeChange:
    first, last = file.span(run[0])[0], file.span(run[-1])[1]
    margin, tab = indent(file.text, first), step(file.text)
    lines = [f"{', '.join(_name(one) for one in run)} = await asyncio.gather("]
    for above, one in zip([None, *run], run, strict=False):
        if above is not None:
            between = file.text[file.span(above)[1] : file.span(one)[0]].strip()
            comments = [line.strip() for line in between.splitlines() if line.strip()]
            lines += [f"{margin}{tab}{line}" for line in comments]
        call = file.source(_call(one)).replace("\r\n", "\n").replace("\n", f"\n{tab}")
        lines.append(f"{margin}{tab}{call},")
    edit = Edit(first, last, "\n".join([*lines, f"{margin})"]))
    calls = [file.source(_call(one)) for one in run]
    read_as = f"await {len(run)} independent calls together with asyncio.gather"
    return RecipeChange(
        summary="Await independent calls together",
        edits={file.path: apply(file.text, [edit, *import_module(file, "asyncio")])},
        why="No call uses what another gives, so they need not queue.",
        risk="All calls are under way at once, so their order is open; when one fails, the "
        "others run on.",
        contracts=(
            claim(
                file.path,
                file.text,
                [edit],
                Operation.WRAP,
                read_as,
                ["await asyncio.gather("],
                [f"await {call}" for call in calls],
            ),
        ),
    )


_QUAY = '''\
"""Quay board."""

import logging


async def board(source, quay):
    ships = await source.ships(quay)
    # From the harbour master
    tides = await source.tide_table(
        quay,
        days=2,
    )
    logging.info("%d", len(ships))
    return ships, tides
'''
_GATHERED = '''\
"""Quay board."""

import asyncio
import logging


async def board(source, quay):
    ships, tides = await asyncio.gather(
        source.ships(quay),
        # From the harbour master
        source.tide_table(
            quay,
            days=2,
        ),
    )
    logging.info("%d", len(ships))
    return ships, tides
'''
_PATIENT = """\
from __future__ import annotations

class Chart:
    async def page(self, number):
        person = await self.people.find(number)
        results = await self.labs.results(number)
        return {"person": person, "results": results}
"""

RECIPE = Recipe(
    name="gather-awaits",
    message="Calls that do not need each other need not wait for each other.",
    words=r"\bgather\b|TaskGroup|concurrent|parallel|sequential(ly)? await|await\w* (one|in seq)"
    r"|at once|at the same time|simultaneous|independent|depend on (each|one an)other",
    remedy=rf"\bgather|TaskGroup|{AT_ONCE}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "independent reads of a board",
            asking("Two awaits in sequence", "Use asyncio.gather", "app/quay.py", "board"),
            {"app/quay.py": _QUAY},
            {"app/quay.py": _GATHERED},
        ),
        Example(
            "a method, below the imports of the future",
            asking("Sequential awaits", "Run them concurrently", "chart.py", "Chart.page"),
            {"chart.py": _PATIENT},
            {
                "chart.py": """\
from __future__ import annotations

import asyncio


class Chart:
    async def page(self, number):
        person, results = await asyncio.gather(
            self.people.find(number),
            self.labs.results(number),
        )
        return {"person": person, "results": results}
"""
            },
        ),
        Example(
            "what one gives the other needs",
            asking("Sequential awaits", "Use asyncio.gather", "chart.py", "Chart.page"),
            {"chart.py": _PATIENT.replace("results(number)", "results(person)")},
            refuses="a later call uses person",
        ),
        Example(
            "a call that writes keeps its place",
            asking("Sequential awaits", "Use asyncio.gather", "chart.py", "Chart.page"),
            {"chart.py": _PATIENT.replace("labs.results", "labs.update_results")},
            refuses="may change what the others read (update)",
        ),
        Example(
            "one connection answers one question at a time",
            asking("Sequential awaits", "Use asyncio.gather", "chart.py", "Chart.page"),
            {"chart.py": _PATIENT.replace("labs.", "session.")},
            refuses="session serves one call at a time",
        ),
    ),
)
