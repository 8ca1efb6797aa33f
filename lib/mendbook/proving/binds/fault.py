"""One thing that does not bind, where it stands, and what could not be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A name that means nothing, or something else than it did; ``line`` 0 is the whole file."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        """Return the fault as one line of a check's detail."""
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


@dataclass(frozen=True, slots=True)
class Untold:
    """A file whose names cannot be looked up, and why."""

    path: str
    why: str
