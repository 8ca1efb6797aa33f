"""Where code may begin in a file: below BOM, hashbang, directives, license and pragmas."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, insert, line_end, line_start, start
from mendbook.code.module_text import Module
from mendbook.code.search import find_all

_MARK = re.compile(
    r"copyright|licen[sc]e|SPDX-|@(?:ts|flow|jsx|preserve|file|module|package|vitest|jest)"
    r"|\b(?:es|js|ts|ox)lint\b|prettier-|biome-|istanbul|c8 ignore|webpack|<reference|^/\*!"
    r"|deno-lint|sourceMapping|@generated|coding[:=]",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"-next(?:-line)?\b|@ts-(?:ignore|expect-error)\b|\bignore (?:next|if|else)\b|prettier-ignore\b"
    r"|biome-ignore(?!-all)|deno-lint-ignore(?!-file)",
    re.IGNORECASE,
)
"""What a comment says that speaks of the code below it and must stay with that."""
"""What a comment says that speaks of the file and must stay at its top."""
_REQUIRE = re.compile(r"(?:const|let|var)\s[^=]+=\s*require\(")


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
        if _NEXT.search(node.text()):
            return False
        if _MARK.search(node.text()) or re.match(r"[ \t]*\r?\n[ \t]*\r?\n", after):
            return True
    return False


def declare(module: Module, line: str) -> Edit:
    """Return the edit that declares a constant at module level; ``line`` has no line end.

    It stands below the imports and the constants that the file begins with, so that no code that
    runs while the file is loaded reads it before it is made.
    """
    last: SgNode | None = None
    for node in module.root.children():
        if start(node) < code_start(module) or node.kind() == "comment":
            continue
        if not _is_import(node) and not _is_constant(node):
            break
        last = node
    if last is None:
        at = code_start(module)
        lead = "\n" if at and module.text[at - 1] not in "\n\ufeff" else ""
        return insert(at, f"{lead}{line}\n\n")
    at = line_end(module.text, end(last))
    missing = "" if module.text[:at].endswith("\n") else "\n"
    return insert(at, f"{missing}{'' if _is_constant(last) else chr(10)}{line}\n")


def _is_import(node: SgNode) -> bool:
    return node.kind() == "import_statement" or bool(_REQUIRE.match(node.text()))


def _is_constant(node: SgNode) -> bool:
    """Tell whether a statement declares constants and runs no code to make them."""
    if not re.match(r"(export\s+)?const\s", node.text()) or _is_import(node):
        return False
    work = ("call_expression", "new_expression", "await_expression", "arrow_function", "class")
    return not find_all(node, *work, "function_expression", "jsx_element")
