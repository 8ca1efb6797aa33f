"""Call a function where an object is constructed: ``new A(x)`` becomes ``B.from(x)``."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_OPEN = re.compile(r"(?P<new>new\s+)?(?P<name>[\w$.]+)\((?:…|\.\.\.)?\)?")


def called_not_constructed(work: Work, clause: Clause) -> StepEdits | None:
    """Write ``B.from(`` for ``new A(``, arguments kept; None where both are not given so open."""
    scene = work.scene
    target = clause.behind("with", "by", "to", "into")
    old, new = clause.object.code, target.code if target is not None else None
    if not scene.language.script or old is None or new is None:
        return None
    before, after = _OPEN.fullmatch(old.text), _OPEN.fullmatch(new.text)
    if before is None or after is None or not before["new"]:
        return None
    calls = [
        one
        for one in of_kinds(scene.root, ("new_expression",))
        if callee_text(one) == before["name"] and one.field("arguments") is not None
    ]
    nodes = pick(scene, calls, clause, f"`{old.text}`", several=True)
    written = f"{after['new'] or ''}{after['name']}"
    edits = []
    for one in nodes:
        given = one.field("arguments")
        if given is None:
            raise Abstain(f"`{one.text()[:40]}` is given nothing")
        edits.append(Edit(start(one), start(given), written))
    return StepEdits(
        Operation.REPLACE,
        f"call `{written}` for `new {before['name']}`",
        edits_in(scene, edits),
        adds=(f"{written}(",),
        removes=(f"new {before['name']}(",),
    )
