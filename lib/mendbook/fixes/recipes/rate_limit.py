"""Limit the rate of a handler as its neighbour does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, start
from mendbook.code.functions import (
    body,
    free_names,
    function_around,
    handler_function,
    inside,
    local_names,
    parameters,
    statement_of,
)
from mendbook.code.module_text import Module
from mendbook.code.search import find_all, find_one
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_LIMITER = re.compile(r"limiter\.\w+\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Guard:
    """The sibling's guard: its first and last statement, the function, and its key."""

    first: SgNode
    last: SgNode
    function: SgNode
    key: SgNode


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "the handler that the finding names is not there"
    for module in targets(task):
        for scope in scopes(task, module):
            function = handler_function(scope) if scope != module.root else None
            block = body(function) if function is not None else None
            if function is None or block is None:
                continue
            if _LIMITER.search(block.text()):
                reason = "the handler is rate limited already"
                continue
            guard = _sibling(module, function)
            if guard is None:
                reason = f"no handler in {module.path} shows how to limit a rate"
                continue
            answer = _copy(task, module, scope, block, guard)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _sibling(module: Module, function: SgNode) -> _Guard | None:
    for call in find_all(module.root, "await_expression"):
        around = function_around(call)
        if around is None or not _LIMITER.search(call.text()) or inside(call, function):
            continue
        first = statement_of(call)
        declared = find_one(first, "variable_declarator")
        label = declared.field("name") if declared is not None else None
        after = next((one for one in first.next_all() if one.kind() == "if_statement"), None)
        key = find_one(call, "template_string")
        if label is None or after is None or key is None or body(around) != first.parent():
            continue
        if re.match(rf"if\s*\(\s*!{label.text()}\s*\)", after.text()) and "return" in after.text():
            return _Guard(first, after, around, key)
    return None


def _copy(
    task: Task, module: Module, scope: SgNode, block: SgNode, guard: _Guard
) -> RecipeChange | str:
    event = next((one for one in task.finding.events if one in scope.text()), "")
    label = scope.field("name")
    prefix = event or (label.text() if label is not None else "")
    text = module.text[start(guard.first) : end(guard.last)]
    key = re.sub(r"^`[^$`]*", f"`{prefix}:", guard.key.text())
    text = text.replace(guard.key.text(), key)
    function = handler_function(scope)
    if not prefix or function is None:
        return "the handler has no name to limit it by"
    text = _in_terms_of(text, guard, function)
    if not text:
        return "the sibling's guard needs more than the handler's parameters"
    first = block.named_children()[0] if block.named_children() else None
    if first is None:
        return "the handler does nothing"
    margin, its = indent(module.text, start(first)), indent(module.text, start(guard.first))
    lines = text.replace("\r\n", "\n").split("\n")
    shifted = [margin + lines[0], *(margin + line.removeprefix(its) for line in lines[1:])]
    edits = [after_line(module.text, start(block), "\n".join(shifted) + "\n\n")]
    return RecipeChange(
        summary=f"Limit the rate of {prefix} as its sibling does",
        edits={module.path: apply(module.text, edits)},
        risk=f"The limit is the sibling's, counted under its own key ({prefix}); a client that "
        "sends more often is now refused.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.GUARD,
                f"limit the rate of {prefix} as its sibling does",
                [text],
            ),
        ),
    )


def _in_terms_of(text: str, guard: _Guard, function: SgNode) -> str:
    """Return the guard in the handler's names; empty when it needs more than they give."""
    theirs, ours = parameters(guard.function), parameters(function)
    names = dict(zip(theirs, ours, strict=False))
    used = free_names(guard.first) | free_names(guard.last)
    own = local_names(guard.first)
    for name in sorted((used & local_names(guard.function)) - own - set(theirs)):
        value = _plain_value(guard.function, name)
        if value is None:
            return ""
        names[name] = value
    for name in used & set(theirs):
        if name not in names:
            return ""
    for name, value in names.items():
        root, _, rest = value.partition(".")
        value = ".".join(
            filter(None, [names.get(root, root) if name not in theirs else root, rest])
        )
        text = re.sub(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", value, text)
    return text


def _plain_value(function: SgNode, name: str) -> str | None:
    """Return the property path that ``const name = a.b.c`` gives it in ``function``."""
    for node in find_all(function, "variable_declarator"):
        label, value = node.field("name"), node.field("value")
        if label is not None and value is not None and label.text() == name:
            return value.text() if re.fullmatch(r"\w+(\??\.\w+)*", value.text()) else None
    return None


_BEFORE = """\
const LIMIT = 10;

export function register(socket: Socket) {
  socket.on(
    "note:send",
    handler("note:send", async (payload, sock) => {
      const user = sock.data.user;
      const allowed = await limiter.isAllowed(`note:${user.id}`, LIMIT, 60);
      if (!allowed) {
        return { success: false, error: "Too many" };
      }
      return send(payload);
    }),
  );
  socket.on(
    "note:warm",
    handler("note:warm", async (payload, s) => {
      return warm(payload);
    }),
  );
}
"""

RECIPE = Recipe(
    name="rate-limit",
    message="An event that costs others something is limited like its neighbours.",
    words=r"rate[- ]limit",
    remedy=r"limit|throttl",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the sibling's guard, under a key of its own",
            asking(
                "No rate limiting on note:warm",
                "Add rate limiting",
                "src/a.ts",
                "register (note:warm)",
            ),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace(
                    "      return warm",
                    "      const allowed = await limiter.isAllowed("
                    "`note:warm:${s.data.user.id}`, LIMIT, 60);\n"
                    "      if (!allowed) {\n"
                    '        return { success: false, error: "Too many" };\n'
                    "      }\n\n      return warm",
                )
            },
        ),
        Example(
            "a handler that is limited stays",
            asking("No rate limiting", "Add rate limiting", "src/a.ts", "note:send"),
            {"src/a.ts": _BEFORE},
            refuses="rate limited already",
        ),
        Example(
            "without a sibling no limit is invented",
            asking("No rate limiting", "Add rate limiting", "src/a.ts", "prepare"),
            {
                "src/a.ts": "export async function prepare(payload: Note) {\n"
                "  return warm(payload);\n}\n"
            },
            refuses="no handler in src/a.ts shows how",
        ),
    ),
)
