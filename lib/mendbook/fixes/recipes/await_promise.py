"""Await a promise that is left alone."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, start
from mendbook.code.functions import class_of, declarations, function_around, is_async
from mendbook.code.logging import logger_at, no_logger
from mendbook.code.module_text import Module, imported, load
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    if re.search(r"\bvoid\b", task.finding.fix):
        return "the fix asks to leave it un-awaited, by `void`"
    for module in targets(task):
        statements = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "expression_statement")
            if _is_async_call(task, module, node)
        ]
        chosen = meant(statements, module, task.finding)
        if chosen:
            return _change(task, module, chosen)
    return "no call of a function that is known to be async is left alone in the code named"


def _is_async_call(task: Task, module: Module, statement: SgNode) -> bool:
    """Tell whether the statement is a bare call of a function that is declared async."""
    call = statement.named_children()[0]
    callee = call.field("function") if call.kind() == "call_expression" else None
    if callee is None:
        return False
    if re.fullmatch(r"this\.\w+", callee.text()):
        owner = class_of(statement)
        functions = (
            declarations(owner, callee.text().partition(".")[2]) if owner is not None else []
        )
    elif callee.kind() == "identifier":
        functions = _functions(task, module, callee.text())
    else:
        return False
    return len(functions) == 1 and _returns_promise(functions[0])


def _functions(task: Task, module: Module, name: str) -> list[SgNode]:
    source = imported(module, name)
    if source is None:
        return declarations(module.root, name)
    target = resolve(task.snapshot, module.path, source.specifier)
    home = load(task.snapshot, target) if target is not None else None
    return declarations(home.root, source.imported) if home is not None else []


def _returns_promise(node: SgNode) -> bool:
    value = node.field("value") or node
    returned = value.field("return_type")
    return is_async(value) or (returned is not None and "Promise<" in returned.text())


def _change(task: Task, module: Module, chosen: list[SgNode]) -> RecipeChange | str:
    edits: list[Edit] = []
    for node in chosen:
        around = function_around(node)
        call = node.named_children()[0]
        if around is not None and is_async(around):
            edits.append(insert(start(call), "await "))
            continue
        logger = logger_at(module, node, task.snapshot)
        if logger is None:
            return f"the function is not async, and {no_logger(module)} to hand a failure to"
        name = call.text().partition("(")[0].removeprefix("this.")
        line = logger.line("error", "err", f"{name} failed").rstrip(";")
        edits.append(insert(end(call), f".catch((err) => {line})"))
    return RecipeChange(
        summary="Await the promise that is left alone",
        edits={module.path: apply(module.text, edits)},
        risk="The caller now waits for it, and hears of its failure.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.AWAIT,
                f"await {_names(chosen)}, or hand its failure to the logger",
                [edit.text.strip() for edit in edits],
            ),
        ),
    )


def _names(chosen: list[SgNode]) -> str:
    return ", ".join(dict.fromkeys(node.text().partition("(")[0] for node in chosen))


_BEFORE = """\
import { logger } from "./logger.js";

async function save() {}

export async function stop() {
  save();
  logger.info({ at: 1 }, "stopped");
}

export function onDeath() {
  save();
}
"""

RECIPE = Recipe(
    name="await-promise",
    message="A promise left alone fails where nobody looks, and finishes when it likes.",
    words=r"un-?awaited|not awaited|floating promise|missing await|unhandled (promise )?rejection",
    remedy=r"await|handl|catch|return|void|reject",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "in an async function it is awaited",
            asking("Promise not awaited", "await it", "src/a.ts", "stop"),
            {"src/a.ts": _BEFORE},
            {"src/a.ts": _BEFORE.replace("  save();\n  logger", "  await save();\n  logger")},
        ),
        Example(
            "elsewhere its failure is logged",
            asking("Unawaited promise", "Handle rejection", "src/a.ts", "onDeath"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace(
                    "  save();\n}\n",
                    '  save().catch((err) => logger.error({ err }, "save failed"));\n}\n',
                )
            },
        ),
        Example(
            "a call of what is not async stays",
            asking("Promise not awaited", "await it", "src/a.ts", "stop"),
            {"src/a.ts": _BEFORE.replace("async function save", "function save")},
            refuses="known to be async",
        ),
    ),
)
