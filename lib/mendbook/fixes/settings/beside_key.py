"""Where a new variable of an environment file goes."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingsFile, only

_BESIDE = re.compile(
    r"\b(?P<relation>before|after|above|below|under|beneath|behind|next\s+to|beside)\s+(?:the\s+)?"
    r"(?:(?:line|entry|key|variable|setting)\s+(?:of\s+|for\s+)?)?[`'\"]?(?P<key>[A-Za-z_]\w*)\b",
    re.IGNORECASE,
)


def keys_of(file: SettingsFile, key: str) -> list[tuple[int, int]]:
    """Return where the values of ``key`` begin and end."""
    line = re.compile(rf"^(?:export[ \t]+)?{re.escape(key)}=(?P<value>[^\r\n]*)", re.M)
    return [match.span("value") for match in line.finditer(file.text)]


def new_key_at(file: SettingsFile, text: str) -> int:
    """Return the offset beside the variable that a text names; else the end.

    Raises ``Unreadable`` where that variable stands not once in the file.
    """
    told = next((one for one in _BESIDE.finditer(text) if one["key"].isupper()), None)
    if told is None:
        return len(file.text)
    return beside_key(file, told["key"], told["relation"])


def beside_key(file: SettingsFile, key: str, relation: str) -> int:
    """Return the offset above or below the line of ``key``, by the word of a text.

    Raises ``Unreadable`` where the file has it not once.
    """
    begin = file.line_start(only(keys_of(file, key), key)[0])
    return begin if relation.lower() in {"before", "above"} else file.line_end(begin)
