"""Mark a declaration as deprecated, with what to use instead."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.declaring import declaring
from mendbook.code.edits import (
    Edit,
    apply,
    before_line,
    end,
    indent,
    replace,
    start,
)
from mendbook.code.effects import decorators_of
from mendbook.code.functions import declarations
from mendbook.code.module_text import Module
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import SCRIPTS, Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_ASKED = r"@deprecated|deprecate\b|(mark|flag).{0,30}deprecated"


def _rewrite(task: Task) -> Change | str:
    if not re.search(_ASKED, task.finding.fix, re.IGNORECASE):
        return "the fix does not ask for a mark"
    symbols = task.finding.symbols
    reason = "the finding names no declaration of its file"
    for module in targets(task):
        for symbol in symbols:
            top = declaring(module.root, symbol)
            for node in (top or declarations(module.root, symbol))[:1]:
                head = _head(node)
                comment = head.prev()
                if comment is not None and "@deprecated" in comment.text():
                    reason = f"{symbol} is marked already"
                    continue
                return _change(task, module, symbol, head)
    return reason


def _head(node: SgNode) -> SgNode:
    """Return where the declaration begins: with its decorators, ``export`` and ``const``."""
    kinds = {"export_statement", "lexical_declaration"}
    current = node
    for outer in node.ancestors():
        if outer.kind() not in kinds:
            break
        current = outer
    return next(iter(decorators_of(current)), current)


def _change(task: Task, module: Module, symbol: str, head: SgNode) -> Change:
    instead = _instead(task, module, symbol)
    said = f"@deprecated {f'Use {{@link {instead}}} instead.' if instead else 'Not for new code.'}"
    edits = [_marked(module, head, said)]
    return Change(
        summary=f"Mark {symbol} as deprecated",
        edits={module.path: apply(module.text, edits)},
        risk="None: editors strike the name through; nothing runs differently.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.ANNOTATE,
                f"mark {symbol} as deprecated in its comment",
            ),
        ),
    )


def _instead(task: Task, module: Module, symbol: str) -> str:
    """Return the name behind ``use`` or ``favour of`` in the fix, when the code declares it."""
    pattern = r"(?:\buse|favou?r of|replace(?:d)? (?:it )?(?:by|with))\s+`?([A-Za-z_$][\w$.]*)"
    for name in re.findall(pattern, task.finding.fix, re.IGNORECASE):
        bare = name.rstrip(".")
        if bare != symbol and any(
            re.search(rf"\b{re.escape(bare.rpartition('.')[2])}\b", task.snapshot.text(path))
            for path in task.snapshot.files
        ):
            return str(bare)
    return ""


def _marked(module: Module, head: SgNode, said: str) -> Edit:
    margin = indent(module.text, start(head))
    comment = head.prev()
    attached = (
        comment is not None
        and comment.kind() == "comment"
        and comment.text().startswith("/**")
        and module.text[end(comment) : start(head)].count("\n") == 1
    )
    if comment is None or not attached:
        return before_line(module.text, start(head), f"{margin}/** {said} */\n")
    inner = comment.text().replace("\r\n", "\n")
    if "\n" not in inner:
        text = inner.removeprefix("/**").removesuffix("*/").strip()
        return replace(comment, f"/**\n{margin} * {text}\n{margin} * {said}\n{margin} */")
    return replace(comment, re.sub(r"\n[ \t]*\*/\Z", f"\n{margin} * {said}\n{margin} */", inner))


RECIPE = Recipe(
    name="deprecate",
    message="A mark in the code tells the next caller what the team already knows.",
    words=_ASKED,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a comment of one line grows",
            asking("send is legacy", "Mark as @deprecated, use post", "src/a.ts", "send"),
            {
                "src/a.ts": "/** Send it. */\nexport const send = () => post();\n\n"
                "export function post() {}\n"
            },
            {
                "src/a.ts": "/**\n * Send it.\n * @deprecated Use {@link post} instead.\n */\n"
                "export const send = () => post();\n\nexport function post() {}\n"
            },
        ),
        Example(
            "a method without a comment gets one",
            asking("legacy", "Deprecate it", "src/a.ts", "A.old"),
            {"src/a.ts": "class A {\n  old() {}\n}\n"},
            {"src/a.ts": "class A {\n  /** @deprecated Not for new code. */\n  old() {}\n}\n"},
        ),
        Example(
            "the mark stands above decorators",
            asking("legacy", "Deprecate it", "src/a.ts", "Invoices.old"),
            {"src/a.ts": "class Invoices {\n  @Get()\n  old() {}\n}\n"},
            {
                "src/a.ts": "class Invoices {\n  /** @deprecated Not for new code. */\n"
                "  @Get()\n  old() {}\n}\n"
            },
        ),
        Example(
            "of overloads the first one is marked",
            asking("legacy", "Deprecate it", "src/a.ts", "tax"),
            {"src/a.ts": "export function tax(a: 1): 1;\nexport function tax(a: 1) {}\n"},
            {
                "src/a.ts": "/** @deprecated Not for new code. */\n"
                "export function tax(a: 1): 1;\nexport function tax(a: 1) {}\n"
            },
        ),
        Example(
            "what is marked stays",
            asking("legacy", "Deprecate it", "src/a.ts", "old"),
            {"src/a.ts": "/** @deprecated */\nfunction old() {}\n"},
            refuses="marked already",
        ),
    ),
)
