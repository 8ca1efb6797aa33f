"""Check that the caller is in the room it sends to."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, indent, start, step
from mendbook.code.functions import body, handler_function, parameters
from mendbook.code.module_text import Module, modules
from mendbook.code.replies import refusal
from mendbook.code.test_files import is_test
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_SENT = re.compile(r"(?<![\w.])(\w+)(?:\.nsp)?\.to\(\s*(\w+(?:\.\w+)*)\s*\)")
_KEYS = ("NOT_IN_ROOM", "NOT_A_MEMBER", "NOT_AUTHORIZED", "FORBIDDEN")


def _rewrite(task: Task) -> Change | str:
    joins = any(
        re.search(r"\.join\(\s*(\w+\.)*room\w*\s*\)", one.text, re.IGNORECASE)
        for one in modules(task.snapshot, ".join(")
        if not is_test(one.path)
    )
    if not joins:
        return "no socket joins a room by its id anywhere, so rooms.has() would refuse everybody"
    reason = "the handler that the finding names sends to no room"
    for module in targets(task):
        for scope in scopes(task, module):
            answer = _guard(task, module, scope) if scope != module.root else reason
            if isinstance(answer, Change):
                return answer
            reason = answer
    return reason


def _guard(task: Task, module: Module, scope: SgNode) -> Change | str:
    function = handler_function(scope)
    block = body(function) if function is not None else None
    sent = _SENT.search(block.text()) if block is not None else None
    if function is None or block is None or sent is None:
        return "the handler that the finding names sends to no room"
    socket, room = sent.groups()
    names = parameters(function)
    if socket not in names or room.partition(".")[0] not in names:
        return f"{socket} and {room} are not both given to the handler"
    if ".rooms.has(" in block.text():
        return "the handler checks the room already"
    if re.search(r"\.join\(", block.text()):
        return "the handler joins the room itself"
    answer = refusal(task.snapshot, module, block, _KEYS, "Not in room")
    if isinstance(answer, str):
        return answer
    statement, imports = answer
    first = block.named_children()[0]
    margin = indent(module.text, start(first))
    lines = (
        f"{margin}if (!{socket}.rooms.has({room})) {{\n"
        f"{margin}{step(module.text)}{statement}\n{margin}}}\n\n"
    )
    return Change(
        summary="Refuse senders that are not in the room",
        edits={
            module.path: apply(
                module.text, [after_line(module.text, start(block), lines), *imports]
            )
        },
        risk="Clients that send before they have joined are refused; tests must join first.",
    )


_BEFORE = """\
import { Errors } from "./errors.js";

export function register(socket: Socket) {
  socket.on(
    "note:send",
    handler("note:send", async (payload, sock) => {
      if (!payload.note) return { success: false, error: Errors.INVALID };
      sock.to(payload.roomId).emit("note", payload.note);
      return { success: true };
    }),
  );
  socket.on("room:join", (roomId) => socket.join(roomId));
}
"""
_ERRORS = (
    'export const Errors = {\n  INVALID: "Invalid",\n  NOT_AUTHORIZED: "Not authorized",\n};\n'
)

RECIPE = Recipe(
    name="guard-membership",
    message="A sender that is not in the room must not send to it.",
    words=r"rooms\.has|room membership|not (verified|checked).{0,30}\broom\b|not in.{0,8}room",
    rewrite=_rewrite,
    examples=(
        Example(
            "the handler refuses first, with the code it has",
            asking(
                "No room membership validation",
                "Add socket.rooms.has(payload.roomId) guard",
                "src/a.ts",
                "note:send",
            ),
            {"src/a.ts": _BEFORE, "src/errors.ts": _ERRORS},
            {
                "src/a.ts": _BEFORE.replace(
                    "      if (!payload.note)",
                    "      if (!sock.rooms.has(payload.roomId)) {\n"
                    "        return { success: false, error: Errors.NOT_AUTHORIZED };\n"
                    "      }\n\n      if (!payload.note)",
                )
            },
        ),
        Example(
            "where nobody joins a room nothing is refused",
            asking("No room membership validation", "Add a guard", "src/a.ts", "note:send"),
            {"src/a.ts": _BEFORE.replace("socket.join", "enter"), "src/errors.ts": _ERRORS},
            refuses="no socket joins a room",
        ),
    ),
)
