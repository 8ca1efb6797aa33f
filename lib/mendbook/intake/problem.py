"""What is wrong with an input, as one line that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.errors import InputError
from mendbook.text.escape import visible

MAX_BYTES = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input file: where, what, and what to do."""

    file: str
    path: str
    """JSON path (``findings[3].id``), ``byte 1024``, or empty for the file as a whole."""
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return one line of at most ``MAX_BYTES`` bytes; the file's name gives way first."""
        said = " ".join(visible(f"{self.what}; {self.remedy}", keep="").split())
        place = f"{visible(self.path, keep='')}: " if self.path else ""
        tail = shorten(f"{place}{said}", MAX_BYTES - 120)
        room = MAX_BYTES - len(tail.encode()) - 2
        return f"{shorten(visible(self.file, keep=''), room, keep_end=True)}: {tail}"

    def refusal(self) -> RefusedError:
        """Return the error that refuses the file for this problem."""
        return RefusedError(self)


class RefusedError(InputError):
    """An input that is refused for one ``problem``; its message is that problem's line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def shorten(text: str, limit: int, *, keep_end: bool = False) -> str:
    """Return ``text`` in at most ``limit`` bytes of UTF-8, an ellipsis where it was cut."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    room = max(limit - len("…".encode()), 0)
    if keep_end:
        return "…" + raw[len(raw) - room :].decode("utf-8", "ignore")
    return raw[:room].decode("utf-8", "ignore") + "…"


def quoted(value: object, limit: int = 60) -> str:
    """Return ``value`` as a message shows it: visible, quoted when text, cut when long."""
    if isinstance(value, str):
        return f'"{shorten(visible(value, keep=""), limit)}"'
    names = {dict: "an object", list: "an array", type(None): "null", bool: str(value).lower()}
    return names.get(type(value), shorten(str(value), limit))
