"""Read the sources that facts and advice cite: ``package.json:21``, ``Cargo.toml:3-9``, a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CITED = re.compile(r"(?P<path>[^\s:|]+?)(?::(?P<first>\d+)(?:[-–](?P<last>\d+))?)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A file that is cited, and its 1-based lines where they are."""

    path: str
    first: int | None = None
    last: int | None = None


def cited(source: str) -> Citation | None:
    """Return what ``source`` cites; None for words, such as those that say how it is known."""
    found = _CITED.fullmatch(source)
    if found is None:
        return None
    first, last = (int(found[name]) if found[name] else None for name in ("first", "last"))
    return Citation(found["path"], first, last)
