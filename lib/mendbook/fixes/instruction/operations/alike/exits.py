"""Exits and what guards them: a raise with its cause, a guard or a log before an exit."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.alike.heads import colon_of
from mendbook.fixes.instruction.operations.alike.parsed import quoted_statements, target_of
from mendbook.fixes.instruction.operations.alike.swap import Swap
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, start, walk
from mendbook.fixes.instruction.writing.editing import (
    conditional,
    line_after,
    line_before,
    quoted_as_here,
    replaced,
)


def raise_from_swap(scene: Scene, code: str) -> Swap | None:
    """``raise E(…) from error``: the same raise, in a handler that names its error."""
    head = re.fullmatch(r"(?P<raise>raise\s+.+)\s+from\s+(?P<name>[a-z_]\w*)", code, re.DOTALL)
    if head is None or not scene.language.python:
        return None
    raises = [
        one
        for one in of_kinds(scene.root, ("raise_statement",))
        if touches_quote(scene, one) and squeezed(one.text()) == squeezed(head["raise"])
    ]
    if len(raises) != 1:
        return None
    handler = next((one for one in raises[0].ancestors() if one.kind() == "except_clause"), None)
    colon = colon_of(handler) if handler is not None else None
    if handler is None or colon is None:
        return None
    lead = scene.text[start(handler) : start(colon)].rstrip()
    bound = re.search(r"\sas\s+(\w+)$", lead)
    name = bound[1] if bound is not None else head["name"]
    new = f"{raises[0].text()} from {name}"
    edits = [replaced(raises[0], new)]
    if bound is None:
        if lead == "except" or _is_bound(scene, name):
            return None
        edits.append(Edit(start(handler), start(colon), f"{lead} as {name}"))
    return raises[0].text(), new, edits


def _is_bound(scene: Scene, name: str) -> bool:
    return any(
        one.text() == name
        for one in of_kinds(scene.root, scene.language.names)
        if (holder := one.parent()) is not None and holder.kind() != "attribute"
    )


def guard_added(scene: Scene, code: str) -> Swap | None:
    """``if T: leave``: above the one statement quoted, or below it where that sets its name."""
    test = re.match(r"if\s*\(?(?:not\s+|!)?(?P<name>[A-Za-z_]\w*)", code)
    olds = quoted_statements(scene)
    if test is None or len(olds) != 1:
        return None
    sets = {name for each in walk(olds[0]) if (name := target_of(each))}
    text = _broken_up(scene, code)
    if text is None or squeezed(text) in squeezed(scene.text):
        return None
    write = line_after if test["name"] in sets else line_before
    return "", code, [write(scene, olds[0], text)]


def added_before_exit(scene: Scene, code: str) -> Swap | None:
    """``log(…)``: above the one exit that the evidence quotes."""
    kinds = ("return_statement", "raise_statement", "throw_statement")
    exits = [one for one in of_kinds(scene.root, kinds) if touches_quote(scene, one)]
    if len(exits) != 1 or re.match(r"if\b", code) or squeezed(code) in squeezed(scene.text):
        return None
    ended = f"{code};" if scene.language.name == "java" else code
    return "", code, [line_before(scene, exits[0], quoted_as_here(scene, ended))]


def _broken_up(scene: Scene, code: str) -> str | None:
    """Return a guard on one line as the file writes such guards."""
    if scene.language.python:
        guard = re.fullmatch(r"if\s+(.+?):\s*(\S[^\n]*)", code)
    else:
        guard = re.fullmatch(r"if\s+\(?(.+?)\)?\s*\{\s*(.+?);?\s*\}", code)
    if guard is None:
        return None
    return conditional(scene, guard[1], quoted_as_here(scene, guard[2]))
