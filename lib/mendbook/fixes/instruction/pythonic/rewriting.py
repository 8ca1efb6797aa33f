"""One piece of code written another way that does the same, and where it stands."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from mendbook.code.edits import Edit


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The same code by an idiom: the edits, and the statement or expression that comes of them."""

    idiom: str
    edits: tuple[Edit, ...]
    new: str
    """The statement or expression that comes, for comparing it with what a text gives."""
    old: str
    """What goes, one line of it."""
    modules: dict[str, str] = field(default_factory=dict)
    at: ast.AST | None = None
    """What is written anew, to tell the inner of two from the outer."""


def wrapped(lead: str, head: str, parts: tuple[str, ...], tail: str, tab: str) -> str:
    """Return ``head + parts + tail`` on one line, or a part a line where that would be too long."""
    line = f"{head}{' '.join(parts)}{tail}"
    if len(lead) + len(line) <= _WIDE and "\n" not in line:
        return line
    rows = "".join(f"{lead}{tab}{one}\n" for one in parts)
    return f"{head}\n{rows}{lead}{tail}"


_WIDE = 99
