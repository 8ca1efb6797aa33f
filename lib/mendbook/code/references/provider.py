"""What every reference provider answers, and what it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mendbook.code.references.outline import Declared
from mendbook.model import Reference


@dataclass(frozen=True, slots=True)
class Subject:
    """One declaration in one file, whose uses are wanted."""

    file: str
    declared: Declared


Place = tuple[str, str, str, int, int]
"""What tells one subject from another: file, owner, name, line and column."""


def place_of(subject: Subject) -> Place:
    """Return the subject's place: quick to hash, where all that is known of its type is not."""
    at = subject.declared
    return subject.file, at.owner, at.name, at.line, at.column


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file as the protocol counts: 0-based line, 0-based UTF-16 column."""

    file: str
    line: int
    column: int


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units ``text`` takes: the protocol's columns."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, utf16: int) -> int:
    """Return the column in characters that is ``utf16`` code units into ``text``."""
    if text.isascii():
        return utf16
    raw = text.encode("utf-16-le", "surrogatepass")
    return len(raw[: 2 * utf16].decode("utf-16-le", "surrogatepass"))


class Provider(Protocol):
    """One way to find where declarations are used."""

    name: str

    def references(self, subjects: Sequence[Subject]) -> tuple[tuple[Reference, ...], ...]:
        """Return the uses of each subject, in the order of ``subjects``, by file and line."""
        ...
