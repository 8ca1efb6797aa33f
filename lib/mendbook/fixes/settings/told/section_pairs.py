"""Keys of TOML and INI files told with their section, in any order of words."""

from __future__ import annotations

import re
import tomllib

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.group import Group, groups_of
from mendbook.model import Operation

_HEADER = re.compile(r"^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:[#;].*)?\r?$", re.M)
_NOUN = re.compile(r"(?i)^(?:section|table|program|group|unit|entry|file|top|level|root)$")
_FILES = (".toml", ".ini", ".cfg", ".cnf", ".service", ".timer", ".socket")


def section_pairs(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """Return the edits of the keys that ``said`` names with their values; None for other texts."""
    if not file.path.endswith(_FILES):
        return None
    heads = list(_HEADER.finditer(file.text))
    names = [one["name"].strip() for one in heads]
    held = {
        one[1].strip("\"'") for one in re.finditer(r"^[ \t]*([\w.\"-]+)[ \t]*=", file.text, re.M)
    }
    bare, told = _sections_said(said, names)
    groups = groups_of(bare, held.__contains__)
    if groups is None:
        return None
    edits = []
    before = ""
    for group in groups:
        section = _section(file, names, told, group, before)
        before = section
        edits += [_put(file, section, key, value) for key, value in group.pairs]
    if file.path.endswith(".toml"):
        _refuse_broken(file, edits)
    return tuple(edits)


def _sections_said(said: str, names: list[str]) -> tuple[str, list[str]]:
    """Return the text without the sections that it names whole, and these."""
    told = []
    for name in sorted(names, key=len, reverse=True):
        form = re.compile(
            rf"(?:\[|`)*(?<![\w.:/-]){re.escape(name)}(?![\w/-]|[.:]\w)(?:\]|`)*", re.I
        )
        if form.search(said) and ("[" in said or re.search(r"[.:]", name) or _as_place(said, name)):
            told.append(name)
            said = form.sub(" section ", said)
    return said, told


def _as_place(said: str, name: str) -> bool:
    return (
        re.search(
            rf"(?i)\b(?:in|to|under|for|of|on)\s+(?:the\s+)?`?{re.escape(name)}\b"
            rf"|\b{re.escape(name)}`?\s+(?:section|table|block)\b|^{re.escape(name)}:",
            said,
        )
        is not None
    )


def _section(
    file: SettingsFile, names: list[str], told: list[str], group: Group, before: str
) -> str:
    """Return the name of the one section that is meant; empty for the top of the file."""
    words = [one for one in group.place.split() if not _NOUN.match(one)]
    named = list(told)
    for word in words:
        fit = [one for one in names if word.lower() in re.split(r"[.:\s]+", one.lower().strip('"'))]
        if len(fit) != 1:
            raise Unreadable(f"{word} names {len(fit)} sections")
        named += fit
    if len(set(named)) > 1:
        raise Unreadable(f"the text names {len(set(named))} sections")
    if named:
        return named[0]
    if before and group.beside:
        return before
    key = group.pairs[0][0]
    holding = [one for one in ("", *names) if _line(file, one, key) is not None]
    spans = file.quoted()
    if len(holding) == 1:
        return holding[0]
    if before:
        return before
    if len(spans) != 1:
        raise Unreadable(f"{key} stands in {len(holding)} sections")
    above = [
        one["name"].strip() for one in _HEADER.finditer(file.text) if one.start() < spans[0][1]
    ]
    if holding and (not above or above[-1] not in holding):
        raise Unreadable(f"{key} stands in {len(holding)} sections")
    return above[-1] if above else ""


def _body(file: SettingsFile, section: str) -> tuple[int, int]:
    heads = list(_HEADER.finditer(file.text))
    if not section:
        return 0, heads[0].start() if heads else len(file.text)
    places = [at for at, one in enumerate(heads) if one["name"].strip() == section]
    if len(places) != 1:
        raise Unreadable(f"[{section}] stands {len(places)} times")
    at = places[0]
    return heads[at].end(), heads[at + 1].start() if at + 1 < len(heads) else len(file.text)


def _line(file: SettingsFile, section: str, key: str) -> re.Match[str] | None:
    begin, end = _body(file, section)
    line = re.compile(
        rf"^[ \t]*[\"']?{re.escape(key)}[\"']?(?P<eq>[ \t]*[=:][ \t]*)(?P<value>[^\n#;]*?)"
        r"(?=[ \t]*(?:[#;][^\n]*)?\r?$)",
        re.M,
    )
    return line.search(file.text, begin, end)


def _put(file: SettingsFile, section: str, key: str, value: str) -> SettingEdit:
    where = f"[{section}]" if section else "the top"
    own, _, last = key.rpartition(".")
    if own and _line(file, section, key) is None and section.endswith(own):
        key = last
    held = _line(file, section, key)
    if held is None:
        return _added(file, section, key, value, where)
    before = held["value"]
    if before.count("[") != before.count("]") or before.count('"""') % 2:
        raise Unreadable(f"{key} is written over several lines")
    mark = before[:1] if before[:1] in {'"', "'"} else ""
    new = f"{mark}{value}{mark}" if mark and value[:1] not in "\"'[{" else value
    if before == new:
        raise Unreadable(f"{key} is already {value}")
    begin, end = held.start("eq") - len(key), held.end("value")
    line, gone = f"{key}{held['eq']}{new}", f"{key}{held['eq']}{before}"
    begin = held.start("value")
    said = f"set `{key}` of {where} to `{value}`"
    return SettingEdit(begin, end, new, said, Operation.SET, (line,), (gone,))


def _added(file: SettingsFile, section: str, key: str, value: str, where: str) -> SettingEdit:
    if not re.fullmatch(r"[\w.-]+", key):
        raise Unreadable(f"there is no {key}")
    begin, end = _body(file, section)
    body = file.text[begin:end]
    rows = re.findall(r"^[ \t]*[\w.\"-]+([ \t]*)=([ \t]*)", body or file.text, re.M)
    rows = rows or re.findall(r"^[ \t]*[\w.\"-]+([ \t]*)=([ \t]*)", file.text, re.M)
    left, right = rows[-1] if rows else (" ", " ")
    left = " " if len(left) > 1 else left
    line = f"{key}{left}={right}{value}"
    last = body.rstrip()
    at = file.line_end(begin + len(last) - 1) if last else file.line_end(begin)
    return file.inserted(at, line, f"add `{line}` to {where}")


def _refuse_broken(file: SettingsFile, edits: list[SettingEdit]) -> None:
    after = file.text
    for each in sorted(edits, key=lambda one: one.start, reverse=True):
        after = each.applied(after)
    try:
        tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"the edit would not parse ({error})") from error
