"""What a change calls for beside itself: a test case to write, a section to update."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mendbook.model.citation import Ground

_DASH = " — "
_NEW = " (new file)"
_PLACE = re.compile(r"(?P<path>\S.*?)(?::(?P<line>\d+))?")
_PATH_ALONE = re.compile(r"\S*[./]\S*")


@dataclass(frozen=True, slots=True)
class Followup:
    """One test case or one section of a document; printed as ``path:line — what (new file)``."""

    path: str
    """The test file or the document; empty where only words are known."""
    what: str = ""
    """The test case, the section, the keys; empty where the whole file is meant."""
    line: int | None = None
    new: bool = False
    """Whether the file is yet to be written."""
    grounds: tuple[Ground, ...] = field(default=(), compare=False)
    """What it rests on."""

    @property
    def place(self) -> str:
        """``path:line``, or the path alone where no line is known."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def words(self) -> str:
        """What is to be done there, in a person's words; a file yet to be written is called so."""
        return f"{self.what}{_NEW}" if self.new else self.what

    def __str__(self) -> str:
        """Return the text that the published JSON has."""
        return _DASH.join(part for part in (self.place, self.words) if part)

    @classmethod
    def read(cls, text: str) -> Followup:
        """Return the follow-up that ``text`` says, as people and older plans write it.

        Without a dash it is a path where it looks like one, else words alone. The text of what is
        returned is ``text`` again.
        """
        place, dash, said = text.partition(_DASH)
        match = _PLACE.fullmatch(place) if dash or _PATH_ALONE.fullmatch(text) else None
        if match is None:
            return cls("", text)
        line = int(match["line"]) if match["line"] else None
        new = said.endswith(_NEW)
        return cls(match["path"], said.removesuffix(_NEW) if new else said, line, new)
