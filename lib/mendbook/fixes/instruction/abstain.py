"""Say why a fix text is not carried out."""

from __future__ import annotations

from mendbook.model import Cause


class Abstain(Exception):
    """Raised with one sentence where a step cannot be read as exactly one edit.

    ``final``: no other wording of the text may make an edit of it, either. ``cause``: of what kind
    the reason is, where another source may know more. ``weighed`` is set where an edit was read
    from the text, and is held back for what it would do.
    """

    weighed = False

    def __init__(self, reason: str, final: bool = False, cause: Cause = Cause.OBSTACLE) -> None:
        """Hold the reason."""
        super().__init__(reason)
        self.final = final
        self.cause = cause


class NotRead(Abstain):
    """Raised where no operation knows what a clause tells to do; other words may be known."""


class Unplaced(Abstain):
    """Raised where code that the text gives stands nowhere, or for nothing that can be seen."""


class Misread(Unplaced):
    """Raised where the edit that was read makes no sense in the code: nobody can have meant it."""
