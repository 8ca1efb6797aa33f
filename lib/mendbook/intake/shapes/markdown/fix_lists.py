"""Give the items of a list of fixes to the findings above it."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.rows import Row
from mendbook.text.phrasing import count


def give_fixes(rows: list[Row], start: int, block: Block) -> str:
    """Give the items of a list of fixes to the findings above it; return why some were not given.

    As many of them go one by one; else each to the finding of which it speaks.
    """
    above = [at for at in range(start, len(rows)) if not any(map(_is_fix, rows[at].values))]
    texts = [one[0].text for one in block.items if one and one[0].kind == "text"]
    chosen: dict[int, list[str]] = {}
    for number, text in enumerate(texts):
        likest = max(above, key=lambda at: len(_stems(rows[at]) & _stems(text)), default=None)
        if len(texts) == len(above):
            chosen.setdefault(above[number], []).append(text)
        elif len(above) == 1:
            chosen.setdefault(above[0], []).append(text)
        elif likest is not None and len(_stems(rows[likest]) & _stems(text)) >= _SHARED:
            chosen.setdefault(likest, []).append(text)
    for at, given in chosen.items():
        fix = given[0] if len(given) == 1 else "\n".join(f"- {text}" for text in given)
        rows[at] = replace(rows[at], values={**rows[at].values, "fix": fix})
    rest = len(texts) - sum(map(len, chosen.values()))
    told = "it does not say" if rest == 1 else "they do not say"
    return f"{count(rest, 'line')} of what to do: {told} about which finding" if rest else ""


_SHARED = 2
"""Stems of words in common from which a line speaks of a finding."""


def _is_fix(key: str) -> bool:
    name = named(key)
    return name is not None and name.field == "fix"


def _stems(said: Row | str) -> set[str]:
    text = said if isinstance(said, str) else " ".join(map(str, said.values.values()))
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.lower())}
