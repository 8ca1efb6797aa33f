"""Log what is printed now: *log it with … rather than printing*."""

from __future__ import annotations

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.alike.logs import log_for_print
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def log_instead(work: Work, clause: Clause) -> StepEdits | None:
    """Write the clause's line of a log over the one that prints; None for another clause.

    Raises ``Abstain`` where the evidence shows no one line that prints.
    """
    instead = clause.behind(*INSTEAD)
    if instead is None or instead.codes or not any(w.startswith("print") for w in instead.words):
        return None
    codes = [one for one in clause.codes if one.text.endswith(")")]
    if not codes and not any("." in one.bare for one in clause.codes):
        raise Abstain("which line of a log goes for what is printed is not written out")
    declares = any(one.shape is Shape.ASSIGNMENT for one in codes)
    if not codes or declares:  # a logger that is given beside the call is declared with it
        return None
    swap = log_for_print(work.scene, codes[0].text) if len(codes) == 1 else None
    if swap is None:
        raise Unplaced("which line that prints goes for it is not clear", final=True)
    old, new, edits = swap
    adds, removes = claims(work.scene.language, old, new)
    return StepEdits(
        Operation.REPLACE,
        f"write `{new}` for `{' '.join(old.split())[:70]}`",
        edits_in(work.scene, edits),
        adds=adds,
        removes=removes,
    )
