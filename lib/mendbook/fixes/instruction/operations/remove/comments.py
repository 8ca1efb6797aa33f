"""Remove commented-out code."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.pick import narrow
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, last_line, line, start, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def remove_comment(work: Work, clause: Clause) -> StepEdits | None:
    """Remove commented-out code."""
    spoken = clause.text.lower()
    if not re.search(r"commented[- ]out|\bcomment(?:ed)? code\b", spoken):
        return None
    scene = work.scene
    comments = [one for one in walk(scene.root) if "comment" in one.kind()]
    names = [one.text for one in clause.object.codes]
    nodes = [one for one in comments if not names or any(name in one.text() for name in names)]
    near = (
        [one for one in narrow(scene, nodes) if touches_quote(scene, one)]
        if scene.quotes
        else nodes
    )
    if not near:
        raise Abstain("the commented-out code is not where the finding points")
    run = _run(_whole_comment(comments, near))
    edits = [comment_edit(scene, one) for one in run]
    return StepEdits(
        Operation.REMOVE,
        f"remove the comment of line {line(run[0])} of {scene.path}",
        edits_in(scene, edits),
    )


def _whole_comment(comments: Sequence[SgNode], near: Sequence[SgNode]) -> list[SgNode]:
    """Return ``near`` with the comments in a row with it that read as code, too."""
    taken = {line(one) for one in near}
    alone = {line(one): one for one in comments if line(one) == last_line(one)}
    for first, step_by in ((min(taken), -1), (max(taken), 1)):
        at = first + step_by
        while at in alone and _CODELIKE.search(alone[at].text()):
            taken.add(at)
            at += step_by
    return sorted({*near, *(alone[at] for at in taken if at in alone)}, key=start)


_CODELIKE = re.compile(r"[;{}(\[,]\s*$|^\s*(?://|#)\s*[})\]]|\w\(.*\)\s*;?\s*$|\s=\s")


def _run(near: Sequence[SgNode]) -> list[SgNode]:
    if any(one.range().end.line + 1 < other.range().start.line
           for one, other in itertools.pairwise(near)):  # fmt: skip
        raise Unplaced("the commented-out code stands at several places")
    return list(near)


def comment_edit(scene: Scene, node: SgNode) -> Edit:
    """Return the edit that takes a comment away, with its braces of JSX and its line."""
    outer = node
    parent = node.parent()
    if parent is not None and parent.kind() == "jsx_expression":
        outer = parent
    first, last = line_start(scene.text, start(outer)), line_end(scene.text, end(outer))
    rest = scene.text[first : start(outer)] + scene.text[end(outer) : last]
    if rest.strip():
        return Edit(start(outer), end(outer), "")
    return Edit(first, last, "")
