"""Sort, or turn round, a copy of a list: ``[...rows].sort(…)``."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import call_name, callee, field, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ASKED = re.compile(
    r"\b(?:sort|revers|order)\w*\b[^.;]*\b(?:a|the|shallow|spread)\s+copy\b|\b(?:copy|clone|spread)\b[^.;]*"
    r"\b(?:before|and then|then)\b[^.;]*\b(?:sort|revers)",
    re.IGNORECASE,
)


def sort_copy(work: Work, clause: Clause) -> StepEdits | None:
    """Let the quoted call sort a copy of what it is called on; None where that is not asked."""
    scene = work.scene
    if not scene.language.script or not _ASKED.search(clause.text):
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if call_name(one) in {"sort", "reverse"} and touches_quote(scene, one)
    ]
    owner = field(callee(calls[0]) or calls[0], "object") if len(calls) == 1 else None
    if owner is None:
        raise Unplaced("which list is sorted there is not clear")
    copy = f"[...{owner.text()}]"
    told = [re.sub(r"\.(?:sort|reverse|slice)\b.*$", "", one.text) for one in clause.codes]
    if any(one not in {copy, owner.text()} for one in told):
        return None
    if owner.kind() not in {"identifier", "member_expression"}:
        raise Abstain(f"`{owner.text()[:40]}` may be a copy already")
    return StepEdits(
        Operation.REPLACE,
        f"sort a copy of `{owner.text()}`",
        edits_in(scene, [replaced(owner, copy)]),
        adds=(copy,),
    )
