"""A fix text that begins with ``s/old/new/``, as an editor of streams is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"`?s(?P<mark>[/|#!,])(?P<old>[^\n]+?)(?P=mark)(?P<new>[^\n]*?)(?P=mark)(?P<all>g)?`?"
    r"(?=[\s.,;]|$)"
)


@dataclass(frozen=True, slots=True)
class Substitution:
    """What goes and what comes; ``rest`` is what the text says behind it."""

    old: str
    new: str
    everywhere: bool
    rest: str


def substitution(text: str) -> Substitution | None:
    """Return the substitution that ``text`` begins with; None for another text."""
    match = _FORM.match(text.strip())
    if match is None:
        return None
    rest = text.strip()[match.end() :]
    return Substitution(match["old"], match["new"], bool(match["all"]), rest)
