"""Statements of Python that change places: one is to stand behind, or before, another."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit
from mendbook.code.python_source import names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_ORDERED = re.compile(
    r"(?P<what>[^,:;]+?)\s+(?:only\s+|right\s+|just\s+|directly\s+"
    r")?(?P<where>after|behind|before|ahead\s+of)\s+(?P<beside>[^,:;]+?)"
    r"(?:,\s+(?:just\s+)?(?:as|like)\s+(?:in\s+)?[\w.]+(?:\(\))?(?:\s+does)?)?",
    re.IGNORECASE,
)
_SMALL = {
    *("the", "and", "then", "move", "call", "do", "put", "first", "statement", "line", "only"),
    *("make", "set", "after", "before", "its", "that", "this", "with", "into", "from", "await"),
}


def moved_beside(request: Request) -> StepEdits | None:
    """*Publish the event after the commit, as cancel() does*: two statements that are quoted."""
    told = _ORDERED.fullmatch(request.unticked)
    if told is None or not request.scene.quotes:
        return None
    simple = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign)
    ]
    if len(simple) != 2:
        return None
    first, second = simple
    block = request.block_of(first)
    at = next((at for at, one in enumerate(block) if one is first), -1)
    if at < 0 or block[at + 1 : at + 2] != [second]:
        return None
    what, beside = _words(told["what"]), _words(told["beside"])
    wants = (first, second) if told["where"].lower() in {"after", "behind"} else (second, first)
    if not _is_told(wants[0], wants[1], what) or not _is_told(wants[1], wants[0], beside):
        return None
    if _depends(first, second):
        raise Abstain("one of the two statements needs what the other sets", final=True)
    begin, stop = request.file.span(first)[0], request.file.span(second)[1]
    between = request.file.text[request.file.span(first)[1] : request.file.span(second)[0]]
    if between.strip():
        return None
    new = f"{request.source(second)}{between}{request.source(first)}"
    said = f"do `{request.source(second)}` before `{request.source(first)}`"
    return request.step_edits(Operation.MOVE, said, [Edit(begin, stop, new.replace("\r\n", "\n"))])


def _words(told: str) -> list[str]:
    return [one for one in re.findall(r"[a-z]{3,}", told.lower()) if one not in _SMALL]


def _is_told(one: ast.stmt, other: ast.stmt, words: list[str]) -> bool:
    """Tell whether words speak of one statement, and not as much of the other."""
    mine, others = (ast.unparse(each).lower() for each in (one, other))
    held = [word for word in words if word in mine or word.removesuffix("s") in mine]
    both = [word for word in words if word in others]
    return bool(held) and len(held) > len(both)


def _depends(one: ast.stmt, other: ast.stmt) -> bool:
    def sets(node: ast.stmt) -> set[str]:
        return {
            each.id
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }

    return bool(sets(one) & names(other) or sets(other) & names(one))


ORDER = (moved_beside,)
