"""Set, add and remove attributes of blocks in Terraform and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.literal import edit_literal
from mendbook.model import Operation

_HEAD = re.compile(
    r"^[ \t]*(?P<kind>[\w-]+)(?P<labels>(?:[ \t]+\"?[\w.-]+\"?)*)[ \t]*(?:=[ \t]*)?\{", re.M
)
_PLAIN = frozenset(
    {"the", "a", "an", "of", "in", "on", "to", "resource", "block", "variable", "module", "data"}
    | {"provider", "cluster", "attribute", "its"}
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block: its words, and where its body begins and ends."""

    words: tuple[str, ...]
    begin: int
    end: int


def edit_hcl(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a file of blocks of attributes."""
    if ask.verb is Verb.PIN and not re.search(r"[:@]", ask.value):
        return (_put(file, ask, "version", _quoted(ask.value), ask.place or ask.name),)
    if ask.verb in {Verb.SET, Verb.ADD} and ask.pairs:
        return tuple(_pair(file, ask, key, value) for key, value in ask.pairs)
    return edit_literal(file, ask)


def _quoted(value: str) -> str:
    return value if value[:1] in '"[{' else f'"{value}"'


def _pair(file: SettingsFile, ask: Ask, key: str, value: str) -> SettingEdit:
    named = re.fullmatch(r"(\w+)\s+of\s+(.+)", key)
    place = ask.place
    if named is not None:
        key, place = named[1], named[2]
    elif not re.fullmatch(r"[\w-]+", key):
        words = key.split()
        known = [
            one for one in words if re.search(rf"^[ \t]*{re.escape(one)}[ \t]*=", file.text, re.M)
        ]
        if len(known) != 1:
            raise Unreadable(f"there is no {key}")
        key = known[0]
    return _put(file, ask, key, value, place)


def _put(file: SettingsFile, ask: Ask, key: str, value: str, place: str) -> SettingEdit:
    block = _home(file, place, key)
    said = f"set `{key}` of `{' '.join(block.words)}` to `{value}`"
    held = next(_attributes(file, block, key), None)
    if held is None and not re.search(rf"{re.escape(key)}\s*[=:]", ask.text):
        raise Unreadable(f"there is no {key}")
    if held is None:
        return _added(file, block, key, value, said)
    before = held["value"].strip()
    wanted = _quoted(value) if before[:1] == '"' else value
    if before == wanted:
        raise Unreadable(f"{key} is already {value}")
    if before[:1] in "[{<" and before[-1:] not in "]}":
        raise Unreadable(f"{key} is written over several lines")
    if ask.old and before.strip('"') != ask.old.strip("\"'"):
        raise Unreadable(f"{key} is {before}, and the text says {ask.old}")
    begin = held.start("value")
    end = begin + len(before)
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def _blocks(text: str) -> Iterator[_Block]:
    for match in _HEAD.finditer(text):
        depth, at = 1, match.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        labels = re.findall(r"[\w.-]+", match["labels"])
        yield _Block((match["kind"], *labels), match.end(), at - 1)


def _home(file: SettingsFile, place: str, key: str) -> _Block:
    blocks = list(_blocks(file.text))
    said = place or file.finding.function
    words = [one for one in re.findall(r"[\w-]+", said) if one.lower() not in _PLAIN]
    fitting = [one for one in blocks if words and all(word in one.words for word in words)]
    if not fitting and words:
        fitting = [one for one in blocks if set(words) & set(one.words[1:])]
    if not fitting and not place:
        fitting = [one for one in blocks if next(_attributes(file, one, key), None) is not None]
    if not fitting and not words and len(blocks) == 1:
        fitting = blocks
    spans = file.quoted()
    if len(fitting) != 1 and len(spans) == 1:
        at = spans[0][0]
        near = [one for one in fitting or blocks if file.line_start(one.begin) <= at < one.end]
        fitting = near[-1:] if near else fitting
    if len(fitting) != 1:
        what = place or key
        raise Unreadable(
            f"{what} names {len(fitting)} blocks" if fitting else f"there is no {what}"
        )
    return fitting[0]


def _attributes(file: SettingsFile, block: _Block, key: str) -> Iterator[re.Match[str]]:
    """Yield the attribute ``key`` of the block itself, not of blocks in it."""
    line = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=[ \t]*(?P<value>[^\n#]*)", re.M)
    for match in line.finditer(file.text, block.begin, block.end):
        if _balanced(file.text[block.begin : match.start()]):
            yield match


def _balanced(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("{}", "[]", "()"))


def _added(file: SettingsFile, block: _Block, key: str, value: str, said: str) -> SettingEdit:
    body = file.text[block.begin : block.end]
    rows = re.finditer(r"^([ \t]*)([\w-]+)([ \t]*)=[^\n]*", body, re.M)
    own = [
        row
        for row in rows
        if _balanced(body[: row.start()]) and _balanced(row[0]) and "<<" not in row[0]
    ]
    if not own:
        raise Unreadable("where the attribute belongs is not plain")
    last = own[-1]
    width = len(last[2]) + len(last[3]) - 1
    line = f"{last[1]}{key.ljust(width)} = {value}"
    return file.inserted(file.line_end(block.begin + last.start()), line, said)
