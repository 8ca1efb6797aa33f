"""What a quoted handler does, for something else that the text gives in code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told, holds
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.syntax import body_of, end, of_kinds, start
from mendbook.fixes.instruction.writing.editing import block_start, quoted_as_here, semicolon
from mendbook.model import Operation

_HANDLERS = ("catch_clause", "except_clause")
_NOTHING = re.compile(
    r"\b(?:send|answer|return|respond|log|print|do|say)\w*\s+(?:nothing|no\s+(?:more|answer))\b"
    r"|\bnot\s+(?:to\s+)?(?:an?\s+|the\s+)?(?:empty\s+)?(?:answer|log|return|send|respond|swallow|print|hide)\w*"
    r"(?:\s+(?:it|itself|anything))?\b"
    r"|\b(?:in\s+place\s+of|instead\s+of|rather\s+than)\s+(?:the\s+)?(?:answer|log|return|send|swallow|print|pass)\w*",
    re.IGNORECASE,
)
"""Words by which what the handler does now is not to be done."""
_THROWN = re.compile(r"\bthrow\s+[A-Za-z_$][\w$]*\b")
_STATEMENT = re.compile(r"(?:(?:return|throw|raise|await)\s+)?[\w$.]+(?:\(.*\))?;?", re.DOTALL)


def handled(told: Told) -> Iterator[Made]:
    """Yield the handler's one statement: *the catch hands err to next(err) and sends nothing*."""
    new = [at for at in told.new() if told.codes[at].shape in {Shape.CODE, Shape.STATEMENT}]
    thrown = [] if new else [one[0] for one in _THROWN.finditer(told.words)]
    handlers = [
        one for one in of_kinds(told.scene.root, _HANDLERS) if touches_quote(told.scene, one)
    ]
    if len(new) + len(thrown) != 1 or len(told.new()) != len(new) or len(handlers) != 1:
        return
    code = told.codes[new[0]].text.rstrip(";") if new else thrown[0]
    if thrown and not holds(handlers[0].text().split("{")[0], code.split()[-1]):
        return
    body = _body(handlers[0])
    if body is None or not _STATEMENT.fullmatch(code):
        return
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    text = quoted_as_here(told.scene, code) + semicolon(told.scene)
    if inner and (len(inner) != 1 or not _gives_way(told, inner[0])):
        return
    edit = (
        Edit(start(inner[0]), end(inner[0]), text) if inner else block_start(told.scene, body, text)
    )
    gone = (inner[0].text().rstrip(";"),) if inner and inner[0].kind() != "pass_statement" else ()
    yield made(told, [*new, *told.given_up()], Operation.CATCH, f"do `{code}` in the handler",
               [edit], adds=(code,), removes=gone)  # fmt: skip


def _body(handler: SgNode) -> SgNode | None:
    blocks = [one for one in handler.named_children() if one.kind() == "block"]
    return body_of(handler) or (blocks[0] if blocks else None)


def _gives_way(told: Told, statement: SgNode) -> bool:
    """Tell whether the statement of a handler is said to go, or does nothing."""
    if statement.kind() == "pass_statement" and (told.has("pass") or told.given_up()):
        return True
    if _NOTHING.search(told.words):
        return True
    return any(holds(statement.text(), told.codes[at].text) for at in told.given_up())
