"""What a pattern of paths means: one reading, that of CODEOWNERS, tsconfig and test runners.

``*`` and ``?`` stay inside a folder, ``**`` crosses any number of them, ``{a,b}`` is either, and a
pattern without a slash means a name in any folder. Square brackets are what they are in a path: a
folder of a route (``app/[id]/page.tsx``); CODEOWNERS and tsconfig know no classes of characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from wcmatch import glob

_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.MATCHBASE | glob.CASE | glob.FORCEUNIX
_SIMPLE = re.compile(r"[\w./*-]+")
_MOST = 1_000
"""Patterns that one may stand for: braces within braces multiply."""


def matches(path: str, pattern: str) -> bool:
    """Tell whether ``pattern`` means ``path``; one that cannot be read means nothing."""
    part, several = _compiled(pattern)
    return part in path and any(one.fullmatch(path) for one in several)


def selects(path: str, patterns: Sequence[str]) -> bool:
    """Tell whether a list means ``path``: one of it does, and none that begins with ``!`` does."""
    taken = any(matches(path, one) for one in patterns if not one.startswith("!"))
    return taken and not any(matches(path, one[1:]) for one in patterns if one.startswith("!"))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> tuple[str, tuple[re.Pattern[str], ...]]:
    """Return a part of every path that ``pattern`` means, quickly looked for, and what decides."""
    try:
        literal = re.sub(r"[\[\]]", r"\\\g<0>", pattern.removeprefix("./"))
        chosen, _ = glob.translate(literal, flags=_FLAGS, limit=_MOST)
    except Exception:  # the library's refusal of too many patterns has no public name
        return "", ()
    return _part(pattern), tuple(re.compile(one) for one in chosen)


def _part(pattern: str) -> str:
    """Return the longest text that every path meant by ``pattern`` holds; empty if not known."""
    if not _SIMPLE.fullmatch(pattern):
        return ""
    parts = pattern.removeprefix("./").split("*")
    return max((part.strip("/") for part in parts), key=len)
