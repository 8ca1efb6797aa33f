"""Where a bracket or a string ends."""

from __future__ import annotations

CLOSERS = {"(": ")", "[": "]", "{": "}"}


def balanced(text: str, bracket: int) -> int:
    """Return the offset behind the bracket that closes the one at ``bracket``; else ``bracket``."""
    stack: list[str] = []
    at = bracket
    while at < len(text):
        char = text[at]
        if char in CLOSERS:
            stack.append(CLOSERS[char])
        elif char in ")]}":
            if not stack or stack.pop() != char:
                return bracket
            if not stack:
                return at + 1
        elif char in "'\"`" and not (char == "'" and at and text[at - 1].isalpha()):
            close = string_end(text, at)
            at = close - 1 if close > at else at
        at += 1
    return bracket


def string_end(text: str, at: int) -> int:
    """Return where the string that begins at ``at`` ends, behind its quote."""
    mark = text[at]
    position = at + 1
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        if text[position] == mark:
            return position + 1
        if text[position] == "\n" and mark != "`":
            return at
        if mark == "`" and text.startswith("${", position):
            close = balanced(text, position + 1)
            position = close if close > position + 1 else position + 2
            continue
        position += 1
    return at
