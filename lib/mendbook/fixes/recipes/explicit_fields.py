"""Send the fields that the schema knows, not whatever it will know one day."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import apply, indent, replace, start
from mendbook.code.functions import function_around, parameters
from mendbook.code.module_text import Module
from mendbook.code.schemas import keys_of
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no object with a spread is sent in the code that the finding names"
    for module in targets(task):
        spreads = [node for scope in scopes(task, module) for node in _spreads(scope)]
        for spread in meant(spreads, module, task.finding):
            keys = _keys(task, module, spread)
            if isinstance(keys, str):
                reason = keys
                continue
            return _change(module, spread, keys)
    return reason


def _spreads(scope: SgNode) -> list[SgNode]:
    """Return spreads of an identifier in an object that is an argument of ``emit`` or ``send``."""
    spreads = []
    for node in find_all(scope, "spread_element"):
        literal = node.parent()
        arguments = literal.parent() if literal is not None else None
        call = arguments.parent() if arguments is not None else None
        callee = call.field("function") if call is not None else None
        if callee is None or not callee.text().endswith((".emit", ".send", ".publish")):
            continue
        if node.named_children()[0].kind() == "identifier":
            spreads.append(node)
    return spreads


def _keys(task: Task, module: Module, spread: SgNode) -> list[str] | str:
    """Return the schema's keys of the spread payload, those written beside it left out."""
    name = spread.named_children()[0].text()
    function = function_around(spread)
    while function is not None and name not in parameters(function):
        function = function_around(function)
    if function is None:
        return f"{name} is not a parameter whose schema is known"
    call = function.parent()
    siblings = call.named_children() if call is not None and call.kind() == "arguments" else []
    if parameters(function)[0] != name:
        return f"{name} is not the payload of the handler"
    for one in siblings:
        keys = keys_of(task.snapshot, module, one.text()) if one.kind() == "identifier" else None
        if keys is not None:
            return [key for key in keys if key not in _written(spread)]
    return f"no z.object schema of {name} stands beside the handler"


def _written(spread: SgNode) -> set[str]:
    """Return the keys written after the spread, which win over it."""
    return {label.text() for one in spread.next_all() if (label := one.field("key")) is not None}


def _change(module: Module, spread: SgNode, keys: list[str]) -> RecipeChange:
    name = spread.named_children()[0].text()
    literal = spread.parent()
    lines = literal is not None and "\n" in literal.text()
    gap = ",\n" + indent(module.text, start(spread)) if lines else ", "
    text = gap.join(f"{key}: {name}.{key}" for key in keys)
    edits = [replace(spread, text)]
    return RecipeChange(
        summary=f"Send the fields of {name} by name",
        edits={module.path: apply(module.text, edits)},
        risk="None today: the same fields are sent; a field added to the schema no longer is.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"send the fields of `{name}` by name instead of spreading it",
                [f"{key}: {name}.{key}" for key in keys],
                [f"...{name}"],
            ),
        ),
    )


_SCHEMA = """\
import { z } from "zod";

export const sendSchema = z.object({
  roomId: z.string(),
  noteId: z.number(),
});
"""
_HANDLER = """\
import { sendSchema } from "./schemas.js";

export const send = createHandler("send", sendSchema, async (payload, socket) => {
  socket.to(payload.roomId).emit("note", {
    from: socket.id,
    ...payload,
  });
});
"""

_BERTH = """\
import { z } from "zod";

const berthSchema = z.object({ id: z.string(), depth: z.number(), owner: z.string() });

app.handle("berth:free", berthSchema, (berth, ship) => {
  ship.emit("berth:freed", { ...berth, owner: "harbour" });
});
"""

RECIPE = Recipe(
    name="explicit-fields",
    message="A spread sends every field that the schema will ever have to everybody.",
    words=r"spread|\.\.\.\w+|explicit(ly)? (pick|list|field)|leak",
    remedy=r"explicit|pick|\blist\b|field|select|omit|only",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the payload's schema says which fields",
            asking("Answer uses spread", "Explicitly pick fields", "src/a.ts", "send"),
            {"src/a.ts": _HANDLER, "src/schemas.ts": _SCHEMA},
            {
                "src/a.ts": _HANDLER.replace(
                    "...payload", "roomId: payload.roomId,\n    noteId: payload.noteId"
                )
            },
        ),
        Example(
            "what is written behind the spread wins over it, on one line, too",
            asking("`...berth` leaks what is added later", "List the fields", "quay/free.ts"),
            {"quay/free.ts": _BERTH},
            {"quay/free.ts": _BERTH.replace("...berth,", "id: berth.id, depth: berth.depth,")},
        ),
        Example(
            "without a schema the fields are not guessed",
            asking("Answer uses spread", "Explicitly pick fields", "src/a.ts", "send"),
            {"src/a.ts": _HANDLER},
            refuses="no z.object schema",
        ),
    ),
)
