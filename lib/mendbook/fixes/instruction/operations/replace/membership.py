"""Ask whether a list holds something in the place of where it stands in it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import call_name, callee, field, text_of
from mendbook.fixes.instruction.writing.editing import replaced

_NOT_IN = re.compile(r"={2,3}-1|<0|<=-1")
_IN = re.compile(r"!={1,2}-1|>-1|>=0")


def membership_edit(scene: Scene, call: SgNode, name: str) -> Edit | None:
    """Return the edit of ``a.indexOf(b) !== -1`` to ``a.includes(b)``; None for other calls.

    Raises ``Abstain`` where the position itself is used.
    """
    if not scene.language.script or call_name(call) != "indexOf" or name != "includes":
        return None
    holder = call.parent()
    sides = holder.named_children() if holder is not None else []
    label = field(callee(call) or call, "property")
    if holder is None or label is None or holder.kind() != "binary_expression":
        raise Abstain("where it stands is used, not only whether it does")
    test = re.sub(r"\s", "", text_of(holder.field("operator")) + sides[1].text())
    if not (_IN.fullmatch(test) or _NOT_IN.fullmatch(test)):
        raise Abstain("where it stands is used, not only whether it does")
    whole = call.text()
    at = label.range().start.index - call.range().start.index
    asked = f"{whole[:at]}{name}{whole[at + len(label.text()) :]}"
    return replaced(holder, f"!{asked}" if _NOT_IN.fullmatch(test) else asked)
