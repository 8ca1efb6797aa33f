"""A key and its value that stand apart in a masked text, ``retries: ⟦0⟧``, as one piece of code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify

_MARK = re.compile(r"⟦(\d+)⟧")
_VALUES = {Shape.NUMBER, Shape.TEXT}


def with_pairs(
    masked: str, codes: Sequence[Fragment], form: re.Pattern[str], *, quoted: bool = True
) -> tuple[str, list[Fragment]]:
    """Return a masked text and its codes with what fits ``form`` as pairs behind them.

    ``form`` has a group ``value``: a mark, whose code must be a number or a text, or a word that is
    the value itself. Without ``quoted`` a value in backticks stays by itself.
    """
    found = list(codes)

    def joined(match: re.Match[str]) -> str:
        mark = _MARK.fullmatch(match["value"])
        value = codes[int(mark[1])] if mark is not None else None
        if value is not None and (value.shape not in _VALUES or (value.quoted and not quoted)):
            return match[0]
        text = value.text if value is not None else match["value"]
        found.append(classify(match[0].replace(match["value"], text)))
        return f"⟦{len(found) - 1}⟧"

    return form.sub(joined, masked), found
