"""The codes of one text by their marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape

CODE = r"⟦\d+⟧"
ITEM = rf"(?:{CODE}|[A-Za-z_][\w.]*(?:\(\))?)"
OUGHT = r"(?:should|must|has\s+to|have\s+to|needs?\s+to|ought\s+to)"


class Marks:
    """The codes of one text by their marks, and the language that new code is written in."""

    def __init__(self, codes: Sequence[Fragment], language: str) -> None:
        """Hold what ``⟦n⟧`` stands for, and the language."""
        self.codes = codes
        self.language = language

    def text(self, mark: str) -> str:
        """Return what a mark stands for; another text as it is."""
        match = re.fullmatch(r"⟦(\d+)⟧", mark.strip())
        return self.codes[int(match[1])].text if match is not None else mark.strip()

    def fragment(self, mark: str) -> Fragment | None:
        """Return the code that a mark stands for; None for words."""
        match = re.fullmatch(r"⟦(\d+)⟧", mark.strip())
        return self.codes[int(match[1])] if match is not None else None

    def shape(self, mark: str) -> Shape | None:
        """Return the shape of a mark; None for words."""
        fragment = self.fragment(mark)
        return fragment.shape if fragment is not None else None


def with_ticks(masked: str, codes: Sequence[Fragment]) -> str:
    """Return a masked text with each code in backticks, also what is quoted within one."""

    def spelled(match: re.Match[str]) -> str:
        code = codes[int(match[1])]
        if code.shape is Shape.LINES:
            return f"lines {code.text}"
        return f"`{code.text.replace('`', '')}`"

    return re.sub(r"⟦(\d+)⟧", spelled, masked)


Make = Callable[[re.Match[str], Marks], str]
"""What makes an imperative of a form that fits; empty where it does not, after all."""
