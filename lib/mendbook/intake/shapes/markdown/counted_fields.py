"""Make lists of paragraphs that count findings in the label of their first field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Block


def with_counted_fields(blocks: Sequence[Block]) -> list[Block]:
    """Return ``blocks`` with a numbered list in place of paragraphs that count their fields.

    ``**1. File:** `bell.ts` — line 4`` with ``**Risk:** …`` below it begins a finding, which goes
    on to the next paragraph of the kind.
    """
    at = [index for index, block in enumerate(blocks) if _counted(block)]
    if not at or (len(at) < _FEW and at[0] > 0):
        return list(blocks)
    ends = [*at[1:], len(blocks)]
    items = [
        (_uncounted(blocks[start]), *blocks[start + 1 : end])
        for start, end in zip(at, ends, strict=True)
    ]
    number = _COUNTED.match(blocks[at[0]].text)
    first = int(number["number"]) if number else 1
    listed = Block("list", blocks[at[0]].line, items=tuple(items), first=first)
    return [*blocks[: at[0]], listed]


_FEW = 2
"""Paragraphs from which a count is one, where something else stands before them."""
_COUNTED = re.compile(
    r"\s*(?P<mark>\*\*|__)(?P<number>\d{1,3})[.)]\s*(?P<label>[^*_\n:：]{2,24}?)\s*[:：](?P=mark)"
)
_FIRST_FIELDS = {"file", "title", "problem", "function"}


def _counted(block: Block) -> bool:
    match = _COUNTED.match(block.text) if block.kind == "text" else None
    name = named(match["label"]) if match is not None else None
    return name is not None and name.rank < 100 and name.field in _FIRST_FIELDS


def _uncounted(block: Block) -> Block:
    return replace(block, text=_COUNTED.sub(r"**\g<label>:**", block.text, count=1))
