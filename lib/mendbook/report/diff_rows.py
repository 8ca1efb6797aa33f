"""What a row of a unified diff is, for whoever draws it."""

from __future__ import annotations

from enum import Enum

_FILE = ("diff --git", "index ", "--- ", "+++ ", "new file", "deleted file")


class Row(Enum):
    """The kinds of rows."""

    FILE = "file"
    ADDED = "+"
    REMOVED = "-"
    PLACE = "@"
    SAME = " "


_BY_SIGN = {kind.value: kind for kind in (Row.ADDED, Row.REMOVED, Row.PLACE)}


def kind_of(row: str) -> Row:
    """Return what ``row`` says: of which file it is, where, or what is added, removed or kept."""
    if row.startswith(_FILE):
        return Row.FILE
    return _BY_SIGN.get(row[:1], Row.SAME)
