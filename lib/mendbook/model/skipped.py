"""Values for what was not done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Of what kind a reason is, where code goes on by it; its words are for people."""

    OBSTACLE = "obstacle"
    """Something stands against it."""
    KEPT = "kept"
    """The code needs what is to go, or may; that says more than how the words were read."""
    NOTHING_THERE = "nothing there"
    """What was asked has nothing that is for this; that says nothing of the thing itself."""
    UNREAD = "unread"
    """It is of a kind that is not read by this one; another may know more of it."""
    REJECTED = "rejected"
    """A person said that it is wrong, which is the first thing to tell."""
    NOT_ASKED = "not asked"
    """It was not asked for at all; nobody needs to hear of it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not done, as a value: what, and the reason."""

    what: str
    reason: str
    cause: Cause = Cause.OBSTACLE
    first: str = ""
    """The first of several reasons, without who gave it; empty where ``reason`` is that."""

    @property
    def in_brief(self) -> str:
        """One reason, as a reader of the code is told it."""
        return self.first or self.reason
