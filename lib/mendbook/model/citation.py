"""What a statement rests on: lines of a file, or what the audit says of a finding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_PATCHED = " (patched)"
_WRITTEN = re.compile(r"(?P<path>[^\s:|]+?)(?::(?P<first>\d+)(?:[-–](?P<last>\d+))?)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A file that is cited, and its 1-based lines; printed as ``file:first-last``."""

    path: str
    first: int | None = None
    """None where the whole file is meant."""
    last: int | None = None
    """None where only ``first`` is meant."""
    patched: bool = False
    """Whether it stands in the patched tree alone, and not in the audited one."""

    @classmethod
    def read(cls, words: str) -> Citation | None:
        """Return what a person cites, ``Cargo.toml:3-9``; None for other words."""
        match = _WRITTEN.fullmatch(words)
        if match is None:
            return None
        first, last = (int(match[name]) if match[name] else None for name in ("first", "last"))
        return cls(match["path"], first, last)

    def __str__(self) -> str:
        """Return the citation as a person writes it."""
        lines = "-".join(str(line) for line in (self.first, self.last) if line is not None)
        at = f"{self.path}:{lines}" if lines else self.path
        return f"{at}{_PATCHED}" if self.patched else at


class AuditField(Enum):
    """What a finding says in the audit's own words; printed as ``audit: fix``."""

    PROBLEM = "audit: problem"
    IMPACT = "audit: impact"
    FIX = "audit: fix"
    REPRO = "audit: repro"

    def __str__(self) -> str:
        """Return the field as a person names it."""
        return self.value


Ground = Citation | AuditField
"""What one sentence rests on."""


def ground_of(words: str) -> Ground:
    """Return the ground that ``words`` print; of what is no citation, the file of that name."""
    for field in AuditField:
        if field.value == words:
            return field
    place = words.removesuffix(_PATCHED)
    patched = place != words
    cited = Citation.read(place) or Citation(place)
    return Citation(cited.path, cited.first, cited.last, patched)
