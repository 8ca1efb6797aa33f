"""Take code out of its comment."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, squeezed, start, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def uncomment(work: Work, clause: Clause) -> StepEdits | None:
    """Make the line of code that stands in a comment code again; None for other clauses."""
    if clause.word not in {"uncomment", "re-enable", "reenable"} or len(clause.codes) != 1:
        return None
    scene = work.scene
    wanted = squeezed(clause.codes[0].text)
    comments = [
        one
        for one in walk(scene.root)
        if "comment" in one.kind()
        and "\n" not in one.text()
        and squeezed(_bare(one.text())) == wanted
    ]
    if not comments and clause.word != "uncomment":
        return None
    if not comments:
        raise Abstain(f"`{clause.codes[0].text}` stands in no comment of {scene.path}")
    node = pick(scene, comments, clause, f"`{clause.codes[0].text}`")[0]
    return StepEdits(
        Operation.ADD,
        f"uncomment `{clause.codes[0].text}`",
        edits_in(scene, [Edit(start(node), end(node), _bare(node.text()))]),
        adds=(_bare(node.text()),),
    )


def _bare(comment: str) -> str:
    return re.sub(r"^(?://|#|/\*)\s?|\s*\*/$", "", comment)
