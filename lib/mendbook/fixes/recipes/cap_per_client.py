"""Limit how many things one client may open."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import (
    Edit,
    apply,
    before_line,
    indent,
    insert,
    start,
    step,
)
from mendbook.code.functions import body, handler_function, statement_of
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, modules
from mendbook.code.names_in_scope import constant_name, is_taken, top_level
from mendbook.code.replies import refusal
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_SET = re.compile(r"(\w+)\.(\w+)\.(?:set|add)\((\w+)\.id\b")
_KEYS = ("LIMIT_REACHED", "TOO_MANY", "RATE_LIMITED", "NOT_AUTHORIZED")


def _rewrite(task: Task) -> Change | str:
    most = re.search(r"\bmax(?:imum)?(?: of)?\s+(\d+)|\blimit (?:of|to) (\d+)", task.finding.fix)
    if most is None:
        return "the fix says no number to limit to"
    reason = "the function that the finding names keeps nothing for a client"
    for module in targets(task):
        for scope in scopes(task, module):
            function = handler_function(scope) if scope != module.root else None
            block = body(function) if function is not None else None
            if block is not None:
                answer = _cap(task, module, block, int(most[1] or most[2]))
                if isinstance(answer, Change):
                    return answer
                reason = answer
    return reason


def _cap(task: Task, module: Module, block: SgNode, most: int) -> Change | str:
    kept = _SET.search(block.text())
    if kept is None:
        return "the function that the finding names keeps nothing for a client"
    client, kind, made = kept.groups()
    if f"{kind}.size" in block.text():
        return f"{client}.{kind} is counted already"
    deleted = any(
        re.search(rf"\b{client}\b[!?]?\.{kind}\.(delete|clear)\(", one.text)
        for one in modules(task.snapshot, kind)
        if not is_test(one.path)
    )
    if not deleted:
        return f"nothing takes entries out of {client}.{kind}, so a cap would lock clients out"
    first, lookup = _declared(block, made), _declared(block, client)
    if first is None or lookup is None:
        return f"{made} and {client} are not both made in the function"
    answer = refusal(task.snapshot, module, block, _KEYS, f"Too many {kind}")
    if isinstance(answer, str):
        return answer
    return _change(module, (first, lookup), (client, kind), most, answer)


def _declared(block: SgNode, name: str) -> SgNode | None:
    for one in find_all(block, "variable_declarator"):
        label = one.field("name")
        if label is not None and label.text() == name and statement_of(one).parent() == block:
            return one
    return None


def _change(
    module: Module,
    made: tuple[SgNode, SgNode],
    names: tuple[str, str],
    most: int,
    answer: tuple[str, list[Edit]],
) -> Change | str:
    first, lookup = made
    refuse, imports = answer
    client, kind = names
    value = lookup.field("value")
    if value is None or find_all(value, "await_expression") or value.kind() == "await_expression":
        return f"{client} is only known after a wait"
    limit = constant_name(f"max_{kind}_per_client")
    if is_taken(module, limit):
        return f"{limit} is taken in {module.path}"
    known = start(lookup) < start(first)
    counted = f"{client if known else value.text()}?.{kind}.size ?? 0"
    margin, tab = indent(module.text, start(first)), step(module.text)
    guard = f"{margin}if (({counted}) >= {limit}) {{\n{margin}{tab}{refuse}\n{margin}}}\n\n"
    declared = f"const {limit} = {most}{semicolon(module)}\n\n"
    edits = [
        insert(start(top_level(first)), declared),
        before_line(module.text, start(statement_of(first)), guard),
        *imports,
    ]
    return Change(
        summary=f"Allow a client at most {most} {kind}",
        edits={module.path: apply(module.text, edits)},
        risk=f"A client that legitimately opens more than {most} {kind} at once is refused.",
    )


_HANDLER = """\
// Open a pipe
const open = handler("pipe:open", async (payload, socket, context) => {
  const room = context.rooms.get(payload.room);
  if (!room) return { success: false, error: "No such hall" };

  const pipe = await room.open();
  const client = context.clients.get(socket.id);
  if (client) client.pipes.set(pipe.id, pipe);
  return { success: true };
});
"""
_CLOSE = "export const close = (client: Client, id: string) => client.pipes.delete(id);\n"
_ASKED = asking(
    "No limit on number of pipes per client",
    "Add per-client pipe limit (max 2)",
    "src/pipe.ts",
    "open",
)

RECIPE = Recipe(
    name="cap-per-client",
    message="Without a limit one client can use up what all share.",
    words=r"no (limit|cap) on|per[- ]client.{0,20}limit|limit per client|flood|exhaustion",
    rewrite=_rewrite,
    examples=(
        Example(
            "the client is counted before anything is opened",
            _ASKED,
            {"src/pipe.ts": _HANDLER, "src/close.ts": _CLOSE},
            {
                "src/pipe.ts": "const MAX_PIPES_PER_CLIENT = 2;\n\n"
                + _HANDLER.replace(
                    "  const pipe =",
                    "  if ((context.clients.get(socket.id)?.pipes.size ?? 0) >= "
                    'MAX_PIPES_PER_CLIENT) {\n    return { success: false, error: "Too many pipes" '
                    "};\n  }\n\n  const pipe =",
                )
            },
        ),
        Example(
            "where entries are never taken out a cap would lock clients out",
            _ASKED,
            {"src/pipe.ts": _HANDLER},
            refuses="nothing takes entries out of client.pipes",
        ),
    ),
)
