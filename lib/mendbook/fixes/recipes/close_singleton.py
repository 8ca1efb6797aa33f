"""Export how to close a client that a module opens once and keeps."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, step
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, imported
from mendbook.code.names_in_scope import is_taken
from mendbook.code.search import find_all
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_CLOSERS = {"ioredis": "quit", "redis": "quit", "pg": "end", "mysql2/promise": "end"}
"""The method by which each package's client closes once what is under way is done; async."""


def _rewrite(task: Task) -> Change | str:
    if not re.search(r"\b(disconnect|close|quit|shut)", task.finding.fix, re.IGNORECASE):
        return "the fix does not ask for a way to close"
    reason = "no module-level client that is opened once stands in the files named"
    for module in targets(task):
        for node in find_all(module.root, "variable_declarator"):
            kept = _singleton(module, node)
            if kept is None:
                continue
            name, closer = kept
            asked = re.search(r"\b((?:dis|close|shut)\w*[A-Z]\w*)(?:\(\))?", task.finding.fix)
            function = asked[1] if asked else f"close{name[0].upper()}{name[1:]}"
            if is_taken(module, function):
                reason = f"{function} is there already"
            elif re.search(rf"\b{name}!?\??\.(quit|end|disconnect|close)\(", module.text):
                reason = f"{module.path} closes {name} already"
            else:
                return _change(module, name, closer, function)
    return reason


def _singleton(module: Module, node: SgNode) -> tuple[str, str] | None:
    """Return the variable and its closing method: ``let x: Redis | null = null``, made once."""
    label, typed, value = (node.field(key) for key in ("name", "type", "value"))
    outers = [one.kind() for one in node.ancestors()]
    if label is None or typed is None or value is None or outers[1:] != ["program"]:
        return None
    shown = re.fullmatch(r":\s*(\w+)\s*\|\s*null", typed.text())
    source = imported(module, shown[1]) if shown else None
    made = shown and re.search(rf"\b{label.text()} = new {shown[1]}\(", module.text)
    if source is None or not made or value.text() != "null":
        return None
    closer = _CLOSERS.get(source.specifier)
    return (label.text(), closer) if closer is not None else None


def _change(module: Module, name: str, closer: str, function: str) -> Change:
    tab, stop = step(module.text), semicolon(module)
    lines = [
        "",
        "/** Close the connection, once what is under way is done; the next use opens another. */",
        f"export async function {function}(): Promise<void> {{",
        f"{tab}if (!{name}) return{stop}",
        f"{tab}const closing = {name}{stop}",
        f"{tab}{name} = null{stop}",
        f"{tab}await closing.{closer}(){stop}",
        "}",
        "",
    ]
    at = end(module.root.named_children()[-1])
    return Change(
        summary=f"Export {function}",
        edits={module.path: apply(module.text, [after_line(module.text, at, "\n".join(lines))])},
        risk="None until it is called: shutdown code and tests have to call it.",
    )


_BEFORE = """\
import { Redis } from "ioredis";

let instance: Redis | null = null;

export function client(): Redis {
  if (instance) return instance;
  instance = new Redis();
  return instance;
}
"""

RECIPE = Recipe(
    name="close-singleton",
    message="What a process opens it must be able to close, or it hangs when it ends.",
    words=r"shutdown|disconnect|close method|no (graceful )?(close|cleanup)|hangs? on exit",
    rewrite=_rewrite,
    examples=(
        Example(
            "the variable is emptied first, so that a use during closing opens another",
            asking("No disconnect method", "Export disconnectRedis() function", "src/a.ts"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE + "\n"
                "/** Close the connection, once what is under way is done; the next use opens "
                "another. */\n"
                "export async function disconnectRedis(): Promise<void> {\n"
                "  if (!instance) return;\n  const closing = instance;\n  instance = null;\n"
                "  await closing.quit();\n}\n"
            },
        ),
        Example(
            "a client of a package that is not known stays",
            asking("No disconnect method", "Export close()", "src/a.ts"),
            {"src/a.ts": _BEFORE.replace('"ioredis"', '"./mine.js"')},
            refuses="no module-level client",
        ),
        Example(
            "a module that closes already stays",
            asking("No disconnect method", "Export disconnect()", "src/a.ts"),
            {"src/a.ts": _BEFORE + "\nexport const stop = () => instance?.quit();\n"},
            refuses="closes instance already",
        ),
    ),
)
