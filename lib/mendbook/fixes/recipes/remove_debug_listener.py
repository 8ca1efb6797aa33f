"""Remove a listener that only logs."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, end, remove, start
from mendbook.code.functions import FUNCTIONS, body
from mendbook.code.imports import unused_imports
from mendbook.code.module_text import Module, imports, parse_text
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import quoted
from mendbook.model import Operation

_LISTEN = re.compile(r"[\w.]+\.(onAny|onAnyOutgoing|prependAny|on|addListener)\((?!\s*[\"']error)")
_LOGS = re.compile(r"^(this\.)?(logger|log|console)\.\w+\(")


def _rewrite(task: Task) -> RecipeChange | str:
    for module in targets(task):
        listeners = [node for scope in scopes(task, module) for node in _listeners(scope)]
        ranges = quoted(module.text, task.finding)
        chosen = [node for node in listeners if _is_marked(node) or _is_quoted(node, ranges)]
        if chosen:
            return _change(module, chosen)
    return "no listener that only logs stands in the code that the finding names"


def _listeners(scope: SgNode) -> list[SgNode]:
    return [
        node
        for node in find_all(scope, "expression_statement")
        if _LISTEN.match(node.text()) and _only_logs(node)
    ]


def _is_marked(node: SgNode) -> bool:
    """Tell whether the listener hears everything, or a comment above calls it a debugging aid."""
    above = node.prev()
    said = above.text() if above is not None and above.kind() == "comment" else ""
    heard = re.match(r"[\w.]+\.(on|prepend)Any", node.text())
    return bool(heard or re.search(r"debug|temporar", said, re.IGNORECASE))


def _is_quoted(node: SgNode, ranges: list[tuple[int, int]]) -> bool:
    return any(first < end(node) and start(node) < last for first, last in ranges)


def _only_logs(statement: SgNode) -> bool:
    call = statement.named_children()[0]
    arguments = call.field("arguments")
    functions = [
        one
        for one in (arguments.named_children() if arguments is not None else [])
        if one.kind() in FUNCTIONS
    ]
    block = body(functions[0]) if len(functions) == 1 else None
    return block is not None and bool(block.named_children()) and _logs(block)


def _logs(block: SgNode) -> bool:
    """Tell whether every statement of the block logs, or asks whether to log."""
    for node in block.named_children():
        if node.kind() == "comment":
            continue
        if node.kind() == "if_statement" and node.field("alternative") is None:
            inner = node.field("consequence")
            if inner is None or (inner.kind() == "statement_block" and not _logs(inner)):
                return False
            if inner.kind() != "statement_block" and not _LOGS.match(inner.text()):
                return False
        elif node.kind() != "expression_statement" or not _LOGS.match(node.text()):
            return False
    return True


def _change(module: Module, chosen: list[SgNode]) -> RecipeChange:
    edits = [remove(module.text, node) for node in chosen]
    text = apply(module.text, edits)
    after = parse_text(module.path, text)
    names = {one.local for one in imports(module)}
    return RecipeChange(
        summary="Remove the listener that only logs",
        edits={module.path: apply(text, unused_imports(after, names))},
        risk="What it logged is no longer in the logs.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REMOVE,
                "remove the listener that only logs",
                [],
                [node.text() for node in chosen],
            ),
        ),
    )


_BEFORE = """\
io.on("connection", (socket) => {
  register(socket);

  // Trace everything
  socket.onAny((name, ...rest) => {
    if (name === "enter") {
      logger.info({ name, size: rest.length }, "event");
    }
  });

  handle(socket);
});
"""

RECIPE = Recipe(
    name="remove-debug-listener",
    message="A listener that only logs runs for every event in production.",
    words=r"onAny|debug.{0,30}listener|listener.{0,30}debug",
    remedy=r"remov|delet|drop|gate|guard|only|behind|rid of|strip",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the listener goes with its comment",
            asking("Debug-mode onAny listener", "Gate behind isDev or remove", "src/a.ts"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": 'io.on("connection", (socket) => {\n  register(socket);\n\n'
                "  handle(socket);\n});\n"
            },
        ),
        Example(
            "a listener that tells of the connection stays",
            asking("Debug listener in production", "Remove it", "src/a.ts"),
            {"src/a.ts": 'link.on("connect", () => {\n  logger.info("connected");\n});\n'},
            refuses="no listener that only logs",
        ),
        Example(
            "one that a comment calls a debugging aid, in a shop",
            asking(
                "Debug listener in production", "Remove the debug listener", "lib/cart.js", "open"
            ),
            {
                "lib/cart.js": "function open (cart) {\n  // debug only\n"
                "  cart.on('change', (what) => {\n    console.log(what)\n  })\n  return cart\n}\n"
            },
            {"lib/cart.js": "function open (cart) {\n  return cart\n}\n"},
        ),
        Example(
            "a listener that does more stays",
            asking("Debug onAny listener", "Remove it", "src/a.ts"),
            {"src/a.ts": _BEFORE.replace("logger.info({", "count += 1; logger.info({")},
            refuses="no listener that only logs",
        ),
    ),
)
