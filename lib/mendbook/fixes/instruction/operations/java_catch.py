"""Catch a narrower type in Java: ``catch IOException instead of Exception``."""

from __future__ import annotations

import re

from mendbook.code.edits import replace
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.targets import scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_TYPES = r"`?(?P<{0}>[A-Z]\w*(?:\s*\|\s*[A-Z]\w*)*)`?"
_ASKED = re.compile(
    rf"\b(?:catch|catching|handle|use)\s+(?:only\s+)?{_TYPES.replace('{0}', 'new')}\s+"
    rf"(?:instead of|rather than|in place of)\s+{_TYPES.replace('{0}', 'old')}",
    re.IGNORECASE,
)


def java_catch(work: Work, clause: Clause) -> StepEdits | None:
    """Give a catch clause the type that the text names; None where it is about something else."""
    scene, asked = work.scene, _ASKED.search(clause.text)
    if scene.language.name != "java" or asked is None:
        return None
    new, old = (" ".join(asked[name].split()) for name in ("new", "old"))
    types = [
        one
        for one in of_kinds(scene.root, ("catch_type",))
        if " ".join(one.text().split()) == old
    ]  # fmt: skip
    if not types:
        return None
    node = pick(scene, types, clause, f"catch of {old}", scopes_in(scene, clause))[0]
    handler = next((one for one in node.ancestors() if one.kind() == "try_statement"), None)
    for other in of_kinds(handler, ("catch_type",)) if handler is not None else ():
        if set(re.findall(r"\w+", text_of(other))) & set(re.findall(r"\w+", new)):
            raise Abstain(f"{new} is caught already")
    return StepEdits(
        Operation.REPLACE,
        f"catch `{new}` instead of `{old}`",
        edits_in(scene, [replace(node, new)]),
        adds=(new,),
        removes=() if old in new else (old,),
    )
