"""Log what an empty ``catch`` swallows."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, replace, start, step
from mendbook.code.functions import FUNCTIONS, body, function_around
from mendbook.code.logging import logger_at, no_logger
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import LOGGED
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation
from mendbook.repository.snapshot import Snapshot


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no empty catch stands in the code that the finding names"
    for module in targets(task):
        handlers = [node for scope in scopes(task, module) for node in _empty(scope)]
        chosen = meant(handlers, module, task.finding)
        edits = [edit for node in chosen for edit in _log(module, node, task.snapshot)]
        if edits:
            return RecipeChange(
                summary="Log what the empty catch swallows",
                edits={module.path: apply(module.text, edits)},
                risk="More log lines where something fails often; nothing else changes.",
                contracts=(
                    claim(
                        module.path,
                        module.text,
                        edits,
                        Operation.CATCH,
                        "log what the empty catch swallows",
                        [f"{_logger(module, node, task.snapshot)}.warn(" for node in chosen],
                    ),
                ),
            )
        if handlers:
            reason = no_logger(module)
    return reason


def _logger(module: Module, node: SgNode, snapshot: Snapshot) -> str:
    logger = logger_at(module, node, snapshot)
    return logger.name if logger is not None else ""


def _empty(scope: SgNode) -> list[SgNode]:
    """Return catch clauses, and callbacks of ``.catch(…)``, whose block does nothing."""
    clauses = [
        node
        for node in find_all(scope, "catch_clause")
        if (block := node.field("body")) is not None and not _work(block)
    ]
    return clauses + [node for node in find_all(scope, "arrow_function") if _is_callback(node)]


def _work(block: SgNode) -> list[SgNode]:
    return [one for one in block.named_children() if one.kind() != "comment"]


def _is_callback(node: SgNode) -> bool:
    arguments, block = node.parent(), body(node)
    call = arguments.parent() if arguments is not None else None
    callee = call.field("function") if call is not None else None
    return (
        callee is not None
        and callee.text().endswith(".catch")
        and block is not None
        and not _work(block)
    )


def _log(module: Module, node: SgNode, snapshot: Snapshot) -> list[Edit]:
    logger = logger_at(module, node, snapshot)
    block = node.field("body")
    if logger is None or block is None:
        return []
    given = node.field("parameter")
    if node.kind() in FUNCTIONS and given is None:
        listed = node.field("parameters")
        named = listed.named_children() if listed is not None else []
        given = named[0] if named else None
    error = given.text().partition(":")[0].strip() if given is not None else "err"
    margin = indent(module.text, start(node))
    inner = margin + step(module.text)
    line = logger.line("warn", error, _message(node))
    kept = [inner + one.text() for one in block.named_children()]
    text = "\n".join(["{", *kept, inner + line, margin + "}"])
    if given is not None:
        return [replace(block, text)]
    if node.kind() == "catch_clause":
        return [Edit(start(node), end(node), f"catch ({error}) {text}")]
    return [Edit(start(node), end(node), f"({error}) => {text}")]


def _message(node: SgNode) -> str:
    """Return what failed: the first call of the ``try``, or the call before ``.catch``."""
    attempt = node.parent()
    if node.kind() == "catch_clause":
        scope = attempt.field("body") if attempt is not None else None
        calls = find_all(scope, "call_expression") if scope is not None else []
        names = [
            function.text() for one in calls[:1] if (function := one.field("function")) is not None
        ]
    else:
        call = attempt.parent() if attempt is not None else None
        callee = call.field("function") if call is not None else None
        names = [callee.text().removesuffix(".catch").partition("(")[0]] if callee else []
    around = function_around(node)
    label = around.field("name") if around is not None else None
    plain = [name for name in names if re.fullmatch(r"[\w.?]+", name)]
    what = plain[0] if plain else (label.text() if label is not None else "")
    return f"{what} failed".strip()


_BEFORE = """\
import { logger } from "./logger.js";

export async function close() {
  try {
    await worker.close();
  } catch {
    // It may be gone
  }
  logger.info({ at: 1 }, "closed");
}
"""

RECIPE = Recipe(
    name="fill-catch",
    message="An error that nobody hears of cannot be mended.",
    words=r"catch.{0,40}(empty|swallow|silent|ignor)|(empty|swallow|silent|ignor).{0,40}catch"
    r"|swallow|silently",
    remedy=LOGGED,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the logger of the file tells, the comment stays",
            asking("Empty catch swallows errors", "Log it", "src/a.ts", "close"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace("catch {", "catch (err) {").replace(
                    "gone\n", 'gone\n    logger.warn({ err }, "worker.close failed");\n'
                )
            },
        ),
        Example(
            "a promise's empty catch, too",
            asking("Errors silently swallowed", "Log them", "src/a.ts"),
            {"src/a.ts": 'function f() {\n  track(1).catch(() => {});\n  log.info("x");\n}\n'},
            {
                "src/a.ts": "function f() {\n  track(1).catch((err) => {\n"
                '    log.warn("track failed", err);\n  });\n  log.info("x");\n}\n'
            },
        ),
        Example(
            "without a logger nothing is made up",
            asking("Empty catch", "Log it", "src/a.ts"),
            {"src/a.ts": "try {\n  go();\n} catch {}\n"},
            refuses="no logger in scope",
        ),
        Example(
            "a catch that does something stays",
            asking("Errors swallowed in catch", "Log it", "src/a.ts"),
            {"src/a.ts": "try {\n  go();\n} catch {\n  stop();\n}\n"},
            refuses="no empty catch",
        ),
    ),
)
