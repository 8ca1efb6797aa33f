"""Swap the two items of the one list, object or call that the evidence quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, outermost, squeezed, start, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_TOLD = re.compile(
    r"(?:swap|reverse|exchange|flip|switch)\s+(?:the\s+)?(?:order|(?:two\s+)?(?:arguments|operands"
    r"|properties|items|elements|keys|spreads?)|two(?!\s+(?:calls|statements|lines|awaits|steps)\b))\b"
    r"(?![^.]*\.\s+\S)[^.]*\.?",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = re.compile(
    r"\b(?:arguments|operands|properties|items|elements|keys|spreads?|parameters|fields)\b", re.I
)
_SEQUENCE = re.compile(r"\b(?:first|then|before|after|last|second)\b", re.IGNORECASE)
"""Words for the order of what is done: *notify first, then insert* speaks of no arguments."""
_FIRST = re.compile(r"⟦(\d+)⟧\s+(?:\w+\s+){0,2}?first\b", re.IGNORECASE)
_LAST = re.compile(r"⟦(\d+)⟧\s+(?:\w+\s+){0,2}?(?:after|last|behind|second)\b", re.IGNORECASE)
_HOLDERS = {
    "object", "array", "arguments", "argument_list", "list", "tuple", "dictionary", "set",
    "formal_parameters", "object_pattern", "array_pattern",
}  # fmt: skip


def reordered(work: Work) -> StepEdits | None:
    """Return the edits that swap two items; None where the text tells of no order.

    Raises ``Abstain`` where no two items fit the words, or more than two.
    """
    masked, codes = scan(work.task.finding.fix.strip())
    if _TOLD.fullmatch(masked) is None:
        return None
    if not codes and _SEQUENCE.search(masked) and not _KINDS.search(masked):
        return None
    scene = work.scene
    pairs = [items for one in _holders(scene) if len(items := _items(one)) == 2]
    fitting = [items for items in pairs if all(_names(code, items) for code in codes)]
    if len(fitting) != 1:
        return None
    first, second = fitting[0]
    _refuse_order(masked, codes, first, second)
    return StepEdits(
        Operation.MOVE,
        f"write `{second.text()}` before `{first.text()}`",
        edits_in(scene, [replaced(first, second.text()), replaced(second, first.text())]),
        adds=(),
    )


def _holders(scene: Scene) -> list[SgNode]:
    """Return what holds items and is quoted whole, the outermost only."""
    holders = [
        one
        for one in walk(scene.root)
        if one.kind() in _HOLDERS
        and any(first <= start(one) and end(one) <= last for first, last in scene.quotes)
    ]
    return outermost(holders)


def _items(holder: SgNode) -> list[SgNode]:
    return [one for one in holder.named_children() if "comment" not in one.kind()]


def _names(code: Fragment, items: Sequence[SgNode]) -> bool:
    return any(squeezed(code.text) in squeezed(one.text()) for one in items)


def _refuse_order(masked: str, codes: Sequence[Fragment], first: SgNode, second: SgNode) -> None:
    """Raise where the text says which comes first, and it does so already."""
    for form, now in ((_FIRST, first), (_LAST, second)):
        for told in form.finditer(masked):
            text = squeezed(codes[int(told[1])].text)
            other = second if now is first else first
            if text in squeezed(now.text()) and text not in squeezed(other.text()):
                raise Abstain("they stand in that order already")
