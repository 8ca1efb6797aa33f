"""What to call code that has no name of its own: the file that exports it."""

from __future__ import annotations

from pathlib import PurePosixPath

_NAMELESS = frozenset({"default", "exports", "module.exports"})
_WHOLE_FOLDER = frozenset({"index", "__init__", "mod"})


def spoken(name: str, file: str) -> str:
    """Return ``name``, of a nameless export of ``file`` the name that the file has."""
    owner, dot, member = name.partition(".")
    if dot and owner in _NAMELESS:
        return member
    if name not in _NAMELESS or not file:
        return name
    path = PurePosixPath(file)
    stem = path.name.partition(".")[0]
    return path.parent.name if stem in _WHOLE_FOLDER and path.parent.name else stem
