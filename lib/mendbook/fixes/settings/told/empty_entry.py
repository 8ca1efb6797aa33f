"""A variable without a value, listed in an example of an environment."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain

_ENV = re.compile(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$")
_EMPTY = re.compile(
    r"(?i:\b(?:empty|blank|with\s+no\s+value|without\s+(?:an?y?\s+)?value)\b)"
    r"|(?<=[A-Z\d])=(?=\s|$|[,;])"
)
_NAME = re.compile(r"(?<![\w$-])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+(?![\w-])")
_BEFORE = r"before|above|in\s+front\s+of|ahead\s+of"
_AFTER = r"below|under|beneath|after|behind|following|next\s+to|beside"
_BESIDE = re.compile(
    rf"(?i:\b(?P<relation>{_BEFORE}|{_AFTER}))\s+(?i:the\s+)?(?P<anchor>{_NAME.pattern})"
)
_ASKS = (
    *("list", "mention", "add", "put", "include", "document", "declare", "name", "insert", "give"),
    *("write", "note", "show", "set", "have", "has", "left", "please", "should", "must"),
    *("needs", "lacks", "missing", "belongs", "is", "be"),
)
_JOINS = (
    *("a", "an", "the", "it", "its", "this", "that", "as", "with", "for", "of", "to", "in", "and"),
    *("here", "there", "also", "too", "right", "directly", "just", "new", "one"),
    *("entry", "line", "key", "variable", "setting", "value", "file", "example"),
)
_IDLE = frozenset((*_ASKS, *_JOINS))
"""Words that ask for an entry, and tell nothing else of it."""


def empty_entry(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*List FEED_TOKEN with an empty value, below FEED_URL*: the entry, in its place."""
    if not _ENV.search(file.path):
        return None
    text = plain(said, ticks=False)
    held = [one for one in _NAME.findall(text) if _row(file, one) is not None]
    news = [one for one in _NAME.findall(text) if one not in held]
    beside = _BESIDE.search(text)
    words = _EMPTY.sub(" ", _NAME.sub(" ", _BESIDE.sub(" ", text)))
    told = all(one.lower() in _IDLE for one in re.findall(r"[^\s,;:.=]+", words))
    if _EMPTY.search(text) is None or len(set(news)) != 1 or not told:
        return None
    if held and (beside is None or {beside["anchor"]} != set(held)):
        raise Unreadable("where it goes is not plain")
    line = f"{news[0]}="
    at = _place(file, beside)
    return (file.inserted(at, line, f"add `{line}`"),)


def _place(file: SettingsFile, beside: re.Match[str] | None) -> int:
    """Return where the line goes: beside the one that is named, else below the quoted one."""
    if beside is not None:
        row = _row(file, beside["anchor"])
        if row is None:
            raise Unreadable(f"there is no {beside['anchor']}")
        before = re.fullmatch(_BEFORE, beside["relation"], re.IGNORECASE)
        return row if before else file.line_end(row)
    spans = file.quoted()
    if len(spans) != 1:
        raise Unreadable("where it goes is not said")
    return file.line_end(max(spans[0][1] - 1, spans[0][0]))


def _row(file: SettingsFile, name: str) -> int | None:
    """Return where the one line that sets ``name`` begins."""
    rows = [one.start() for one in re.finditer(rf"(?m)^{re.escape(name)}=", file.text)]
    return rows[0] if len(rows) == 1 else None
