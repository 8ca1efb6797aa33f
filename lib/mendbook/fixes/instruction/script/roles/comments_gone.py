"""Commented-out code that goes, as much of it as the text counts and names."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.remove.comments import comment_edit
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import heard
from mendbook.fixes.instruction.tree.syntax import inside, walk
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_OUT = re.compile(r"\bcommented(?:[- ]out)?\b", re.IGNORECASE)
_GO = {
    "any", "anymore", "away", "clear", "cut", "dead", "delete", "deleted", "drop", "dropped", "get",
    "go", "goes", "gone", "left-over", "leftover", "longer", "more", "needed", "needs", "no",
    "nobody", "not", "nothing", "obsolete", "old", "out", "remove", "removed", "rid", "strip",
    "take", "throw", "unneeded", "use", "used", "uses", "wants",
}  # fmt: skip
_IDLE = {
    "any", "anymore", "dead", "left-over", "leftover", "longer", "more", "needed", "needs", "no",
    "nobody", "not", "nothing", "obsolete", "old", "unneeded", "use", "used", "uses", "wants",
}  # fmt: skip
"""Words of why code goes, which alone tell nothing to go."""
_GOES = _GO - _IDLE
_THINGS = {
    "all", "block", "blocks", "both", "call", "calls", "code", "comment", "commented",
    "commented-out", "comments", "component", "components", "each", "element", "elements", "every",
    "four", "function", "handler", "import", "imports", "jsx", "line", "lines", "markup",
    "statement", "statements", "tag", "tags", "three", "two",
}  # fmt: skip


def comments_gone(work: Work, ask: Ask) -> StepEdits | None:
    """Remove the comments of *the two commented-out elements can go*: quoted, or named."""
    scene = work.scene
    if _OUT.search(ask.text) is None:
        return None
    spoken = heard(ask, _GO | _THINGS)
    homes = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    names = [one for one in spoken.names if one not in homes]
    if not spoken.says(_GOES) and not spoken.says({"needed"}):
        return None
    comments = [one for one in walk(scene.root) if "comment" in one.kind() and _is_code(one)]
    if names:
        nodes = [one for one in comments if all(_names(one, name) for name in names)]
        if not nodes or len(nodes) > 1:
            return None
    else:
        nodes = _meant(scene, comments)
    if any(_names(one, kept) for one in nodes for kept in spoken.kept):
        return None
    count = spoken.count
    if count and len(nodes) != count:
        raise Abstain(f"the text speaks of {count}; {len(nodes)} stand there", final=True)
    plain = count is None and _IMPERATIVE.match(ask.text) is not None
    if not nodes or (plain and not any(_in_element(one) for one in nodes)):
        return None
    edits = [comment_edit(scene, one) for one in nodes]
    said = f"remove {len(nodes)} comments of code"
    return step_edits(scene, Operation.REMOVE, said, edits)


_IMPERATIVE = re.compile(r"(?:remove|delete|drop)\b", re.IGNORECASE)
"""Orders whose clauses are read as they are; in elements, only the braces go with a comment."""


def _in_element(comment: SgNode) -> bool:
    parent = comment.parent()
    return parent is not None and parent.kind() == "jsx_expression"


def _names(comment: SgNode, name: str) -> bool:
    return (
        re.search(rf"(?<![\w$]){re.escape(name.strip('<>/'))}(?![\w$])", comment.text()) is not None
    )


def _is_code(comment: SgNode) -> bool:
    """Tell whether a comment reads as code: an element, a call, a statement."""
    inner = re.sub(r"^(?:/\*+|//+)|\*/$", "", comment.text()).strip()
    return (
        re.search(r"^</?[A-Za-z]|\w\(.*\)|[;{}]$|^(?:const|let|import|return|if)\b|\s=\s", inner)
        is not None
    )


def _meant(scene: Scene, comments: list[SgNode]) -> list[SgNode]:
    """Return the comments that the evidence quotes, with those of one run with them."""
    quoted = [one for one in comments if touches_quote(scene, one)]
    if not quoted:
        return [one for one in comments if any(inside(one, at) for at in scene.scopes)]
    rows = {one.range().start.line for one in quoted}
    grown = True
    while grown:
        more = [one for one in comments if one.range().start.line not in rows
                and {one.range().start.line - 1, one.range().start.line + 1} & rows]  # fmt: skip
        rows |= {one.range().start.line for one in more}
        grown = bool(more)
    return [one for one in comments if one.range().start.line in rows]


COMMENTS_GONE = (comments_gone,)
