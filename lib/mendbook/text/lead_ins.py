"""What stands before a sentence and is no part of it: marks of a list, words that only lead on."""

from __future__ import annotations

LIST_MARK = r"(?:\(?\d{1,2}[.):]|\(?[a-z]\)|[-*•])"
"""The mark of an item of a list, as a pattern: ``1.``, ``(2)``, ``a)``, ``-``; case must count."""
_LEADING_ON = (
    *("also", "and", "then", "finally", "please", "simply", "just", "additionally"),
    "in addition",
)


def leading_on(*more: str) -> str:
    """Return the words that only lead on to an instruction, and ``more``, as a pattern."""
    return rf"(?:{'|'.join((*_LEADING_ON, *more))})"
