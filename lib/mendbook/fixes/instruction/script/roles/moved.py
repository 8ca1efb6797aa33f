"""A statement that is to stand elsewhere in its block, told by the part that it plays."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.move import refuse_order
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import FUNCTION_WORDS
from mendbook.fixes.instruction.script.roles.places import Bound, bounds_of, gap
from mendbook.fixes.instruction.script.roles.statements import statements_told
from mendbook.fixes.instruction.tree.syntax import arguments, callee_text, line, same, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_VERBS = {
    "add", "added", "all", "applied", "apply", "attach", "attached", "belong", "belongs", "bottom",
    "call", "come", "comes", "directly", "down", "early", "end", "everything", "executed", "final",
    "finally", "first", "follow", "go", "goes", "hook", "insert", "install", "installed", "invoke",
    "invoked", "just", "late", "load", "loaded", "mount", "mounted", "move", "moved", "place",
    "placed", "position", "put", "register", "registered", "right", "run", "runs", "set", "shift",
    "shifted", "stand", "stands", "stays", "too", "top", "up", "use", "used", "very", "wire",
}  # fmt: skip
_LAST = re.compile(
    r"\b(?:last|final)(?: (?:one|middleware))?$|\b(?:at|to) (?:very )?end$", re.IGNORECASE
)


def moved(work: Work, ask: Ask) -> StepEdits | None:
    """*Mount `onError` after the last router*: the quoted statement, within its block."""
    scene = work.scene
    head, bounds = bounds_of(ask.text, scene.task.finding.fix)
    ends = _LAST.search(head)
    if not bounds and ends is None:
        return None
    subject = " ".join(
        one for one in head[: ends.start() if ends else None].split()
        if one.lower().strip(",") not in _VERBS | FUNCTION_WORDS
    ).strip(" ,")  # fmt: skip
    blocks = _blocks(scene)
    if not subject or len(blocks) != 1:
        return None
    statements = blocks[0]
    told = statements_told(scene, ask, subject, statements)
    nodes = [one for one in told or () if begins_in_quote(scene, one)]
    if len(nodes) != 1 or nodes[0].kind() != "expression_statement":
        return None
    node = nodes[0]
    rest = [one for one in statements if not same(one, node)]
    if ends is not None:
        bounds = (*bounds, Bound(False, False, "last middleware"))
    place = gap(scene, ask, bounds, rest)
    if place is None:
        return None
    if isinstance(place, str):
        raise Abstain(place, final=True)
    now = next(at for at, one in enumerate(statements) if same(one, node))
    close = any(one.close for one in bounds) or ends is not None
    if now == place.at or (not close and place.low <= now <= place.high):
        raise Abstain(f"line {line(node)} stands there already", final=True)
    passed = rest[min(now, place.at) : max(now, place.at)]
    refuse_order(scene, passed, node)
    first, last = _lines(scene, node)
    text = scene.text[first:last]
    before = place.at < len(rest) and (
        place.at == 0 or (place.beside_next and not _alike(rest[place.at - 1], node))
    )
    anchor = rest[place.at] if before else rest[place.at - 1]
    at = _first(scene, anchor) if before else line_end(scene.text, anchor.range().end.index)
    lead = "" if scene.text[:at].endswith("\n") else "\n"
    said = f"move line {line(node)} {'before' if before else 'behind'} line {line(anchor)}"
    return step_edits(
        scene, Operation.MOVE, said, [_cut(scene, first, last), insert(at, lead + text)]
    )


def _blocks(scene: Scene) -> list[list[SgNode]]:
    """Return the statements of each block in which a quoted expression statement stands."""
    blocks: dict[int, list[SgNode]] = {}
    holders = [scene.root, *scene.root.find_all(kind="statement_block")]
    for holder in holders:
        inner = [one for one in holder.named_children() if "comment" not in one.kind()]
        quoted = [one for one in inner if one.kind() == "expression_statement"
                  and begins_in_quote(scene, one)]  # fmt: skip
        if quoted:
            blocks[start(holder)] = inner
    return list(blocks.values())


def _alike(one: SgNode, other: SgNode) -> bool:
    """Tell whether two statements call the same, so that they stand in one group."""
    calls = [each.named_children()[0] for each in (one, other)
             if each.kind() == "expression_statement"]  # fmt: skip
    return (
        len(calls) == 2
        and callee_text(calls[0]) == callee_text(calls[1]) != ""
        and bool(arguments(calls[0]))
    )


def _first(scene: Scene, statement: SgNode) -> int:
    """Return where the lines of a statement begin, with the comment right above it."""
    at = line_start(scene.text, start(statement))
    while at and re.match(r"[ \t]*(?://|\*|/\*)", scene.text[line_start(scene.text, at - 1) : at]):
        at = line_start(scene.text, at - 1)
    return at


def _lines(scene: Scene, statement: SgNode) -> tuple[int, int]:
    own = line_start(scene.text, start(statement))
    last = line_end(scene.text, statement.range().end.index)
    row = scene.text[own : start(statement)] + scene.text[statement.range().end.index : last]
    if row.strip():
        raise Abstain(f"line {line(statement)} holds more than the statement")
    return _first(scene, statement), last


def _cut(scene: Scene, first: int, last: int) -> Edit:
    """Return the edit that takes lines out, with one of two blank lines that would meet."""
    above = scene.text[:first].endswith("\n\n")
    if above and re.match(r"\r?\n", scene.text[last:]):
        return Edit(first, last + 1, "")
    return Edit(first, last, "")


MOVED = (moved,)
