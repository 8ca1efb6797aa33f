"""What a fix text asks of a file of settings: a few frames, each matched whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What is asked for."""

    SET = "set"
    """A key gets a value, whether it stands there or not."""
    ADD = "add"
    """A key, or a whole line, that is not there."""
    REMOVE = "remove"
    REPLACE = "replace"
    """Text that stands there by other text."""
    REWRITE = "rewrite"
    """A line by the line that is written out."""
    FLAG = "flag"
    """An option of a command that stands there."""
    PIN = "pin"
    """A package, action or image gets a version."""
    COLUMN = "column"
    """A column of a table gets a type or a constraint."""
    WRITE = "write"
    """A setting spelled out whole: in the place of what has its name, else new."""
    QUOTE = "quote"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Ask:
    """One instruction; fields that its frame does not have are empty."""

    verb: Verb
    text: str
    """As written, for messages."""
    pairs: tuple[tuple[str, str], ...] = ()
    name: str = ""
    """What is pinned or removed; the table of an index."""
    value: str = ""
    """The version; the columns of an index; what comes in place of ``old``."""
    old: str = ""
    """The value that the text says is there now."""
    line: str = ""
    """A whole line to add."""
    relation: str = ""
    """``before`` or ``after`` the ``anchor``."""
    anchor: str = ""
    place: str = ""
    """The service, job, table or block that it is about, in the text's words."""

    around: str = ""
    """The words around a setting that is spelled out: they may name its place."""

    @property
    def bound(self) -> str:
        """The mark of the bound of a version that the text speaks of: ``>=``; empty without one."""
        if re.search(
            r"(?i)\b(?:floor|minimum|lower bound|at least|or later|or newer)\b", self.text
        ):
            return ">="
        return ""

    @property
    def key(self) -> str:
        """The first key that gets a value; empty where none does."""
        return self.pairs[0][0] if self.pairs else ""


class Unreadable(Exception):
    """The text, or the file, does not say one thing to do; the message is the reason."""
