"""A quoted expression that a function, of which the text gives the name, is to be called with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.tree.syntax import end, start
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WRAPS = re.compile(
    r"\b(?:wrap\w*|surround\w*|enclos\w*|escap\w*|encod\w*|around|pass(?:es)?|copied|frozen)\b",
    re.I,
)
_X = r"(?:the\s+|an?\s+)?(?P<x>⟦\d+⟧|[A-Za-z_$][\w$]*)"
_N = r"⟦(?P<n>\d+)⟧"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:wrap|surround|enclose|escape|encode)\s+{_X}\s+(?:in|with|by|into|around)\s+{_N}",
        rf"\bwrap\s+{_N}\s+around\s+{_X}",
        rf"{_N}\s+around\s+{_X}",
        rf"\b{_X}\s+needs?\s+{_N}\s+around\b",
        rf"\b{_X}\s+(?:needs?\s+to|has\s+to|must|should|ought\s+to)\s+(?:be\s+)?(?:wrapped|escaped|encoded|pass"
        rf"|wrap)\s+(?:in|with|by|through)?\s*{_N}",
        rf"^{_X}\s[^.;⟦]*?\b(?:has\s+to|must|should|needs\s+to)\s+be\s+(?:wrapped|enclosed)\s+(?:in|by|with)"
        rf"\s+{_N}",
    )
)
_NAME = re.compile(r"[A-Za-z_$][\w$.]*")


def wrapped(told: Told) -> Iterator[Made]:
    """Yield the call around the operand: *run name through encodeURIComponent*."""
    new = told.new()
    if len(new) != 1 or _WRAPS.search(told.words) is None:
        return
    name = re.sub(r"\((?:…|\.\.\.)?\)$", "", told.codes[new[0]].text)
    if told.codes[new[0]].shape not in {Shape.NAME, Shape.CODE} or not _NAME.fullmatch(name):
        return
    operands = {
        one["x"] for form in _FORMS for one in form.finditer(told.words) if int(one["n"]) == new[0]
    }
    for each in operands:
        marked = re.fullmatch(r"⟦(\d+)⟧", each)
        operand = told.codes[int(marked[1])].text if marked else each
        nodes = [one for one in same_code(told.scene, operand) if _is_read(told, one)]
        spans = {(start(one), end(one)): one for one in nodes}
        if len(spans) == 1:
            (node,) = spans.values()
            uses = [*new, *([int(marked[1])] if marked else [])]
            text = f"{name}({node.text()})"
            yield made(told, uses, Operation.WRAP, f"wrap `{node.text()}` in {name}",
                       [replaced(node, text)], adds=(text,))  # fmt: skip


def _is_read(told: Told, node: SgNode) -> bool:
    """Tell whether a node of the quoted code is a value that is read there."""
    holder = node.parent()
    if holder is None or not begins_in_quote(told.scene, node):
        return False
    label = any(
        (part := holder.field(name)) is not None
        and (start(part), end(part)) == (start(node), end(node))
        for name in (
            "name",
            "key",
            "property",
            "attribute",
            "field",
            "left",
            "function",
            "parameter",
        )
    )
    return not label and "parameter" not in holder.kind() and "pattern" not in holder.kind()
