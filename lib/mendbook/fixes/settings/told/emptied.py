"""Values of an environment file that are to be empty, or a placeholder that is spelled out."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.beside_key import beside_key, keys_of, new_key_at
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_KEY = r"`?(?P<key{n}>[A-Z][A-Z0-9_]*[A-Z0-9])`?"
_TAIL = r"(?:\s+(?:in|of)\s+(?:the\s+)?`?[\w./-]+`?(?:\s+(?:file|example|template))?|\s+here)?"
_EMPTY = r"(?:an?\s+)?(?:empty|blank|without\s+(?:an?\s+)?value|unset)(?:\s+(?:value|string))?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:please\s+)?{pattern}{_TAIL}", re.I)


_FORMS = tuple(
    _form(each)
    for each in (
        rf"(?:leave|keep|make|set)\s+(?:the\s+)?{_KEY.format(n=0)}(?:\s+value)?\s+"
        rf"(?:to\s+)?{_EMPTY}",
        rf"(?:empty|blank(?:\s+out)?|clear|unset)\s+(?:out\s+)?(?:the\s+)?"
        rf"(?:value\s+of\s+)?{_KEY.format(n=0)}"
        r"(?:['’]s\s+value|\s+value)?",
        rf"{_KEY.format(n=0)}\s+(?:should|must|has\s+to|needs\s+to)\s+(?:be|stay"
        rf"|remain)\s+{_EMPTY}",
        rf"(?:remove|delete|drop|strip|take\s+out)\s+(?:the\s+)?(?:\w+\s+)?(?:value|secret|key"
        rf"|token|password)\s+"
        rf"(?:of|from|behind|after)\s+{_KEY.format(n=0)}(?:,?\s+(?:and\s+)?leave\s+it\s+{_EMPTY})?",
        rf"(?:the\s+)?value\s+(?:of|behind)\s+{_KEY.format(n=0)}\s+(?:must|should|has\s+to"
        rf"|needs\s+to)\s+(?:go|be\s+(?:removed|deleted|dropped))",
        rf"{_KEY.format(n=0)}['’]s\s+value\s+(?:must|should|has\s+to|needs\s+to)\s+(?:go|be\s+"
        rf"(?:removed|deleted|dropped))",
        rf"{_KEY.format(n=0)}:?\s+{_EMPTY}",
        rf"`?{_KEY.format(n=0)}=`?",
        rf"(?:set|write|use)\s+`?{_KEY.format(n=0)}=`?",
    )
)


_NEW = tuple(
    _form(each)
    for each in (
        rf"(?:list|document|add|include|mention|declare|define|put)\s+(?:an?\s+"
        rf"|the\s+)?{_KEY.format(n=0)},?\s+(?:with\s+)?(?:an?\s+)?{_EMPTY}",
        rf"(?:list|document|add|include|mention|declare|define|put)\s+(?:an?\s+|the\s+)?"
        rf"(?:empty|blank)\s+{_KEY.format(n=0)}",
    )
)
"""A key that need not be there yet."""
_FORMS = (*_NEW, *_FORMS)
_BESIDE = re.compile(
    r"(?:please\s+)?(?:add|list|put|document|insert|set|include)\s+`?"
    r"(?P<line>[A-Z][A-Z0-9_]*=[^\s`]*)`?\s+(?:right\s+|directly\s+)?"
    r"(?P<where>after|before|below|above|under|behind)\s+(?:the\s+)?`?"
    r"(?P<anchor>[A-Z][A-Z0-9_]*)`?(?:\s+(?:line|key|variable))?",
    re.I,
)


def _beside(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """*List PORT=1 after HOST*: a key more beside another."""
    told = _BESIDE.fullmatch(text)
    if told is None:
        return None
    name = told["line"].split("=")[0]
    if keys_of(file, name):
        raise Unreadable(f"{name} stands there already")
    at = beside_key(file, told["anchor"], told["where"])
    return (file.inserted(at, told["line"], f"add `{told['line']}`"),)


def emptied(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Leave API_TOKEN empty*: the key stays, its value goes."""
    if not re.search(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$|\.properties$", file.path):
        return None
    text = " ".join(said.split()).strip().rstrip(".;")
    if (beside := _beside(file, text)) is not None:
        return beside
    told = next((match for form in _FORMS if (match := form.fullmatch(text)) is not None), None)
    if told is None:
        return None
    key = told["key0"]
    if told.re in _NEW and not re.search(
        rf"(?m)^(?:export[ \t]+)?{re.escape(key)}[ \t]*=", file.text
    ):
        return (file.inserted(new_key_at(file, text), f"{key}=", f"add `{key}=`"),)
    line = re.compile(rf"^(?:export[ \t]+)?{re.escape(key)}[ \t]*=(?P<value>[^\r\n#]*)", re.M)
    begin, end = only([one.span("value") for one in line.finditer(file.text)], key)
    before = file.text[begin:end].rstrip()
    if not before:
        raise Unreadable(f"{key} is empty already")
    stop = begin + len(before)
    said_as = f"leave `{key}` empty"
    return (SettingEdit(begin, stop, "", said_as, Operation.REMOVE, (), (before.strip(),)),)
