"""Directives of nginx told in words: restricted to values, turned on or off, below a location."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_PLAIN_VALUE = r"(?:[\w.:/-]*\d[\w.:/-]*|on|off|any|all|none)"
"""A value of a directive that is no word of the sentence."""
_VALUES = re.compile(
    r"(?:please\s+)?(?:restrict|limit|set|change|reduce|raise|lower|increase|cut|shorten)\s+"
    r"(?:the\s+)?"
    r"`?(?P<key>[a-z]+_[a-z_]+)`?\s+(?:from\s+`?(?P<old>[^`]+?)`?\s+)?to\s+"
    rf"`?(?P<value>{_PLAIN_VALUE}(?:(?:,?\s+and\s+|,\s*|\s+){_PLAIN_VALUE})*)`?(?:\s+only)?",
    re.I,
)
_SWITCH = re.compile(
    r"(?:please\s+)?(?:(?:turn|switch)\s+(?:the\s+)?`?(?P<a>[a-z][a-z_]+)`?\s+(?P<s>on|off)"
    r"|(?:turn|switch)\s+(?P<t>on|off)\s+(?:the\s+)?`?(?P<b>[a-z][a-z_]+)`?"
    r"|(?P<verb>enable|disable)\s+(?:the\s+)?`?(?P<c>gzip|server_tokens|[a-z]+_[a-z_]+)`?)",
    re.I,
)
_HEADER = re.compile(
    r"(?:please\s+)?(?:add|set|send)\s+(?:the\s+|an?\s+)?(?:response\s+)?header\s+"
    r"(?:`(?P<name>[A-Z][\w-]+):\s+(?P<value>[^`;]+?)`|(?P<n>[A-Z][\w-]+):\s+(?P<v>[^`;\s]+))",
    re.I,
)


def directive_told(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edit of a directive that the words name with its value; None for other texts."""
    if not file.path.endswith(".conf") or "{" not in file.text:
        return None
    text = step.strip().rstrip(".;")
    if (told := _VALUES.fullmatch(text)) is not None:
        value = re.sub(r",?\s+and\s+|,\s*", " ", told["value"].strip())
        return _valued(file, told["key"], value, told["old"] or "")
    if (told := _SWITCH.fullmatch(text)) is not None:
        word = (told["s"] or told["t"] or "").lower()
        state = word or ("on" if told["verb"].lower() == "enable" else "off")
        return _valued(file, told["a"] or told["b"] or told["c"], state, "", makes=True)
    if (told := _HEADER.fullmatch(text)) is not None:
        return _header(file, told["name"] or told["n"], (told["value"] or told["v"]).strip())
    return None


def _lines(file: SettingsFile, key: str) -> list[re.Match[str]]:
    line = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]+(?P<value>[^;{{\n]+);", re.M)
    return list(line.finditer(file.text))


def _valued(
    file: SettingsFile, key: str, value: str, old: str, *, makes: bool = False
) -> tuple[SettingEdit, ...] | None:
    lines = _lines(file, key)
    spans = file.quoted()
    if len(lines) > 1 and len(spans) == 1:
        lines = [one for one in lines if spans[0][0] <= one.start("value") < spans[0][1]]
    if not lines and makes:
        return (_put(file, f"{key} {value};"),)
    if not lines:
        return None
    begin, end = only([one.span("value") for one in lines], key)
    before = file.text[begin:end]
    if old and " ".join(before.split()) != " ".join(old.split()):
        raise Unreadable(f"{key} is {before}, and the text says {old}")
    if " ".join(before.split()) == value:
        raise Unreadable(f"{key} is already {value}")
    said = f"set `{key}` to `{value}`"
    return (SettingEdit(begin, end, value, said, Operation.SET, (f"{key} {value};",), ()),)


def _header(file: SettingsFile, name: str, value: str) -> tuple[SettingEdit, ...]:
    if re.search(rf"(?i)add_header\s+{re.escape(name)}\b", file.text):
        raise Unreadable(f"{name} stands there already")
    given = f'"{value}"' if re.search(r"[\s;]", value) else value
    return (_put(file, f"add_header {name} {given} always;"),)


def _put(file: SettingsFile, line: str) -> SettingEdit:
    """Return the directive put behind the plain ones of the one server that is meant."""
    heads = list(re.finditer(r"^[ \t]*server\b[ \t]*\{[ \t]*\r?\n", file.text, re.M))
    spans = file.quoted()
    if len(heads) > 1 and len(spans) == 1:
        heads = [one for one in heads if one.start() <= spans[0][0]][-1:]
    if len(heads) != 1:
        raise Unreadable(f"there are {len(heads)} servers, and which is meant is not said")
    at = heads[0].end()
    rows = re.compile(r"[ \t]*(?:[a-z_]+[ \t][^{};\n]*;[ \t]*(?:#[^\n]*)?|#[^\n]*)\r?\n")
    last = at
    while (row := rows.match(file.text, last)) is not None:
        last = row.end()
    if last == at:
        raise Unreadable("where it goes is not plain")
    return file.inserted(last, f"{file.indent(at)}{line}", f"add `{line}`")
