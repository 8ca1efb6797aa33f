"""Values for what was not done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not done, as a value: what, and the reason."""

    what: str
    reason: str
