"""Where something was read: a file, and its lines where they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<path>[^\s:|]+?)(?::(?P<first>\d+)(?:[-–](?P<last>\d+))?)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A file that is cited, and its 1-based lines; printed as ``file:first-last``."""

    path: str
    first: int | None = None
    """None where the whole file is meant."""
    last: int | None = None
    """None where only ``first`` is meant."""

    @classmethod
    def read(cls, words: str) -> Citation | None:
        """Return what a person cites, ``Cargo.toml:3-9``; None for other words."""
        found = _WRITTEN.fullmatch(words)
        if found is None:
            return None
        first, last = (int(found[name]) if found[name] else None for name in ("first", "last"))
        return cls(found["path"], first, last)

    def __str__(self) -> str:
        """Return the citation as a person writes it."""
        lines = "-".join(str(line) for line in (self.first, self.last) if line is not None)
        return f"{self.path}:{lines}" if lines else self.path
