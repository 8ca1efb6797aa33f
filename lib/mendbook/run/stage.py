"""What a stage of the river is: its name, what it reads, the function, the record it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mendbook.late import Late
from mendbook.run.given import Given

RUN_GATES = "run the gates"
"""What is said as they begin, where any are asked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a run is given from outside: a file, a parameter, the date."""

    name: str
    value: Callable[[Given], Any]
    fingerprint: Callable[[Given], str] | None = None
    """What tells one state of it from another; by its value where there is none."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the river. Its function is given what it ``reads``, in order, and no more.

    Names of sources, stages and tools are written as words of one text.
    """

    name: str
    reads: str
    """Sources and other stages; ``policy.effort`` is one field of a record."""
    make: Callable[..., Any]
    record: Any = None
    """The type that it returns and that is saved; None for a live object, which never is."""
    says: str = ""
    """What is being done, said when it begins; empty for what takes no time."""
    looks_at: str = ""
    """What its function finds for itself, below an edge of the river: read as much as the rest."""
    tools: str = ""
    """Packages and programs whose version may change what comes out."""
    fingerprint: Callable[[Any], str] | None = None
    """For what is looked up anew in each run: what tells one such object from another."""

    @property
    def function(self) -> Callable[..., Any]:
        """The function that makes it, loaded where it was not yet."""
        return self.make.function if isinstance(self.make, Late) else self.make

    @property
    def given(self) -> tuple[str, ...]:
        """Names of what its function is given."""
        return tuple(self.reads.split())

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Names of all that it is made of."""
        return (*self.given, *self.looks_at.split())


def unchanging(_: Given) -> str:
    """Return the fingerprint of what says how, where or how fast, and never what comes out."""
    return ""
