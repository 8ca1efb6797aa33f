"""Make ids with ``randomUUID`` where the clock or ``Math.random`` makes them."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, replace, start
from mendbook.code.functions import within
from mendbook.code.imports import add_import
from mendbook.code.module_text import Module, imported
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_WEAK = re.compile(
    r"(Date\.now\(\)(\.toString\(\d*\))?|Math\.random\(\)(\.toString\(\d+\)"
    r"(\.(slice|substring|substr|padStart)\([^()]*\))*)?)"
)
_RANDOM = re.compile(r"Math\.random\(\)\.toString\(\d+\)(\.(slice|substring|substr)\([^()]*\))*")
_SEPARATOR = re.compile(r"[-_:.]*")


def _rewrite(task: Task) -> Change | str:
    if not re.search(r"uuid|random|nanoid|\bpid\b|unique", task.finding.fix, re.IGNORECASE):
        return "the fix does not ask for random ids"
    for module in targets(task):
        found = [node for scope in scopes(task, module) for node in _ids(scope)]
        chosen = meant(found, module, task.finding)
        if not chosen:
            continue
        taken = imported(module, "randomUUID")
        if taken is None and re.search(r"\brandomUUID\b", module.text):
            return f"{module.path} already has another randomUUID"
        return _change(module, chosen)
    return "no id is built from Math.random() or Date.now() in the code that the finding names"


def _ids(scope: SgNode) -> list[SgNode]:
    """Return templates that hold a weak part, and bare ``Math.random().toString(36)`` values."""
    templates = [node for node in find_all(scope, "template_string") if _weak_parts(node)]
    calls = find_all(scope, "call_expression", regex=rf"^{_RANDOM.pattern}$")
    bare = [node for node in calls if not within(node, "template_string")]
    whole = [node for node in bare if node.parent().kind() != "member_expression"]  # type: ignore[union-attr]
    return [*templates, *whole]


def _weak_parts(template: SgNode) -> list[SgNode]:
    parts = [one for one in template.children() if one.kind() == "template_substitution"]
    return [one for one in parts if _WEAK.fullmatch(one.text()[2:-1].strip())]


def _edits(node: SgNode, module: Module) -> list[Edit]:
    if node.kind() != "template_string":
        return [replace(node, "randomUUID()")]
    parts = _weak_parts(node)
    between = module.text[end(parts[0]) : start(parts[-1])] if len(parts) == 2 else ""
    if len(parts) == 2 and _SEPARATOR.fullmatch(between):
        return [Edit(start(parts[0]), end(parts[1]), "${randomUUID()}")]
    random = [one for one in parts if "Math.random" in one.text()] or parts
    return [replace(one, "${randomUUID()}") for one in random]


def _change(module: Module, chosen: list[SgNode]) -> Change:
    edits = [edit for node in chosen for edit in _edits(node, module)]
    return Change(
        summary="Make the id with randomUUID",
        edits={
            module.path: apply(
                module.text, [*edits, *add_import(module, "randomUUID", "node:crypto")]
            )
        },
        risk="Ids get longer and no longer sort by time; nothing else may parse their old form.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                "make the id with randomUUID, which does not repeat",
                [_made(node, module) for node in chosen],
                [node.text() for node in chosen],
            ),
        ),
    )


def _made(node: SgNode, module: Module) -> str:
    """Return what the id's expression becomes."""
    at = start(node)
    moved = [Edit(one.start - at, one.end - at, one.text) for one in _edits(node, module)]
    return apply(node.text(), moved)


_KEY = """\
import { config } from "./config.js";

export const key = () => `batch:run:${Date.now()}`;
"""

RECIPE = Recipe(
    name="random-uuid",
    message="Two processes in the same millisecond make the same id; randomUUID does not.",
    words=r"uuid|Math\.random|collision|unique|predictable",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a key made from the clock",
            asking("Key can collide", "Use randomUUID()", "src/a.ts", "key"),
            {"src/a.ts": _KEY},
            {
                "src/a.ts": 'import { randomUUID } from "node:crypto";\n'
                + _KEY.replace("Date.now()", "randomUUID()")
            },
        ),
        Example(
            "clock and random together become one id",
            asking("Math.random id", "Use randomUUID", "src/a.ts"),
            {
                "src/a.ts": "import { createHash } from 'node:crypto'\n\nexport const id = () => "
                "`req-${Date.now()}-${Math.random().toString(36).slice(2)}`\n"
            },
            {
                "src/a.ts": "import { createHash, randomUUID } from 'node:crypto'\n\n"
                "export const id = () => `req-${randomUUID()}`\n"
            },
        ),
        Example(
            "a time that is a number stays a number",
            asking("Timestamps may collide", "Use randomUUID", "src/a.ts"),
            {"src/a.ts": "export const at = () => ({ timestamp: Date.now() });\n"},
            refuses="no id is built",
        ),
        Example(
            "a random number that is no id stays",
            asking("Math.random is not unique", "Use randomUUID", "src/a.ts"),
            {"src/a.ts": "export const jitter = () => Math.random() * 100;\n"},
            refuses="no id is built",
        ),
    ),
)
