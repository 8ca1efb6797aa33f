"""Text parted where no bracket is open."""

from __future__ import annotations


def parted(text: str, mark: str, opening: str = "([{", closing: str = ")]}") -> list[str]:
    """Return ``text`` parted at each ``mark`` that stands in no bracket, white space kept."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in opening) - (char in closing)
        if char == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
