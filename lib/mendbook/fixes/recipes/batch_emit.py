"""Emit once to many sockets, not once for each."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, indent, replace, start, step
from mendbook.code.functions import FUNCTIONS, free_names, is_in_block
from mendbook.code.module_text import Module
from mendbook.code.search import find_all, find_one
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    for module in targets(task):
        loops = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "for_in_statement")
            if is_in_block(node) and _emit(node) is not None
        ]
        if loops:
            return _change(module, loops)
    return "no loop that only emits one payload to each id stands in the code that is named"


def _emit(loop: SgNode) -> tuple[str, str] | None:
    """Return the list and the text of the one emit of the loop, its target replaced by the list."""
    item, listed, block = (loop.field(key) for key in ("left", "right", "body"))
    if item is None or listed is None or block is None or " of " not in loop.text().split(")")[0]:
        return None
    statements = [one for one in block.named_children() if one.kind() != "comment"]
    if block.kind() == "expression_statement":
        statements = [block]
    if len(statements) != 1 or listed.kind() not in {"identifier", "member_expression"}:
        return None
    text = statements[0].text()
    target = re.fullmatch(
        rf"([\w.]+)\.to\({re.escape(item.text())}\)(\.emit\(.*\);?)", text, re.DOTALL
    )
    if target is None:
        return None
    call = find_one(statements[0], "call_expression")
    arguments = call.field("arguments") if call is not None else None
    if arguments is None or item.text() in free_names(arguments):
        return None
    if find_one(arguments, "call_expression") is not None:
        return None
    return listed.text(), f"{target[1]}.to({listed.text()}){target[2]}"


def _change(module: Module, loops: list[SgNode]) -> RecipeChange:
    edits = []
    for loop in loops:
        emit = _emit(loop)
        if emit is None:
            continue
        listed, text = emit
        if not _not_empty(loop, listed):
            margin = indent(module.text, start(loop))
            inner = text.replace("\n", "\n" + step(module.text))
            text = f"if ({listed}.length > 0) {{\n{margin}{step(module.text)}{inner}\n{margin}}}"
        edits.append(replace(loop, text))
    return RecipeChange(
        summary="Emit once to all sockets of the list",
        edits={module.path: apply(module.text, edits)},
        why="Each emit is a message to every other instance through the Redis adapter.",
        risk="A socket that is listed twice now gets the event once.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                "emit once to all sockets of the list, not in a loop",
                [f".to({listed})" for listed, _ in filter(None, map(_emit, loops))],
                ["for ("],
            ),
        ),
    )


def _not_empty(loop: SgNode, listed: str) -> bool:
    """Tell whether code before the loop leaves when the list is empty.

    ``to([])`` names no room, and an emit without a room goes to everybody.
    """
    empty = re.compile(rf"{re.escape(listed)}\.length\s*(===?\s*0|<\s*1)")
    filled = re.compile(rf"{re.escape(listed)}\.length(\s*(>|!==?)\s*0)?\s*\)")
    current = loop
    for outer in loop.ancestors():
        for before in current.prev_all():
            leaves = re.search(r"\b(return|continue|throw)\b", before.text())
            if leaves and empty.search(_condition(before)):
                return True
        if filled.search(_condition(outer)) and "||" not in _condition(outer):
            return True
        if outer.kind() in FUNCTIONS:
            return False
        current = outer
    return False


def _condition(node: SgNode) -> str:
    condition = node.field("condition") if node.kind() == "if_statement" else None
    return condition.text() if condition is not None else ""


_GUARDED = """\
async function tell(guest: number, news: News) {
  const desks = await hall.desksOf(guest);
  if (desks.length === 0) {
    return;
  }
  for (const desk of desks) {
    io.to(desk).emit(NEWS, news);
  }
}
"""

RECIPE = Recipe(
    name="batch-emit",
    message="One emit to a list of rooms is one message to the adapter.",
    words=r"sequential (socket )?emi|emit.{0,40}(loop|once)|chain.{0,12}\.to\(|batch.{0,20}emi",
    remedy=r"once|one emi|batch|chain|\.to\(|single|array|several rooms",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a list that cannot be empty",
            asking("Sequential emission in loop", "Emit once", "src/a.ts", "tell"),
            {"src/a.ts": _GUARDED},
            {
                "src/a.ts": _GUARDED.replace(
                    "for (const desk of desks) {\n    io.to(desk).emit(NEWS, news);\n  }",
                    "io.to(desks).emit(NEWS, news);",
                )
            },
        ),
        Example(
            "an empty list must not reach everybody",
            asking("Sequential emission in loop", "Emit once", "src/a.ts"),
            {
                "src/a.ts": "function all(ids: string[]) {\n"
                "  for (const id of ids) io.to(id).emit(NEWS, { at: 1 });\n}\n"
            },
            {
                "src/a.ts": "function all(ids: string[]) {\n  if (ids.length > 0) {\n"
                "    io.to(ids).emit(NEWS, { at: 1 });\n  }\n}\n"
            },
        ),
        Example(
            "a payload of its own for each stays",
            asking("Sequential emission in loop", "Emit once", "src/a.ts"),
            {
                "src/a.ts": "function all(ids: string[]) {\n"
                "  for (const id of ids) io.to(id).emit(NEWS, { id });\n}\n"
            },
            refuses="no loop that only emits",
        ),
    ),
)
