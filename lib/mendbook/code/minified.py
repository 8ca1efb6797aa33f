"""Tell code that a tool has squeezed from code that a person writes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_NAMED = re.compile(r"[.-]min\.(?:js|mjs|cjs|css)$")
_SUFFIXES = {".js", ".mjs", ".cjs", ".css"}
_LONG_LINE = 500
_SHORT = 2000
"""Characters: a shorter file has too few lines for a mean."""
_MARK = re.compile(r"[;{}]")
_DENSE = 100
"""Characters to an end of a statement or block: a long text, list or comment has fewer."""


def is_minified(path: str, text: str) -> bool:
    """Tell whether a script or style sheet is written in lines that no person writes.

    A person's file may hold one long text, or data; squeezed code is long lines of code.
    """
    if _NAMED.search(path):
        return True
    if PurePosixPath(path).suffix not in _SUFFIXES or len(text) < _SHORT:
        return False
    if len(text) / (text.count("\n") + 1) <= _LONG_LINE:
        return False
    long = [line for line in text.split("\n") if len(line) > _LONG_LINE]
    code = sum(len(line) for line in long if len(_MARK.findall(line)) * _DENSE > len(line))
    return code * 2 > len(text)
