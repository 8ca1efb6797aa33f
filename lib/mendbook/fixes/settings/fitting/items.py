"""Items of the one list that a finding quotes: put in, taken out, or put in another's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.fixes.settings.inline_lists import InlineList, inline_lists, put_items, taken_item
from mendbook.fixes.settings.told.yaml_lists import put_nodes, take_nodes
from mendbook.fixes.settings.yaml_place import documents
from mendbook.model import Operation

_PUTS = re.compile(
    r"\b(?:add|extend|append|include|belong\w*|miss\w*|lack\w*|want\w*|need\w*|also|as\s+well|too"
    r"|list|join\w*|cover\w*|enable\w*|test\w*|should|must|has\s+to|put|allow\w*|select\w*)\b",
    re.I,
)
_NO_LONGER = re.compile(r"\b(?:must|should|need|has\s+to)\b[^.;]*\bno\s+longer\b", re.I)
_REPLACES = re.compile(r"\b(?:instead\s+of|rather\s+than|in\s+place\s+of|not|replac\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class _List:
    key: str
    values: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    held: InlineList | yaml.SequenceNode


def items_changed(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the list with the items that the text names; None where no one list is meant."""
    lists = list(_lists(file, span))
    if len(lists) > 1:
        lists = [one for one in lists if saying.says(one.key)]
    if len(lists) != 1 or not lists[0].values or not saying.asks:
        return None
    held = lists[0]
    own = {held.key, file.path}
    names = [
        one
        for one in saying.told
        if one.text not in own
        and not held.key.endswith(f".{one.text}")
        and not one.text.endswith(f".{held.key}")
    ]
    there = [one for one in names if one.text in held.values]
    fresh = [one for one in names if one.text not in held.values]
    if not all(one.marked or _is_like(one.text, held.values) for one in fresh):
        return None
    if not all(re.fullmatch(r"[^\s\"'`\[\]{},]+", one.text) for one in fresh):
        return None
    if there and not fresh and (saying.goes or _NO_LONGER.search(saying.text)):
        return _taken(file, held, [one.text for one in there])
    if len(there) == len(fresh) == 1 and there[0].old and not fresh[0].old:
        return (_swapped(file, held, there[0].text, fresh[0].text),)
    if fresh and not there and not saying.goes and not any(one.old for one in fresh):
        if _PUTS.search(saying.text) is None or _REPLACES.search(saying.text):
            return None
        return _put(file, held, [one.text for one in fresh])
    if there and not fresh and not saying.goes and _PUTS.search(saying.text):
        raise Unreadable(f"{there[0].text} stands there already")
    return None


def _is_like(text: str, values: tuple[str, ...]) -> bool:
    """Tell whether a name has the shape of what the list holds: ``B008`` beside ``E501``."""
    shapes = {_shape(one) for one in values}
    return _shape(text) in shapes


def _shape(text: str) -> str:
    plain = re.sub(r"\d+", "9", text)
    plain = re.sub(r"[A-Z]+", "A", plain)
    return re.sub(r"[a-z]+", "a", plain)


def _lists(file: SettingsFile, span: tuple[int, int]) -> Iterator[_List]:
    begin, end = span
    if file.path.endswith((".yml", ".yaml")):
        for one in documents(file.text, file.path):
            for key, value in one.node.value:
                if not isinstance(value, yaml.SequenceNode) or not value.value:
                    continue
                inside = begin <= key.start_mark.index < end or any(
                    begin <= each.start_mark.index < end for each in value.value
                )
                if inside and all(isinstance(each, yaml.ScalarNode) for each in value.value):
                    spans = tuple(
                        (each.start_mark.index, each.end_mark.index) for each in value.value
                    )
                    yield _List(str(key.value), tuple(str(each.value) for each in value.value),
                                spans, value)  # fmt: skip
        return
    if not file.path.endswith((".toml", ".json", ".jsonc")):
        return
    for held in inline_lists(file):
        head = file.line_start(held.start)
        if begin <= head < end or (head <= begin < held.end):
            values = tuple(file.text[a:b].strip("\"'") for a, b in held.items)
            if all(
                re.fullmatch(r"[\"'][^\"']*[\"']|[\w.]+", file.text[a:b]) for a, b in held.items
            ):
                yield _List(held.key.rpartition(".")[2], values, held.items, held)


def _put(file: SettingsFile, one: _List, names: list[str]) -> tuple[SettingEdit, ...]:
    if one.key in {"cap_add", "privileges"}:
        raise Unreadable("it would give more rights; that is not done by a fix text")
    if isinstance(one.held, InlineList):
        return put_items(file, one.held, names)
    return put_nodes(file, one.held, names)


def _taken(file: SettingsFile, one: _List, names: list[str]) -> tuple[SettingEdit, ...]:
    if any(one.values.count(name) != 1 for name in names) or len(names) >= len(one.values):
        raise Unreadable(f"{names[0]} is all that {one.key} holds")
    if isinstance(one.held, InlineList):
        return tuple(taken_item(file, one.held, one.values.index(name)) for name in names)
    return take_nodes(file, one.held, names)


def _swapped(file: SettingsFile, one: _List, old: str, new: str) -> SettingEdit:
    begin, end = one.spans[one.values.index(old)]
    gone = file.text[begin:end]
    mark = gone[0] if gone[0] in "\"'" else ""
    made = f"{mark}{new}{mark}"
    said = f"replace `{old}` with `{new}` in `{one.key}`"
    return SettingEdit(begin, end, made, said, Operation.REPLACE, (made,), (gone,))


_PROTOCOLS = re.compile(
    r"(?m)^[ \t]*(?P<key>ssl_protocols|proxy_ssl_protocols)[ \t]+(?P<value>[^;\n]+);"
)
_PROTOCOL = re.compile(r"(?:TLSv1(?:\.[123])?|SSLv[23])")


def versions_spoken(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the quoted protocols without those that go, or as the ones that are to be spoken."""
    lines = list(_PROTOCOLS.finditer(file.text, *span)) if file.path.endswith(".conf") else []
    told = [one for one in saying.told if one.text != "ssl_protocols"]
    if len(lines) != 1 or not told or not all(_PROTOCOL.fullmatch(one.text) for one in told):
        return None
    held = lines[0]["value"].split()
    olds, news = ([one.text for one in told if one.old is old] for old in (True, False))
    if olds and news:
        made = [one for one in held if one not in olds]
        made += [one for one in news if one not in made]
        if not set(olds) <= set(held):
            raise Unreadable("it would take what is not there")
    elif saying.goes or all(one.old for one in told):
        names = {one.text for one in told}
        if not names < set(held):
            raise Unreadable("it would take what is not there, or all that is there")
        made = [one for one in held if one not in names]
    elif (
        re.search(r"\b(?:only|alone|nothing\s+(?:but|else)|just)\b", saying.text, re.I)
        or len(told) > 1
    ):
        made = [one.text for one in told if not one.old]
    else:
        return None
    if made == held:
        raise Unreadable("it stands there already")
    new = " ".join(made)
    said = f"set `{lines[0]['key']}` to `{new}`"
    begin, end = lines[0].start("key"), lines[0].end("value")
    gap = file.text[begin : lines[0].start("value")]
    return (SettingEdit(begin, end, f"{gap}{new}", said, Operation.SET, (f"{gap}{new};",), ()),)
