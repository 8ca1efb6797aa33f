"""Make a value once for the module where each call of a function makes it anew."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, before_line, remove, replace, start
from mendbook.code.functions import FUNCTIONS, free_names, function_around, local_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, uses
from mendbook.code.names_in_scope import is_taken
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one, itself
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.given_names import given_name
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.repeated_work import is_changed
from mendbook.fixes.task import Task
from mendbook.model import Operation

_CUE = (
    r"\bhoist|\bmodule[- ](?:level|scope|wide|constant)|\btop[- ]level|\boutside\b|\bout of\b"
    r"|\b(?:once|only) (?:per|for the|in the) (?:module|file)|\bfile[- ]level"
)
_MOVES = re.compile(
    r"\b(?:hoist|mov|mak|made|creat|declar|defin|buil|lift|pull|put|keep|liv|belong|extract|construct"
    r"|instantiat|once|const\b|turn|becom)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:outside(?: of)?|out of|above|before)\s+(?:(?:the|its|this|each|every)\s+)*"
    r"`?([A-Za-z_$][\w$]*)"
)
_WHOLE = re.compile(r"component|function|method|render|hook|handler|body|class|call|it|them|both")
_MAKES = re.compile(
    r"new\s+(?:Intl\.\w+|Set|Map|WeakSet|URL|TextEncoder|TextDecoder)\b|Object\.freeze\(", re.DOTALL
)
_LITERALS = {"object", "array", "string", "number"}
_ANEW = re.compile(r"\b(?:await|yield|this|arguments|Date|random|now|require|process)\b|\buse[A-Z]")


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, _CUE) or is_left_open(fix):
        return "the fix leaves open where the value is made"
    if _MOVES.search(fix) is None:
        return "the fix does not say that the value is to be made elsewhere"
    for place in _PLACE.findall(fix):
        named = {part for one in task.finding.symbols for part in one.split(".")}
        if place not in named and not _WHOLE.fullmatch(place):
            return f"the fix moves it out of the {place}, which is no function"
    return change_of_one(
        task,
        lambda scope: (
            node
            for node in find_all(scope, "variable_declarator")
            if function_around(node) is not None and _is_constant(node)
        ),
        itself,
        lambda module, node: _hoist(task, module, node),
        none="no constant value is declared in the function that the finding names",
        several="several values are made there, and the finding does not say which",
    )


def _is_constant(declarator: SgNode) -> bool:
    """Tell whether a declaration gives a name a value that has something in it."""
    value, label, statement = (
        declarator.field("value"),
        declarator.field("name"),
        declarator.parent(),
    )
    if value is None or label is None or label.kind() != "identifier" or statement is None:
        return False
    alone = statement.text().startswith("const ") and len(statement.named_children()) == 1
    full = value.kind() in _LITERALS and value.text() not in {"{}", "[]", "''", '""'}
    made = _MAKES.match(value.text()) is not None and "()" not in value.text().split("\n")[0][-4:]
    return alone and (full or made)


def _hoist(task: Task, module: Module, declarator: SgNode) -> RecipeChange | str:
    value, label, statement = (
        declarator.field("value"),
        declarator.field("name"),
        declarator.parent(),
    )
    home = function_around(declarator)
    if value is None or label is None or statement is None or home is None:
        return "nothing is declared there"
    old = label.text()
    if _ANEW.search(re.sub(r"'[^']*'|\"[^\"]*\"", "''", value.text())):
        return f"{old} is another one in each call"
    bound: set[str] = set()
    for one in [home, *(each for each in home.ancestors() if each.kind() in FUNCTIONS)]:
        bound |= local_names(one)
    if needed := sorted((free_names(value) & bound) - {old}):
        return f"{old} is made of {', '.join(needed)}"
    rest = home.text().replace(statement.text(), "")
    if is_changed(rest, old) or re.search(rf"(?<![\w$.]){old}\.[\w$]+\s*=(?![=>])", rest):
        return f"{old} is changed in the function, and a shared one would keep that"
    name = given_name(task.finding.fix, module.text) or old
    taken = is_taken(module, name) if name != old else _is_elsewhere(module, home, old)
    if taken:
        return f"{name} is another one in the file"
    if find_all(value, "template_string") and "\n" in value.text():
        return "a text of several lines would be moved"
    top = _top(home)
    typed = declarator.field("type")
    kind = typed.text() if typed is not None else ""
    made = f"const {name}{kind} = {_dedented(module, statement, value)}{semicolon(module)}"
    edits = [before_line(module.text, start(top), f"{made}\n\n"), remove(module.text, statement)]
    if name != old:
        used = [one for one in uses(home, old) if one != label]
        if any(one.kind() == "shorthand_property_identifier" for one in used):
            return f"{old} is handed on by its name"
        edits += [replace(one, name) for one in used]
    moved = name == old
    return _change(module, edits, name, () if moved else (f"const {name}{kind} = {value.text()}",))


def _is_elsewhere(module: Module, home: SgNode, name: str) -> bool:
    whole, own = uses(module.root, name), uses(home, name)
    return len(whole) > len(own)


def _dedented(module: Module, statement: SgNode, value: SgNode) -> str:
    """Return a value with its later lines moved to the margin of the file."""
    first = module.text.rfind("\n", 0, start(statement)) + 1
    margin = module.text[first : start(statement)]
    rows = value.text().replace("\r\n", "\n").split("\n")
    return "\n".join([rows[0], *(one.removeprefix(margin) for one in rows[1:])])


def _top(node: SgNode) -> SgNode:
    top = node
    for one in node.ancestors():
        if one.kind() == "program":
            break
        top = one
    return top


def _change(module: Module, edits: list[Edit], name: str, made: tuple[str, ...]) -> RecipeChange:
    return RecipeChange(
        summary=f"Make {name} once for the module",
        edits={module.path: apply(module.text, edits)},
        why="It is the same in each call.",
        contracts=(
            claim(module.path, module.text, edits, Operation.EXTRACT if made else Operation.MOVE,
                  f"make `{name}` once for the module", made),
        ),
    )  # fmt: skip


_FARES = """\
export function fares(rows) {
  const money = new Intl.NumberFormat('fr-FR', { currency: 'EUR' });
  return rows.map((row) => money.format(row.cents / 100));
}
"""
_DAYS = """\
import { t } from './t';

export class Week {
  name(day: number): string {
    const names: string[] = [
      'mon',
      'tue',
    ];
    return t(names[day]);
  }
}
"""
_ASKED = asking("A formatter a call", "Hoist it out of the function as MONEY", "web/fares.js",
                "fares", "new Intl.NumberFormat('fr-FR'")  # fmt: skip

RECIPE = Recipe(
    name="make-once",
    message="A value that is the same in each call need not be made in each call.",
    words=_CUE,
    remedy=_CUE,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a formatter, under a new name",
            _ASKED,
            {"web/fares.js": _FARES},
            {
                "web/fares.js": """\
const MONEY = new Intl.NumberFormat('fr-FR', { currency: 'EUR' });

export function fares(rows) {
  return rows.map((row) => MONEY.format(row.cents / 100));
}
"""
            },
        ),
        Example(
            "a list keeps its name, its type and its layout",
            asking("A list a call", "Move names to module level", "src/week.ts", "Week.name",
                   "const names: string[] = ["),
            {"src/week.ts": _DAYS},
            {
                "src/week.ts": """\
import { t } from './t';

const names: string[] = [
  'mon',
  'tue',
];

export class Week {
  name(day: number): string {
    return t(names[day]);
  }
}
"""
            },
        ),
        Example(
            "a value that is made of what the function is given",
            _ASKED,
            {"web/fares.js": _FARES.replace("(rows)", "(rows, unit)").replace("'EUR'", "unit")},
            refuses="money is made of unit",
        ),
        Example(
            "a list that the function changes",
            asking("A list a call", "Move names to module level", "src/week.ts", "Week.name",
                   "const names: string[] = ["),
            {"src/week.ts": _DAYS.replace("    return", "    names.push('wed');\n    return")},
            refuses="changed in the function",
        ),
    ),
)  # fmt: skip
