"""One expression over a loop that gathers a value, with what begins and ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.alike.swap import Swap
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.places.targets import PARTS
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    end,
    field,
    name_of,
    of_kinds,
    outermost,
    same,
    squeezed,
    start,
    text_of,
    walk,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced, semicolon

_EXITS = (
    *("return_statement", "throw_statement", "raise_statement", "break_statement", "await"),
    *("continue_statement", "yield", "yield_expression", "await_expression"),
)
_SETS = ("assignment", "augmented_assignment", "assignment_expression",
         "augmented_assignment_expression", "update_expression", "variable_declarator")  # fmt: skip
_DECLARES = ("lexical_declaration", "variable_declaration", "expression_statement")


def gathered_swap(scene: Scene, code: str) -> Swap | None:
    """``sum(x for x in rows)``: over ``n = 0``, the loop that adds to n, and ``return n``.

    The loop must do nothing but make the one value, and the new code must go over the same rows.
    """
    kinds = PARTS["loop"]
    loops = outermost(one for one in of_kinds(scene.root, kinds) if touches_quote(scene, one))
    if len(loops) != 1 or (value := _value(code)) is None:
        return None
    loop = loops[0]
    before, after = _neighbours(loop)
    name = _begun(before)
    if before is None or not name or not _gathers(scene, loop, name):
        return None
    over = squeezed(text_of(field(loop, "right", "value")))
    told = squeezed(value)
    if not over or over not in told or re.search(rf"(?<![\w.]){re.escape(name)}(?![\w(])", value):
        return None
    returned = after is not None and squeezed(after.text()) == f"return {name}"
    if code.startswith("return") and not returned:
        return None
    written = quoted_as_here(scene, value)
    last = after if returned and after is not None else loop
    text = f"return {written}" if returned else _as_begun(before, name, written)
    old = scene.text[start(before) : end(last)]
    return old, text, [Edit(start(before), end(last), text + semicolon(scene))]


def each_swap(scene: Scene, code: str) -> Swap | None:
    """``await Promise.all(ids.map((id) => drop(id)))``: over the loop that does that for each."""
    whole = [
        one
        for one in of_kinds(scene.root, PARTS["loop"])
        if any(first <= start(one) and end(one) <= last + 1 for first, last in scene.quotes)
    ]
    loops = outermost(whole)
    body = loops[0].field("body") if len(loops) == 1 else None
    inner = [one for one in body.named_children() if "comment" not in one.kind()] if body else []
    if len(inner) != 1 or inner[0].kind() != "expression_statement":
        return None
    done = re.sub(r"^await\b\s*", "", squeezed(inner[0].text()))
    over = squeezed(text_of(field(loops[0], "right", "value")))
    told = squeezed(code)
    if not over or done not in told or not re.search(rf"(?<![\w.]){re.escape(over)}(?!\w)", told):
        return None
    written = quoted_as_here(scene, code)
    if inner[0].text().startswith("await") and not code.startswith("await"):
        written = f"await {written}"
    return loops[0].text(), written, [replaced(loops[0], written + semicolon(scene))]


def loops_over(scene: Scene, edit: Edit, code: str) -> str:
    """Return what a loop around ``edit`` goes over, where new code within it names that again."""
    for loop in of_kinds(scene.root, PARTS["loop"]):
        body = loop.field("body")
        over = text_of(field(loop, "right", "value"))
        if body is None or not start(body) <= edit.start < end(body) or not over:
            continue
        names = rf"(?<![\w.]){re.escape(over)}(?!\w)"
        held = scene.text[start(body) : end(body)]
        if re.search(names, code) and not re.search(names, held):
            return over
    return ""


def _value(code: str) -> str | None:
    """Return the expression that ``return X``, ``const a = X`` or ``X`` gives; None for another."""
    match = re.fullmatch(
        r"(?:return\s+|(?:(?:const|let|var)\s+)?[A-Za-z_]\w*\s*=(?![=>])\s*)?(?P<value>.+?);?",
        code,
        re.DOTALL,
    )
    return match["value"] if match is not None and "(" in match["value"] else None


def _neighbours(loop: SgNode) -> tuple[SgNode | None, SgNode | None]:
    holder = loop.parent()
    inner: Sequence[SgNode] = holder.named_children() if holder is not None else []
    at = next((n for n, one in enumerate(inner) if same(one, loop)), -1)
    if at < 0:
        return None, None
    following = inner[at + 1] if at + 1 < len(inner) else None
    return (inner[at - 1] if at else None), following


def _begun(statement: SgNode | None) -> str:
    """Return the one name that a statement gives its first value; nothing for another."""
    if statement is None or statement.kind() not in _DECLARES:
        return ""
    sets = [one for one in of_kinds(statement, _SETS) if name_of(one)]
    return name_of(sets[0]) if len(sets) == 1 else ""


def _gathers(scene: Scene, loop: SgNode, name: str) -> bool:
    """Tell whether a loop does nothing that lasts but change ``name``."""
    body = loop.field("body")
    if body is None or of_kinds(body, _EXITS):
        return False
    for one in walk(body):
        if one.kind() in _SETS:
            left = text_of(field(one, "left", "argument", "name"))
            root = re.match(r"[A-Za-z_$][\w$]*", left)
            inner = one.kind() == "variable_declarator"
            if not inner and (root is None or root[0] != name):
                return False
        if one.kind() == "expression_statement":
            calls = [each for each in one.named_children() if each.kind() in scene.language.calls]
            if any(not callee_text(each).startswith(f"{name}.") for each in calls):
                return False
    return True


def _as_begun(before: SgNode, name: str, value: str) -> str:
    """Return the statement that began the value with the whole value in its place."""
    declared = re.match(r"(?:let|var|const)\b", before.text())
    if declared is None:
        return f"{name} = {value}"
    holder = before.parent()
    again = [
        one
        for one in (of_kinds(holder, _SETS) if holder is not None else [])
        if text_of(field(one, "left", "argument")) == name and start(one) > end(before)
    ]
    loop = before.next()
    later = [one for one in again if loop is None or start(one) > end(loop)]
    return f"{'let' if later else 'const'} {name} = {value}"
