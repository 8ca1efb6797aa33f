"""Give a magic number the name that the finding asks for."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, replace, start
from mendbook.code.functions import declarations, function_around, within
from mendbook.code.header import declare
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import is_taken
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_NAME = re.compile(r"(?<![\w.])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PLACES = re.compile(rf"\b({'|'.join(_COUNTS)}|\d+) (?:places|spots|times|occurrences)\b")
_NUMBER = re.compile(r"(?<![\w.])\d[\d_,]*(?:\.\d+)?(?![\w.])")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no number that the finding quotes is written in the code that it names"
    for module in targets(task):
        name = next(
            (word for word in _NAME.findall(task.finding.fix) if not is_taken(module, word)), None
        )
        if name is None:
            return "the fix names no constant that is still free"
        numbers = _numbers(task, module)
        values = {_value(node.text()) for node in numbers}
        if len(values) > 1:
            reason = f"several numbers could be {name}: {', '.join(sorted(values))}"
        elif numbers and (told := _told_places(task)) not in {0, len(numbers)}:
            reason = f"the finding speaks of {told} places, and {len(numbers)} have that number"
        elif numbers:
            return _change(module, name, numbers)
    return reason


def _told_places(task: Task) -> int:
    """Return in how many places the finding says that the number stands; 0 where it does not."""
    said = _PLACES.search(f"{task.finding.problem} {task.finding.fix}".lower())
    return _COUNTS.get(said[1]) or int(said[1]) if said is not None else 0


def _numbers(task: Task, module: Module) -> list[SgNode]:
    said = {
        _value(text) for text in _NUMBER.findall(f"{task.finding.evidence} {task.finding.problem}")
    }
    nodes = [
        node
        for scope in _scopes(task, module)
        for node in find_all(scope, "number")
        if _value(node.text()) in said
        and function_around(node) is not None
        and not within(node, "literal_type", "enum_declaration")
    ]
    chosen = meant(nodes, module, task.finding)
    same = {_value(node.text()) for node in chosen}
    return [node for node in dict.fromkeys(nodes) if _value(node.text()) in same]


def _scopes(task: Task, module: Module) -> list[SgNode]:
    """Return what the finding names, and the functions that its fix says use the constant, too."""
    named = scopes(task, module)
    said = re.findall(r"[a-z_$][\w$]*", task.finding.fix)
    others = [node for word in dict.fromkeys(said) for node in declarations(module.root, word)]
    return named if named == [module.root] else list(dict.fromkeys([*named, *others]))


def _value(text: str) -> str:
    return re.sub(r"[_,]", "", text)


def _change(module: Module, name: str, numbers: list[SgNode]) -> RecipeChange:
    first = min(numbers, key=start)
    line = f"const {name} = {first.text()}{semicolon(module)}"
    edits = [replace(node, name) for node in numbers]
    declared = declare(module, line)
    return RecipeChange(
        summary=f"Give {first.text()} the name {name}",
        edits={module.path: apply(module.text, [declared, *edits])},
        risk="None expected: the value is the same.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.EXTRACT,
                f"give {first.text()} the name {name}",
                [name],
                [first.text()],
                {name: first.text()},
            ),
        ),
    )


_BEFORE = """\
import { wait } from "./wait.js";

// Retries
export async function retry(n: number) {
  await wait(Math.min(n * 40, 3000));
}
"""

RECIPE = Recipe(
    name="name-number",
    message="A number with a name can be found, explained and changed in one place.",
    words=r"magic number|hard-?coded|named constant|extract.{0,30}constant|literal",
    remedy=r"\bname|const|extract|\b[A-Z]+_[A-Z_]+\b",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the number that the evidence quotes gets the name that the fix gives",
            asking(
                "Magic number in the retry delay",
                "Extract to MAX_DELAY_MS",
                "src/a.ts",
                "retry",
                "Math.min(n * 40, 3000)",
            ),
            {"src/a.ts": _BEFORE.replace("n * 40", "n * step")},
            {
                "src/a.ts": _BEFORE.replace("n * 40", "n * step")
                .replace("3000", "MAX_DELAY_MS")
                .replace("// Retries", "const MAX_DELAY_MS = 3000;\n\n// Retries")
            },
        ),
        Example(
            "of more places than the finding counts none is named",
            asking(
                "The number 3000 is repeated in two places",
                "Extract a constant MAX_DELAY_MS and use it in both places",
                "src/a.ts",
                "",
                "Math.min(n * step, 3000)",
            ),
            {
                "src/a.ts": _BEFORE.replace("n * 40", "n * step")
                + "export const again = (n: number) => wait(3000 + n);\n"
                + "export const moored = () => ({ since: 3000 });\n"
            },
            refuses="the finding speaks of 2 places, and 3 have that number",
        ),
        Example(
            "of two numbers none is chosen",
            asking(
                "Magic numbers",
                "Extract to MAX_DELAY_MS",
                "src/a.ts",
                "retry",
                "Math.min(n * 40, 3000)",
            ),
            {"src/a.ts": _BEFORE},
            refuses="several numbers could be MAX_DELAY_MS: 3000, 40",
        ),
        Example(
            "in a script that requires, wherever the fix says",
            asking(
                "Magic number 86400",
                "Extract SECONDS_A_DAY and use it in opens and closes",
                "lib/shop.js",
                "opens",
                "return at - 86400",
            ),
            {
                "lib/shop.js": "const clock = require('./clock')\n\nfunction opens (at) {\n"
                "  return at - 86400\n}\n\nfunction closes (at) {\n  return at + 86400\n}\n"
            },
            {
                "lib/shop.js": "const clock = require('./clock')\n\nconst SECONDS_A_DAY = 86400\n\n"
                "function opens (at) {\n  return at - SECONDS_A_DAY\n}\n\n"
                "function closes (at) {\n  return at + SECONDS_A_DAY\n}\n"
            },
        ),
        Example(
            "no name is made up",
            asking("Magic number 3000", "Extract to a constant", "src/a.ts", "retry"),
            {"src/a.ts": _BEFORE},
            refuses="the fix names no constant",
        ),
    ),
)
