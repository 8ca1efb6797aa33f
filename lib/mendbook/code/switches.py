"""Which case of a switch a line stands in: of a dispatcher it is what the code really is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from mendbook.code.minified import is_minified
from mendbook.code.parsed import root_of
from mendbook.code.trees import LANGUAGES

_OTHERS = {
    ".py": "python",
    ".go": "go",
    ".java": "java",
    ".cs": "csharp",
    ".rs": "rust",
    ".php": "php",
}
_CASES = {
    "switch_case": "value",
    "case_clause": "pattern",
    "expression_case": "value",
    "switch_rule": "",
    "switch_block_statement_group": "",
    "match_arm": "pattern",
    "switch_section": "",
    "case_statement": "value",
}
"""Kinds of cases, and the field of what is compared; without one it is the first child."""
_LABEL = re.compile(
    r"(?:case\s+)?(?P<label>\"[^\"\n]{1,60}\"|'[^'\n]{1,60}'|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
    r"|(?:[A-Za-z_]\w*(?:\.|::))+[A-Z]\w*)(?:\.to_string\(\))?:?"
)
"""A text or a constant: what a person calls the case by."""
_ASKED = re.compile(
    r"\(?\s*[\w$.?!\[\]'\"]*?\b(?i:method|type|event|action|kind|cmd|command|op|opcode|topic)\s*"
    r"===?\s*(?P<label>\"[^\"\n]{1,60}\"|'[^'\n]{1,60}')\s*\)?"
)
"""A condition that tells one sort of message from the others."""


def case_of(path: str, text: str, line: int) -> tuple[str, int] | None:
    """Return the label of the innermost case that ``line`` (1-based) stands in, and its line.

    A text is returned in double quotes, a constant bare. None where it stands in no case, in that
    of another function, or in one without a label of its own.
    """
    suffix = PurePosixPath(path).suffix
    language = LANGUAGES.get(suffix) or _OTHERS.get(suffix)
    if language is None or is_minified(path, text):
        return None
    innermost = None
    for node in _holding(root_of(language, text), line):
        if label := _label(node, line):
            innermost = label, node.range().start.line + 1
    return innermost


def _holding(root: SgNode, line: int) -> Iterator[SgNode]:
    """Yield the nodes that hold ``line``, outer ones first."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        span = node.range()
        if span.start.line < line <= span.end.line + 1:
            yield node
            waiting.extend(reversed(node.children()))


def _label(node: SgNode, line: int) -> str:
    kind = node.kind()
    if kind in {"if_statement", "elif_clause"}:
        return _asked(node, line)
    if kind not in _CASES:
        return ""
    compared = node.field(_CASES[kind]) if _CASES[kind] else None
    if compared is None:
        compared = next((each for each in node.children() if each.is_named()), None)
    return _told(_LABEL.fullmatch(compared.text().strip())) if compared is not None else ""


def _asked(node: SgNode, line: int) -> str:
    """Return what an ``if`` compares the sort of a message with, for lines that it guards."""
    condition = node.field("condition")
    then = node.field("consequence") or node.field("body")
    if condition is None or then is None:
        return ""
    span = then.range()
    if not span.start.line < line <= span.end.line + 1:
        return ""
    return _told(_ASKED.fullmatch(condition.text().strip()))


def _told(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    label = match["label"]
    return f'"{label[1:-1]}"' if label[0] in "\"'" else label
