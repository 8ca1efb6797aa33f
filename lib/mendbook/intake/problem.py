"""What is wrong with an input, as one line that a person can act on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from mendbook.errors import InputError

MAX_BYTES = 500
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


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
        said = " ".join(visible(f"{self.what}; {self.remedy}").split())
        place = f"{visible(self.path)}: " if self.path else ""
        tail = shorten(f"{place}{said}", MAX_BYTES - 120)
        room = MAX_BYTES - len(tail.encode()) - 2
        return f"{shorten(visible(self.file), room, keep_end=True)}: {tail}"

    def refusal(self) -> InputError:
        """Return the error that refuses the file for this problem."""
        return InputError(str(self))


def visible(text: str) -> str:
    r"""Return ``text`` with control, bidirectional and zero-width characters as ``\u{…}``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in _INVISIBLE else char
        for char in text
    )


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
        return f'"{shorten(visible(value), limit)}"'
    names = {dict: "an object", list: "an array", type(None): "null", bool: str(value).lower()}
    return names.get(type(value), shorten(str(value), limit))
