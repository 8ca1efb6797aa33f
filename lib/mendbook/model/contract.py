"""What a fix text asks for, said so exactly that an edit can be held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Operation(StrEnum):
    """What one clause of a fix text does to the tree."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    EXTRACT = "extract"
    MOVE = "move"
    CALL = "call"
    AWAIT = "await"
    CATCH = "catch"
    GUARD = "guard"
    WRAP = "wrap"
    RENAME = "rename"
    SET = "set"
    ANNOTATE = "annotate"


@dataclass(frozen=True, slots=True)
class Contract:
    """One clause of a fix text as it was read: what must come, what must go, and where.

    The source that makes an edit states it; ``proving.asked`` holds any edit against it. Fragments
    may be spelled in any layout: they are compared token by token, never as raw text.
    """

    operation: Operation
    file: str
    read_as: str
    """What was understood, one sentence: ``add `.max(500)` to the field `quantity` of `order`."""
    start_line: int = 0
    """First line of the region that may change, in the tree that the edit starts from."""
    end_line: int = 0
    """Its last line; with ``start_line`` 0 the region is the whole file, as for a new one."""
    adds: tuple[str, ...] = ()
    """Fragments of code whose count must rise in the region."""
    removes: tuple[str, ...] = ()
    """Fragments of code whose count must fall in the region."""
    values: dict[str, str] = field(default_factory=dict)
    """Name of a new constant to the expression that it must equal."""
    open: tuple[str, ...] = ()
    """Clauses of the fix that the edit leaves undone, in the fix's own words."""


class AskedStatus(StrEnum):
    """Whether an edit does what its finding's fix asks."""

    SHOWN = "shown"
    """A contract exists, and holds at its place."""
    PARTIAL = "partial"
    """Part of what was asked is shown; ``Asked.unmet`` says what is not."""
    CONSISTENT = "consistent"
    """No contract, but what the text names stands in the changed lines and the evidence changed."""
    NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether a patch does what was asked, and what that rests on."""

    status: AskedStatus = AskedStatus.NOT_SHOWN
    why: str = ""
    """What it rests on, one sentence."""
    met: int = 0
    """Clauses, or named parts of them, that hold."""
    unmet: tuple[str, ...] = ()
    """Those that do not, each in words: ``the gauge is missing``."""

    @property
    def words(self) -> str:
        """The status as a reader sees it: ``2 of 3 (the gauge is missing)``."""
        if not self.met or not self.unmet:
            return self.status.value
        return f"{self.met} of {self.met + len(self.unmet)} ({'; '.join(self.unmet)})"
