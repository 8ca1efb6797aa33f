"""What a patch changes, read from the trees before and after it; words are made from these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mendbook.model.citation import Citation, Ground


class EffectKind(StrEnum):
    """What sort of thing a change does to code that runs."""

    SIGNATURE = "signature"
    """A function takes other parameters."""
    ASYNC = "async"
    """A function begins or ends to be asynchronous."""
    EXIT = "exit"
    """A ``return``, ``throw`` or ``raise`` comes or goes."""
    CATCH = "catch"
    """An error is caught where it was not, or no longer."""
    AWAIT = "await"
    """Something is waited for, or no longer."""
    VALUE = "value"
    """A constant, property or argument by name has another value."""
    CALL = "call"
    """A call comes or goes."""
    DECLARATION = "declaration"
    """A function, class or constant comes or goes."""
    EXPORT = "export"
    """A name that other modules may import comes or goes."""
    RENAME = "rename"
    """A name is another one wherever it stands, and nothing else changes."""
    NAMING = "naming"
    """A literal gets a name, and its value stays what it was wherever it is used."""
    FILE = "file"
    """A whole file comes or goes."""
    OTHER = "other"
    """Code that runs changes in a way that none of the above says."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a change does, and the line it rests on."""

    kind: EffectKind
    file: str
    line: int
    """Of the audited tree where something goes or changes, of the new tree where it comes."""
    name: str
    """What comes, goes or changes: a function, constant or property, or what is called."""
    inside: str = ""
    """The function around it; empty at the top of a module."""
    before: str = ""
    after: str = ""
    """As written, on one line; one of the two is empty where something comes or goes."""
    when: str = ""
    """The condition that it stands under, where it is an exit."""
    was: str = ""
    """The condition that an exit stood under before, where only that changes."""
    caught: bool = False
    """Whether an error of it is caught in the same function."""

    @property
    def place(self) -> Citation:
        """The line; what only comes stands in the patched tree."""
        return Citation(self.file, self.line, patched=not self.before)


class Reach(StrEnum):
    """Whether a change reaches what runs."""

    RUNS = "runs"
    TYPES = "types"
    COMMENTS = "comments"
    TESTS = "tests"
    DOCUMENTS = "documents"
    UNKNOWN = "unknown"
    """The language is not one whose trees are read."""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What one finding's change does, file by file; from its patch, or empty without one."""

    finding_id: str
    reach: Reach
    effects: tuple[Effect, ...] = ()
    unread: tuple[str, ...] = ()
    """Files whose language is not read."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a change, and what it rests on."""

    words: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a step is done; printed as ``file:line — function``."""

    file: str
    line: int | None = None
    """1-based; None where the whole file is meant."""
    name: str = ""
    """The function or class there; empty where it is none."""

    @property
    def spot(self) -> str:
        """``file:line``, or the file alone where the whole of it is meant."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """Return the place as a person reads it."""
        return f"{self.spot} — {self.name}" if self.name else self.spot


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One clause of a fix, and the places in the code that it is about."""

    words: str
    places: tuple[WorkPlace, ...] = ()
    """Empty where the clause names nothing that was found."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What a person is to do about a finding that has no patch."""

    choices: tuple[str, ...] = ()
    """The alternatives that the fix offers; one of them is to be taken."""
    steps: tuple[WorkStep, ...] = ()
    afterwards: tuple[Said, ...] = ()
    """What must hold when it is done, each a sentence that can be checked, with the audit's words
    and the lines that it rests on."""
    unknown: tuple[str, ...] = ()
    """What could not be found out, and why."""
