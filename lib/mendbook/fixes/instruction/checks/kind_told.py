"""What a text says gives way by its kind: *in place of the comparison*, *instead of the loop*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start

_COMPARES = re.compile(r"==|!=|<|>|\bis\b|\bin\b|\bequals(?:IgnoreCase)?\(|\binstanceof\b")
_KINDS: dict[str, tuple[str, ...]] = {
    "comparison": ("comparison_operator", "binary_expression", "method_invocation"),
    "loop": (
        "for_statement", "while_statement", "enhanced_for_statement", "do_statement",
        "for_in_clause",
    ),
    "concatenation": (
        "binary_operator", "binary_expression", "augmented_assignment", "assignment_expression",
        "assignment_statement", "concatenated_string",
    ),
}  # fmt: skip
_OLD = re.compile(
    rf"\b(?:{INSTEAD_OF}|replac(?:e|ing)|in\s+(?:the\s+)?place\s+of)\s+(?:the|this|that|an?)\s+"
    r"(?:[a-z][\w-]*\s+){0,2}?(?P<what>comparison|loop|concatenation)\b",
    re.IGNORECASE,
)


def other_kind_of_code(fix: str, before: str, edits: Sequence[Edit], language: Language) -> str:
    """Return the kind that is told to give way, where no edit touches code of it; or nothing."""
    told = _OLD.search(scan(fix)[0])
    if told is None or not edits:
        return ""
    what = told["what"].lower()
    nodes = [one for one in of_kinds(parse(language, before), _KINDS[what], language)
             if what != "comparison" or _compares(one)]  # fmt: skip
    gone = [one for one in edits if one.end > one.start]
    if not nodes or not gone:
        return ""
    if any(start(one) < edit.end and edit.start < end(one) for one in nodes for edit in gone):
        return ""
    return f"the {what} is to give way, and other code would"


def _compares(node: SgNode) -> bool:
    return _COMPARES.search(node.text()) is not None
