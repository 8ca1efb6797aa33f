"""Ask a Set, where a local array is only ever asked whether it holds something."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, replace
from mendbook.code.exports import exports
from mendbook.code.functions import function_around
from mendbook.code.module_text import Module, uses
from mendbook.code.search import find_all
from mendbook.code.trees import is_untyped
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import MEMBERSHIP
from mendbook.fixes.task import Task
from mendbook.fixes.words import fragments
from mendbook.model import Operation

_MAKES = re.compile(
    r"\.(map|filter|flatMap|flat|concat|slice|split|sort|reverse|toSorted)\((?:[^()]|\([^()]*\))*\)$"
    r"|^(Object\.(keys|values|entries)|Array\.from|Array\.of)\(",
    re.DOTALL,
)


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no array that is only asked for membership is named by the finding"
    finding = task.finding
    said = "\n".join([finding.fix, finding.problem, *fragments(finding)])
    for module in targets(task):
        for scope in [*scopes(task, module), module.root]:
            for declarator in find_all(scope, "variable_declarator"):
                label = declarator.field("name")
                name = label.text() if label is not None and label.kind() == "identifier" else ""
                if not name or not re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", said):
                    continue
                answer = _convert(module, declarator, name)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer or reason
    return reason


def _convert(module: Module, declarator: SgNode, name: str) -> RecipeChange | str:
    value, statement = declarator.field("value"), declarator.parent()
    if value is None or statement is None or not _is_array(value):
        return ""
    if not statement.text().startswith("const "):
        return f"{name} may be given another array later"
    function = function_around(declarator)
    if function is None and name in exports(module):
        return f"{name} is exported, so others may use it as an array"
    scope = function if function is not None else module.root
    edits: list[Edit] = []
    asked = False
    for use in uses(scope, name):
        if use == declarator.field("name"):
            continue
        edit = _use(use)
        if isinstance(edit, str):
            return f"{name} is not only asked for membership: {edit}"
        asked |= edit.text == "has"
        edits.append(edit)
    if not asked:
        return f"{name} is never asked for membership"
    return _change(module, name, declarator, edits)


def _is_array(value: SgNode) -> bool:
    constructs = value.kind() == "call_expression" and _MAKES.search(value.text()) is not None
    return value.kind() == "array" or constructs


def _use(use: SgNode) -> Edit | str:
    """Return the edit that this use needs, or what it does instead of asking."""
    line = f"line {use.range().start.line + 1} uses it otherwise"
    member = use.parent()
    prop = member.field("property") if member is not None else None
    if member is None or prop is None or member.field("object") != use:
        return line
    call = member.parent()
    given = call.field("arguments") if call is not None else None
    if call is None or given is None or call.field("function") != member:
        return line
    statement = call.parent()
    alone = statement is not None and statement.kind() == "expression_statement"
    if prop.text() == "includes" and len(given.named_children()) == 1:
        return replace(prop, "has")
    if prop.text() == "push" and len(given.named_children()) == 1 and alone:
        inner = given.named_children()[0].kind()
        return line if inner == "spread_element" else replace(prop, "add")
    return line


def _change(module: Module, name: str, declarator: SgNode, edits: list[Edit]) -> RecipeChange | str:
    value, typed = declarator.field("value"), declarator.field("type")
    text = value.text() if value is not None else ""
    if typed is not None:
        said = re.fullmatch(r":\s*(readonly\s+)?(.+)\[\]", typed.text(), re.DOTALL)
        if said is None:
            return f"the type {typed.text().lstrip(': ')} is not that of a plain array"
        inner = re.sub(r"^\((.*)\)$", r"\1", said[2], flags=re.DOTALL)
        edits = [*edits, replace(typed, f": {'Readonly' if said[1] else ''}Set<{inner}>")]
    elif text == "[]" and not is_untyped(module.path):
        return f"{name} has no declared type, so a Set of it would hold what is unknown"
    new_set = "new Set()" if text == "[]" else f"new Set({text})"
    if value is None:
        return f"{name} has no value"
    edits = [*edits, replace(value, new_set)]
    return RecipeChange(
        summary=f"Make {name} a Set",
        edits={module.path: apply(module.text, edits)},
        risk="None expected: membership is decided the same way (NaN included).",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"make `{name}` a Set and ask it with `has`",
                [new_set, f"{name}.has("],
                [f"{name}.includes("],
            ),
        ),
    )


_FLEET = """\
export function idle(buses: Bus[], trips: Trip[]): Bus[] {
  const running = trips.map((trip) => trip.busId);
  return buses.filter((bus) => !running.includes(bus.id));
}
"""
_WORDS = """\
'use strict'

function unique (words) {
\tconst seen = []
\tfor (const word of words) {
\t\tif (seen.includes(word)) continue
\t\tseen.push(word)
\t\tprint(word)
\t}
}

module.exports = { unique }
"""

RECIPE = Recipe(
    name="array-to-set",
    message="An array that is only asked for membership is read to its end each time.",
    words=r"\bSet\b|includes|O\(n|quadratic|linear (scan|search|time)|membership",
    remedy=rf"\bhas\b|{MEMBERSHIP}",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a list that a filter asks",
            asking("O(n*m) search", "Make running a Set", "src/fleet.ts", "idle"),
            {"src/fleet.ts": _FLEET},
            {
                "src/fleet.ts": _FLEET.replace(
                    "trips.map((trip) => trip.busId)", "new Set(trips.map((trip) => trip.busId))"
                ).replace("running.includes", "running.has")
            },
        ),
        Example(
            "a list that grows, in a script with tabs",
            asking("seen.includes is quadratic", "Use a Set for seen", "lib/words.js", "unique"),
            {"lib/words.js": _WORDS},
            {
                "lib/words.js": _WORDS.replace("seen = []", "seen = new Set()")
                .replace("seen.includes", "seen.has")
                .replace("seen.push", "seen.add")
            },
        ),
        Example(
            "a list whose order is used stays",
            asking("O(n*m) search", "Make running a Set", "src/fleet.ts", "idle"),
            {"src/fleet.ts": _FLEET.replace("return buses", "log(running[0]);\n  return buses")},
            refuses="not only asked for membership: line 3",
        ),
        Example(
            "a list that others import stays",
            asking("linear search in ROLES", "Use a Set", "src/roles.ts", "may"),
            {
                "src/roles.ts": 'export const ROLES = ["cook", "host"];\n\n'
                "export const may = (role: string) => ROLES.includes(role);\n"
            },
            refuses="ROLES is exported",
        ),
    ),
)
