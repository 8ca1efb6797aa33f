"""What is kept of a collection: how each tool was run, what came of it, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What came of one tool. Each tool's exit codes are read in its own way."""

    CLEAN = "clean"
    """It did its work and found nothing."""
    FINDINGS = "findings"
    MEASURED = "measured"
    """It measures and judges nothing: a load test, a profile."""
    FAILED = "failed"
    """It was run, and what it says cannot be used."""
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the collection, as it is there: raw output without its secrets."""

    path: str
    """Inside the collection's folder, POSIX."""
    bytes: int
    sha256: str
    redactions: int = 0
    """How many secrets were replaced."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One tool: how it was run, or would have been, and what came of it."""

    tool: str
    status: Status
    meaning: str
    """What the exit code and the output say, or why it was not run, as a sentence's part."""
    argv: tuple[str, ...]
    version: str = ""
    code: int | None = None
    """Exit code; None when it was not run or did not end by itself."""
    seconds: float = 0.0
    files: tuple[Kept, ...] = ()
    log: Kept | None = None
    """What it printed on standard error, its end where that is long."""
    feeds: str = ""
    """The option of ``mendbook plan`` that takes the files; empty where none does."""
    install: str = ""
    """The command that would install a tool that is absent; it is never run."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that was run on a work tree, one attempt for each tool that was asked for."""

    repository: str
    commit: str
    """HEAD's full hash; empty where the folder is no git work tree. Tools see the work tree."""
    started: str
    """UTC, ISO 8601."""
    attempts: tuple[Attempt, ...]
