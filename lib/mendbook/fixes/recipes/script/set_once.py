"""Ask a set that is built once whether it holds something, not a list in each turn of a loop."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, before_line, indent, replace, start
from mendbook.code.functions import function_around
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.given_names import given_name
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.repeated_work import is_changed, is_spelled, place_before, turns_around
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_CUE = r"(?-i:\bSets?\b)"


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, _CUE) or is_left_open(fix):
        return "the fix asks for something else than a set, or leaves it open"
    reason = "no includes of a list by name stands in the code that the finding names"
    for module in targets(task):
        found = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "call_expression")
            if _rows(node)
        ]
        chosen = meant(found, module, task.finding)
        rows = {_rows(one) for one in chosen}
        if len(rows) == 1:
            answer = _change(task, module, chosen)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
        elif rows:
            reason = "several lists are asked there, and the finding does not say which"
    return reason


def _rows(call: SgNode) -> str:
    """Return the list of ``rows.includes(one)``; empty for another call."""
    callee, given = call.field("function"), call.field("arguments")
    method = callee.field("property") if callee is not None else None
    owner = callee.field("object") if callee is not None else None
    if method is None or owner is None or given is None or method.text() != "includes":
        return ""
    plain = re.fullmatch(r"[\w$]+(?:\.[\w$]+)*", owner.text())
    return owner.text() if plain and len(given.named_children()) == 1 else ""


def _change(task: Task, module: Module, calls: list[SgNode]) -> RecipeChange | str:
    rows = _rows(calls[0])
    name = given_name(task.finding.fix, module.text)
    if not name:
        return "the fix gives the set no name"
    spelled = re.escape(rows.rpartition(".")[2])
    if re.search(rf"(?<![\w$]){spelled}\??\s*:\s*string\b(?!\[)", module.text):
        return f"{rows} is a text, and no list"
    loops = [turns_around(one, rows.split(".")[0]) for one in calls]
    first = loops[0]
    if first is None or any(one != first for one in loops):
        return f"{rows} is asked once there: no loop repeats it"
    place = place_before(first)
    if place is None:
        return "the function is a bare expression, so nothing can stand before the loop"
    if is_changed(first.text(), rows):
        return f"{rows} is changed in the loop, which a set made before would not show"
    if is_spelled(function_around(place) or module.root, name):
        return f"{name} is another one there"
    made = f"const {name} = new Set({rows})"
    line = f"{indent(module.text, start(place))}{made}{semicolon(module)}\n"
    edits = [before_line(module.text, start(place), line)]
    for call in calls:
        callee = call.field("function")
        if callee is not None:
            edits.append(replace(callee, f"{name}.has"))
    return RecipeChange(
        summary=f"Ask a set of {rows}",
        edits={module.path: apply(module.text, edits)},
        why="The list is gone through once, not once in each turn of the loop.",
        contracts=(
            claim(module.path, module.text, edits, Operation.REPLACE,
                  f"build the set `{name}` once and ask it with has", [made, f"{name}.has("],
                  [f"{rows}.includes("]),
        ),
    )  # fmt: skip


_STALLS = """\
export function free(all: string[], sold: string[]): string[] {
  return all.filter((stall) => !sold.includes(stall));
}
"""
_GUESTS = """\
function come (guests, list) {
  let n = 0
  for (const guest of guests) {
    if (list.names.includes(guest.name)) n += 1
  }
  return n
}
"""
_ASKED = asking("O(n*m)", "Build a Set soldStalls first and use has", "src/stalls.ts", "free")

RECIPE = Recipe(
    name="set-once",
    message="A list that is asked in each turn of a loop is gone through each time.",
    words=_CUE,
    remedy=_CUE,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a list that is a parameter",
            _ASKED,
            {"src/stalls.ts": _STALLS},
            {
                "src/stalls.ts": _STALLS.replace(
                    "  return", "  const soldStalls = new Set(sold);\n  return"
                ).replace("sold.includes(stall)", "soldStalls.has(stall)")
            },
        ),
        Example(
            "a list of an object, in a loop",
            asking("Linear search", "const invited = new Set(list.names) before the loop",
                   "web/guests.js", "come"),
            {"web/guests.js": _GUESTS},
            {
                "web/guests.js": _GUESTS.replace(
                    "  for (", "  const invited = new Set(list.names)\n  for ("
                ).replace("list.names.includes(", "invited.has(")
            },
        ),
        Example(
            "a list that the loop fills",
            _ASKED,
            {
                "src/stalls.ts": _STALLS.replace(
                    "!sold.includes(stall)", "!sold.includes(stall) && sold.push(stall) > 0"
                )
            },
            refuses="changed in the loop",
        ),
        Example(
            "a text is no list",
            _ASKED,
            {"src/stalls.ts": _STALLS.replace("sold: string[]", "sold: string")},
            refuses="is a text",
        ),
    ),
)  # fmt: skip
