"""Say why a fix text is not carried out."""

from __future__ import annotations


class Abstain(Exception):
    """Raised with one sentence where a step cannot be read as exactly one edit.

    ``final``: no other wording of the text may make an edit of it, either. ``kept``: the code needs
    what is to go, or may.
    """

    def __init__(self, reason: str, final: bool = False, kept: bool = False) -> None:
        """Hold the reason."""
        super().__init__(reason)
        self.final, self.kept = final, kept
