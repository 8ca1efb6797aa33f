"""The words that lead to what goes: *B instead of A*."""

from __future__ import annotations

INSTEAD = ("instead of", "rather than", "in place of")
INSTEAD_OF = r"(?:instead\s+of|rather\s+than|in\s+place\s+of)"
"""The same as a pattern; letters of either case are for its caller to allow."""
