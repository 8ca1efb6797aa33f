"""Where code may begin in a file: below BOM, hashbang, directives, license and pragmas."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import end, line_end, line_start, start
from mendbook.code.module_text import Module

_MARK = re.compile(
    r"copyright|licen[sc]e|SPDX-|@(?:ts|flow|jsx|preserve|file|module|package|vitest|jest)"
    r"|\b(?:es|js|ts|ox)lint\b|prettier-|biome-|istanbul|c8 ignore|webpack|<reference|^/\*!"
    r"|deno-lint|sourceMapping|@generated|coding[:=]",
    re.IGNORECASE,
)
"""What a comment says that speaks of the file and must stay at its top."""


def code_start(module: Module) -> int:
    """Return the offset at which the first statement of ``module`` may be inserted.

    It is the start of a line, but for a file whose directive shares its line with code. A comment
    that a blank line parts from what follows speaks of the file; one that sits on a declaration
    stays with it, unless it is a license or a pragma.
    """
    at = 1 if module.text.startswith("\ufeff") else 0
    children = module.root.children()
    last = max((n for n, one in enumerate(children) if _is_directive(module, n)), default=-1)
    for number, node in enumerate(children):
        rest = module.text[end(node) : line_end(module.text, end(node))]
        if number <= last:
            at = end(node) if rest.strip() else line_end(module.text, end(node))
        elif node.kind() != "comment" or rest.strip() or not _heads(module, children[number:]):
            break
        else:
            at = line_end(module.text, end(node))
    blank = re.match(r"[ \t]*\r?\n", module.text[at:])
    starts = at == line_start(module.text, at) or at == 1
    return at + blank.end() if blank and at > 1 and starts else at


def _is_directive(module: Module, number: int) -> bool:
    """Tell whether the child is a hashbang or a directive: only those and comments precede it."""
    children = module.root.children()[: number + 1]
    for node in children:
        inner = node.named_children()
        string = node.kind() == "expression_statement" and inner and inner[0].kind() == "string"
        if not string and node.kind() not in {"comment", "hash_bang_line"}:
            return False
    return children[-1].kind() != "comment"


def _heads(module: Module, rest: list[SgNode]) -> bool:
    """Tell whether a comment of the run that ``rest`` begins with speaks of the file."""
    for node in rest:
        if node.kind() != "comment":
            return False
        after = module.text[end(node) :]
        if _MARK.search(node.text()) or re.match(r"[ \t]*\r?\n[ \t]*\r?\n", after):
            return True
    return False


def constant_place(module: Module, node: SgNode) -> int:
    """Return the offset at which a constant that ``node`` is to use may be declared.

    It is above the top-level statement around ``node`` with its comments, but below the head of
    the file; below the imports where code above already uses what that statement declares, for
    a constant that is not made yet cannot be read.
    """
    statement = _statement(node)
    first = code_start(module)
    if _used_above(module, statement):
        loads = [one for one in module.root.children() if one.kind() == "import_statement"]
        return max(first, line_end(module.text, end(loads[-1]))) if loads else first
    above = statement.prev()
    while above is not None and above.kind() == "comment" and start(above) >= first:
        if statement.range().start.line - above.range().end.line != 1:
            break
        statement, above = above, above.prev()
    return max(first, start(statement))


def _statement(node: SgNode) -> SgNode:
    outers = node.ancestors()
    return next(
        (
            inner
            for inner, outer in zip([node, *outers], outers, strict=False)
            if outer.kind() == "program"
        ),
        node,
    )


def _used_above(module: Module, statement: SgNode) -> bool:
    inner = [statement, *statement.children()]
    named = [one.field("name") for one in inner if one.kind().endswith("_declaration")]
    names = "|".join(re.escape(one.text()) for one in named if one is not None)
    above = "".join(
        one.text()
        for one in statement.prev_all()
        if one.kind() not in {"comment", "import_statement"}
    )
    return bool(names) and re.search(rf"(?<![\w$.])(?:{names})(?![\w$])", above) is not None
