"""Code without its layout, to find what a person quoted with another one."""

from __future__ import annotations

from functools import lru_cache

_DROPPED = ";"
_QUOTES = "\"'`"
_LAST_SPACE = 0x3000
"""The last character that is white space."""
_TABLE: dict[int, str | None] = {
    **{code: None for code in range(_LAST_SPACE + 1) if chr(code).isspace()},
    **{ord(char): None for char in _DROPPED},
    **{ord(char): "'" for char in _QUOTES},
}


@lru_cache(maxsize=512)
def flatten(text: str) -> str:
    """Return ``text`` without layout and semicolons, with one kind of quotes."""
    return text.translate(_TABLE)


@lru_cache(maxsize=64)
def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """Return ``text`` as ``flatten`` does, and where each of its letters was."""
    return flatten(text), tuple(
        at for at, char in enumerate(text) if _TABLE.get(ord(char), char) is not None
    )
