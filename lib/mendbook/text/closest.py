"""Name what somebody probably meant, where what they wrote is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LIKE = 0.6


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'test'?`` for the nearest of ``known``; empty where none is near."""
    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(written.lower(), lower, n=1, cutoff=_LIKE)
    return f"; did you mean {lower[close[0]]!r}?" if close else ""
