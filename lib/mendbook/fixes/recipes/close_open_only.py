"""Close only what is open."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, replace
from mendbook.code.functions import is_in_block
from mendbook.code.module_text import Module, modules
from mendbook.code.search import find_all
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant

_CLOSE = re.compile(r"(await\s+)?([\w$.]+)\.close\(\);?")


def _rewrite(task: Task) -> Change | str:
    for module in targets(task):
        found = [node for scope in scopes(task, module) for node in _closes(scope)]
        if not found:
            continue
        if not _has_closed(task, found):
            return f"nothing in the code shows that {_target(found[0])} has a `closed` property"
        chosen = [node for node in meant(found, module, task.finding) if not _guarded(node)]
        if not chosen:
            return "every close() there is guarded by `.closed` already"
        return _change(module, chosen)
    return "no `x.close()` statement stands in the code that the finding names"


def _closes(scope: SgNode) -> list[SgNode]:
    nodes = find_all(scope, "expression_statement")
    return [node for node in nodes if _CLOSE.fullmatch(node.text()) and is_in_block(node)]


def _target(node: SgNode) -> str:
    found = _CLOSE.fullmatch(node.text())
    return found[2] if found else ""


def _has_closed(task: Task, found: list[SgNode]) -> bool:
    names = {_target(node).rpartition(".")[2] for node in found}
    if any(f"{name}.closed" in task.finding.fix for name in names):
        return True
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\??\.closed\b")
    return any(pattern.search(one.text) for one in modules(task.snapshot, ".closed"))


def _guarded(node: SgNode) -> bool:
    guard = re.compile(rf"(?<![\w$]){re.escape(_target(node))}\??\.closed\b")
    for outer in node.ancestors():
        condition = outer.field("condition") if outer.kind() == "if_statement" else None
        if condition is not None and guard.search(condition.text()):
            return True
        if outer.kind() in {"arrow_function", "method_definition", "function_declaration"}:
            break
    before = [one.text() for one in node.prev_all() if one.kind() == "if_statement"]
    return any(guard.search(text) and "return" in text for text in before)


def _change(module: Module, chosen: list[SgNode]) -> Change:
    names = sorted({_target(node) for node in chosen})
    edits = [replace(node, f"if (!{_target(node)}.closed) {node.text()}") for node in chosen]
    return Change(
        summary=f"Close {', '.join(names)} only while open",
        edits={module.path: apply(module.text, edits)},
        risk="None expected: what is closed already stays closed.",
    )


_BEFORE = """\
export function track(producer: Producer) {
  producer.on("transportclose", () => {
    seen.delete(producer.id);
    producer.close();
  });
}
"""

RECIPE = Recipe(
    name="close-open-only",
    message="Closing a thing twice hides who closed it first: ask `closed` before closing.",
    words=r"double[- ]clos|\.closed|already closed|close.{0,20}twice|only.{0,12}open",
    rewrite=_rewrite,
    examples=(
        Example(
            "a close in a listener is guarded",
            asking(
                "Producer double-close risk",
                "Add if (!producer.closed) guard before close()",
                "src/a.ts",
                "track",
            ),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": _BEFORE.replace(
                    "producer.close();", "if (!producer.closed) producer.close();"
                )
            },
        ),
        Example(
            "a close behind an early return stays",
            asking("Double-close", "Check producer.closed first", "src/a.ts"),
            {
                "src/a.ts": "function stop(producer: Producer) {\n"
                "  if (producer.closed) return;\n  producer.close();\n}\n"
            },
            refuses="guarded by `.closed` already",
        ),
        Example(
            "the one statement of an if keeps its else",
            asking("Double-close", "Add if (!pipe.closed)", "src/a.ts"),
            {"src/a.ts": "if (late) pipe.close();\nelse wait();\n"},
            refuses="no `x.close()` statement",
        ),
        Example(
            "a thing that is not known to have `closed` stays",
            asking("Double-close of the file", "Close it only when open", "src/a.ts"),
            {"src/a.ts": "function stop(file: Handle) {\n  file.close();\n}\n"},
            refuses="`closed` property",
        ),
    ),
)
