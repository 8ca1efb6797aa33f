"""Say what is missing where a type assertion only hopes that it is there."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, start, step
from mendbook.code.imports import quote, semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant

_ASSERTED = re.compile(r"const (\w+) = ([\w.]+(?:\.\w+)+) as ([\w.]+);?")


def _rewrite(task: Task) -> Change | str:
    reason = "no `const x = a.b as T` stands in the code that the finding names"
    for module in targets(task):
        found = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "lexical_declaration")
            if _ASSERTED.fullmatch(node.text())
        ]
        for node in meant(found, module, task.finding):
            parts = _ASSERTED.fullmatch(node.text())
            name = parts[1] if parts else ""
            if _is_guarded(node, name):
                reason = f"{name} is checked already"
            elif not _is_used_at_once(node, name):
                reason = f"{name} is not used unconditionally, so it may well be missing"
            else:
                return _change(module, node)
    return reason


def _is_guarded(node: SgNode, name: str) -> bool:
    parts = _ASSERTED.fullmatch(node.text())
    source = re.escape(parts[2]) if parts else ""
    around = [*node.prev_all(), *node.next_all()]
    guard = re.compile(rf"!\s*({re.escape(name)}|{source})\b|\b{re.escape(name)}\s*===? *(null|un)")
    return any(
        condition is not None and guard.search(condition.text().replace("?.", "."))
        for one in around
        if (condition := one.field("condition")) is not None
    )


def _is_used_at_once(node: SgNode, name: str) -> bool:
    """Tell whether a later statement of the same block reads a property of it in any case."""
    plain = re.compile(rf"(?<![\w$.]){re.escape(name)}\.\w+")
    return any(
        plain.search(one.text())
        for one in node.next_all()
        if one.kind() in {"expression_statement", "lexical_declaration", "return_statement"}
        and not find_all(one, "arrow_function", "function_expression", "ternary_expression")
    )


def _change(module: Module, node: SgNode) -> Change | str:
    parts = _ASSERTED.fullmatch(node.text())
    if parts is None:
        return "the assertion is not a plain one"
    name, source, _ = parts.groups()
    margin, tab = indent(module.text, start(node)), step(module.text)
    mark, stop = quote(module), semicolon(module)
    lines = (
        f"{margin}if (!{name}) {{\n"
        f"{margin}{tab}throw new Error({mark}{source} is missing{mark}){stop}\n{margin}}}\n"
    )
    return Change(
        summary=f"Check that {source} is there",
        edits={module.path: apply(module.text, [after_line(module.text, end(node), lines)])},
        why=f"Without {source} the next lines fail anyway, with a message that names no cause.",
        risk="None expected: what threw a TypeError now throws an Error that says what is missing.",
    )


_BEFORE = """\
export function enter(visit: Visit): void {
  const guest = visit.state.guest as Guest;

  desks.set(visit.id, { id: guest.id });
}
"""

RECIPE = Recipe(
    name="guard-assertion",
    message="A type assertion checks nothing: say what is missing, where it is missing.",
    words=r"type assertion|unsafe (type )?cast|\bcast\b.{0,40}silently|runtime (guard|check)",
    rewrite=_rewrite,
    examples=(
        Example(
            "the check stands right behind the assertion",
            asking("Unsafe type assertion", "Add runtime guard", "src/a.ts", "enter"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace(
                    "as Guest;\n",
                    "as Guest;\n  if (!guest) {\n"
                    '    throw new Error("visit.state.guest is missing");\n  }\n',
                )
            },
        ),
        Example(
            "what may be missing stays",
            asking("Unsafe type assertion", "Add runtime guard", "src/a.ts", "enter"),
            {"src/a.ts": _BEFORE.replace("guest.id", "guest?.id")},
            refuses="may well be missing",
        ),
        Example(
            "what is checked stays",
            asking("Unsafe type assertion", "Add runtime guard", "src/a.ts", "enter"),
            {"src/a.ts": _BEFORE.replace("  desks", "  if (!guest) return;\n  desks")},
            refuses="checked already",
        ),
    ),
)
