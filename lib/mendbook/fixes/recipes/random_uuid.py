"""Make ids with ``randomUUID`` where the clock or ``Math.random`` makes them."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, replace, start
from mendbook.code.functions import within
from mendbook.code.imports import add_import, required
from mendbook.code.module_text import Module, imported, imports
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_WEAK = re.compile(
    r"(Date\.now\(\)(\.toString\(\d*\))?|Math\.random\(\)(\.toString\(\d+\)"
    r"(\.(slice|substring|substr|padStart)\([^()]*\))*)?)"
)
_RANDOM = re.compile(r"Math\.random\(\)\.toString\(\d+\)(\.(slice|substring|substr)\([^()]*\))*")
_GLOBAL, _IMPORTED = "crypto.randomUUID()", "randomUUID()"
_IN_BROWSERS = {"react", "react-dom", "vue", "svelte", "preact", "solid-js", "@angular"}
_BROWSER = re.compile(r"""^["']use client["']|\b(window|document|localStorage|navigator)\.""", re.M)
_SEPARATOR = re.compile(r"[-_:.]*")


def _rewrite(task: Task) -> RecipeChange | str:
    if not re.search(r"uuid|random|nanoid|\bpid\b|unique", task.finding.fix, re.IGNORECASE):
        return "the fix does not ask for random ids"
    for module in targets(task):
        ids = [node for scope in scopes(task, module) for node in _ids(scope)]
        chosen = meant(ids, module, task.finding)
        if not chosen:
            continue
        call = _call(module)
        taken = imported(module, "randomUUID")
        if call == _IMPORTED and taken is None and re.search(r"\brandomUUID\b", module.text):
            return f"{module.path} already has another randomUUID"
        return _change(module, chosen, call)
    return "no id is built from Math.random() or Date.now() in the code that the finding names"


def _call(module: Module) -> str:
    """Return how the module makes a UUID: in a browser, or with crypto at hand, of ``crypto``."""
    loaded = {one.local: one.specifier for one in imports(module)} | required(module)
    if "crypto" in loaded:
        return _GLOBAL if loaded["crypto"] in {"crypto", "node:crypto"} else _IMPORTED
    packages = {specifier.split("/")[0] for specifier in loaded.values()}
    browser = module.path.endswith((".tsx", ".jsx")) or packages & _IN_BROWSERS
    return _GLOBAL if browser or _BROWSER.search(module.text) else _IMPORTED


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


def _edits(node: SgNode, module: Module, call: str) -> list[Edit]:
    if node.kind() != "template_string":
        return [replace(node, call)]
    parts = _weak_parts(node)
    between = module.text[end(parts[0]) : start(parts[-1])] if len(parts) == 2 else ""
    if len(parts) == 2 and _SEPARATOR.fullmatch(between):
        return [Edit(start(parts[0]), end(parts[1]), f"${{{call}}}")]
    random = [one for one in parts if "Math.random" in one.text()] or parts
    return [replace(one, f"${{{call}}}") for one in random]


def _change(module: Module, chosen: list[SgNode], call: str) -> RecipeChange:
    edits = [edit for node in chosen for edit in _edits(node, module, call)]
    loads = add_import(module, "randomUUID", "node:crypto") if call == _IMPORTED else []
    return RecipeChange(
        summary="Make the id with randomUUID",
        edits={module.path: apply(module.text, [*edits, *loads])},
        risk="Ids get longer and no longer sort by time; nothing else may parse their old form.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                "make the id with randomUUID, which does not repeat",
                [_id_text(node, module, call) for node in chosen],
                [node.text() for node in chosen],
            ),
        ),
    )


def _id_text(node: SgNode, module: Module, call: str) -> str:
    """Return what the id's expression becomes."""
    at = start(node)
    moved = [Edit(one.start - at, one.end - at, one.text) for one in _edits(node, module, call)]
    return apply(node.text(), moved)


_KEY = """\
import { config } from "./config.js";

export const key = () => `batch:run:${Date.now()}`;
"""

RECIPE = Recipe(
    name="random-uuid",
    message="Two processes in the same millisecond make the same id; randomUUID does not.",
    words=r"uuid|Math\.random|collision|unique|predictable",
    remedy=r"uuid|crypto|unique|random",
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
            "code for the browser has crypto at hand",
            asking("Keys can collide", "Use crypto.randomUUID()", "web/Cart.tsx", "rowKey"),
            {
                "web/Cart.tsx": '"use client";\n\nexport function rowKey() {\n'
                "  return `row-${Math.random()}`;\n}\n"
            },
            {
                "web/Cart.tsx": '"use client";\n\nexport function rowKey() {\n'
                "  return `row-${crypto.randomUUID()}`;\n}\n"
            },
        ),
        Example(
            "a script that requires",
            asking("Ticket ids repeat", "Use randomUUID", "lib/ticket.js", "ticket"),
            {
                "lib/ticket.js": "'use strict'\n\nfunction ticket () {\n"
                "  return Math.random().toString(36).slice(2)\n}\n\nmodule.exports = ticket\n"
            },
            {
                "lib/ticket.js": "'use strict'\n\nconst { randomUUID } = require('node:crypto')\n\n"
                "function ticket () {\n  return randomUUID()\n}\n\nmodule.exports = ticket\n"
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
