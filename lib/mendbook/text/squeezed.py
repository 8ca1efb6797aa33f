"""Code without its layout, to find what a person quoted with another one."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

_DROPPED = ";"
_QUOTES = "\"'`"
_LAST_SPACE = 0x3000
"""The last character that is white space."""
_TABLE: dict[int, str | None] = {
    **{code: None for code in range(_LAST_SPACE + 1) if chr(code).isspace()},
    **{ord(char): None for char in _DROPPED},
    **{ord(char): "'" for char in _QUOTES},
}


class _Kept(dict[int, str]):
    """A table that writes 0 for what is left out, and 1 for all else."""

    def __missing__(self, code: int) -> str:
        self[code] = "\1"
        return "\1"


_KEPT = _Kept({code: "\0" for code, kept in _TABLE.items() if kept is None})


@lru_cache(maxsize=512)
def flatten(text: str) -> str:
    """Return ``text`` without layout and semicolons, with one kind of quotes."""
    return text.translate(_TABLE)


@lru_cache(maxsize=64)
def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` as ``flatten`` does, and where each of its letters was."""
    kept = text.translate(_KEPT).encode("latin-1")
    return flatten(text), array("I", compress(range(len(text)), kept))
