"""Await at once what a loop awaits in turn, in one list of the same order."""

from __future__ import annotations

import ast

from mendbook.code.python_source import PythonFile, dotted, import_module
from mendbook.fixes.changing_calls import changes_something, one_at_a_time
from mendbook.fixes.loop_change import change_of_loop, in_place_of, lead_of
from mendbook.fixes.python_loops import (
    Loop,
    appended,
    head,
    is_empty_list,
)
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import AT_ONCE
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> RecipeChange | str:
    return change_of_loop(
        task, _change, "no loop that fills a list with what it awaits stands in the code named"
    )


def _change(file: PythonFile, loop: Loop) -> RecipeChange | str:
    name, value = loop.begun()
    if not name or not is_empty_list(value) or loop.before is None:
        return "no list is begun right before the loop"
    item = appended(loop, loop.node.body, name)
    if not isinstance(item, ast.Await) or not isinstance(item.value, ast.Call):
        return "a turn of the loop does more than to await one call and to keep what it gives"
    call = item.value
    callee = dotted(call.func)
    inner = [one for one in ast.walk(call) if isinstance(one, ast.Await)]
    if not callee or inner:
        return "the call is made on a value that is computed first"
    if callee.split(".")[0] == name:
        return "a turn of the loop reads what the turns before it made"
    if word := changes_something(callee):
        return f"{callee} may change what the others read ({word})"
    if receiver := one_at_a_time(callee):
        return f"{receiver} serves one call at a time"
    gathered = f"await asyncio.gather(*({file.source(call)} {head(file, loop)}))"
    return in_place_of(
        file,
        [loop.before, loop.node],
        f"{lead_of(file, loop.before)} {gathered}",
        summary=f"Await all of {file.source(loop.node.iter)} at once",
        adds=gathered,
        risk="All calls are under way at once; when one fails, the others run on.",
        beside=import_module(file, "asyncio"),
    )


_ROUND = """\
async def round_trip(probe, wells):
    depths = []
    for well in wells:
        depths.append(await probe.depth(well))
    return depths
"""

RECIPE = Recipe(
    name="gather-loop",
    message="Turns of a loop that do not need each other need not wait for each other.",
    words=r"\bgather\b|concurrent|parallel|one (?:by|after) (?:one|another)|at once|in turn"
    r"|sequential",
    remedy=rf"\bgather|{AT_ONCE}",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "a list of readings",
            asking("Awaits in a loop", "Use asyncio.gather", "field/round.py", "round_trip"),
            {"field/round.py": f"import asyncio\n\n\n{_ROUND}"},
            {"field/round.py": "import asyncio\n\n\nasync def round_trip(probe, wells):\n"
             "    depths = await asyncio.gather(*(probe.depth(well) for well in wells))\n"
             "    return depths\n"},
        ),
        Example(
            "a name in between, a pair, and a new import",
            asking("One after another", "Ask for all prices at the same time", "shop/prices.py"),
            {"shop/prices.py": "async def prices(api, rows):\n    held: list[int] = []\n"
             "    for shop, item in rows:\n        price = await api.price(shop, item)\n"
             "        held.append(price)\n    return sum(held)\n"},
            {"shop/prices.py": "import asyncio\n\n\nasync def prices(api, rows):\n"
             "    held: list[int] = await asyncio.gather("
             "*(api.price(shop, item) for shop, item in rows))\n    return sum(held)\n"},
        ),
        Example(
            "a loop that stops",
            asking("Awaits in a loop", "Use asyncio.gather", "field/round.py", "round_trip"),
            {"field/round.py": _ROUND.replace(
                "        depths.append(await probe.depth(well))\n",
                "        depth = await probe.depth(well)\n        if depth is None:\n"
                "            break\n        depths.append(depth)\n")},
            refuses="does more than to await",
        ),
        Example(
            "a connection that serves one call at a time",
            asking("Awaits in a loop", "Use asyncio.gather", "field/round.py", "round_trip"),
            {"field/round.py": _ROUND.replace("probe.depth", "session.depth")},
            refuses="one call at a time",
        ),
    ),
)  # fmt: skip
