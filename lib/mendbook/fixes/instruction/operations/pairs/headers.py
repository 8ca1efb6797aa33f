"""Send a header with a request: it goes among its headers, not among its options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import object_property, options_of
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import callee_text, inside
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_SENDS = re.compile(r"(?:\w+\.)*(?:fetch|axios|got|ky|request)(?:\.\w+)?")
_HEADER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+|[a-z]+(?:-[a-z]+)+|Authorization|Accept")


def sent_headers(
    scene: Scene, clause: Clause, pairs: Sequence[Fragment], holders: Sequence[SgNode]
) -> StepEdits | None:
    """Return the headers that a request gets; None where the pairs go where they are told."""
    told = clause.has("header", "headers") or all(_HEADER.fullmatch(one.key) for one in pairs)
    if not scene.language.script or not told or len(holders) != 1 or pairs[0].key == "headers":
        return None
    holder = holders[0]
    calls = [holder, *holder.ancestors()]
    call = next((one for one in calls if one.kind() == "call_expression"), None)
    options = options_of(call, scene.language) if call is not None else None
    if call is None or options is None or not _SENDS.fullmatch(callee_text(call)):
        return None
    if holder.kind() == "object" and not (inside(options, holder) and inside(holder, options)):
        return None
    held = object_property(options, "headers", scene.language)
    code = ", ".join(quoted_as_here(scene, one.text) for one in pairs)
    value = held.field("value") if held is not None else None
    if held is not None and (value is None or value.kind() != "object"):
        return None
    for one in pairs:
        if value is not None and object_property(value, one.key, scene.language) is not None:
            raise Abstain(f"the header {one.key} is sent already")
    edit = (
        add_item(scene, value, code)
        if value is not None
        else add_item(scene, options, f"headers: {{ {code} }}")
    )
    return StepEdits(
        Operation.ADD,
        f"send the header {code} with {callee_text(call)}",
        edits_in(scene, [edit]),
        adds=tuple(one.text for one in pairs),
    )
