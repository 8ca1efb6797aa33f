"""Tell code that a tool has squeezed from code that a person writes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_NAMED = re.compile(r"[.-]min\.(?:js|mjs|cjs|css)$")
_SUFFIXES = {".js", ".mjs", ".cjs", ".css"}
_LONG_LINE = 500
_SHORT = 2000
"""Characters: a shorter file has too few lines for a mean."""


def is_minified(path: str, text: str) -> bool:
    """Tell whether a script or style sheet is written in lines that no person writes."""
    if _NAMED.search(path):
        return True
    if PurePosixPath(path).suffix not in _SUFFIXES or len(text) < _SHORT:
        return False
    return len(text) / (text.count("\n") + 1) > _LONG_LINE
