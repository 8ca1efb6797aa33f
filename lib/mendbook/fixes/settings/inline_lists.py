"""Items of a list in square brackets, put in or taken out: TOML, JSON, and YAML on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_HEAD = re.compile(r"^[ \t]*(?:-[ \t]+)?[\"']?(?P<key>[\w.-]+)[\"']?[ \t]*[:=][ \t]*\[", re.M)
_SECTION = re.compile(r"^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:#.*)?$", re.M)
_NOUNS = re.compile(r"(?i)\s+(?:list|array|matrix|set|section|setting|entry|entries|group)$")


@dataclass(frozen=True, slots=True)
class InlineList:
    """A list: its key with the section around it, where its brackets are, and its items."""

    key: str
    start: int
    end: int
    items: tuple[tuple[int, int], ...]


def put_inline(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...] | None:
    """Return the edit that puts names into the list that the place names; None for no such list."""
    held = _named(file, ask.place)
    if held is None:
        return None
    names = [one.strip().strip("\"'") for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", ask.line)]
    return put_items(file, held, names)


def put_items(file: SettingsFile, held: InlineList, names: list[str]) -> tuple[SettingEdit, ...]:
    """Return the edit that puts names at the end of a list, marked as its items are."""
    there = [file.text[a:b].strip("\"'") for a, b in held.items]
    if not all(re.fullmatch(r"[^\s\"'`\[\]{}]+", one) for one in names):
        raise Unreadable("which item is to be put into the list is not said")
    if known := next((one for one in names if one in there), None):
        raise Unreadable(f"{known} stands there already")
    mark = _mark(file, held, names)
    written = [f"{mark}{one}{mark}" for one in names]
    said = f"add {', '.join(f'`{one}`' for one in names)} to `{held.key}`"
    if not held.items:
        item, at = ", ".join(written), held.start + 1
    elif "\n" in file.text[held.start : held.end]:
        return (_as_rows(file, held, written, said),)
    else:
        item, at = "".join(f", {one}" for one in written), held.items[-1][1]
    return (SettingEdit(at, at, item, said, Operation.ADD, tuple(written)),)


def _as_rows(file: SettingsFile, held: InlineList, written: list[str], said: str) -> SettingEdit:
    """Return the edit that puts each item on a line of its own behind the last one."""
    begin, end = held.items[-1]
    lead = file.indent(begin)
    tail = file.text[end : held.end]
    comma = re.match(r"[ \t]*,", tail)
    behind = end + (comma.end() if comma else 0)
    stop = file.line_end(behind)
    remark = re.fullmatch(r"[ \t]*(?:(?:#|//)[^\n]*)?\r?\n", file.text[behind:stop])
    if remark is None:
        raise Unreadable(f"{held.key} is not laid out in lines")
    rows = f",{file.newline}".join(f"{lead}{one}" for one in written)
    closed = "," if comma else ""
    gap = file.text[behind:stop]
    first = "" if comma else ","
    rewritten = f"{first}{gap}{rows}{closed}{file.newline}"
    return SettingEdit(behind, stop, rewritten, said, Operation.ADD, tuple(written))


def taken_inline(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...] | None:
    """Return the edits that take items out of a list; None where no list has them.

    It is the list that the place names, else the only one that has the first item.
    """
    names = [one.strip().strip("\"'") for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", ask.name)]
    held = _named(file, ask.place) if ask.place else None
    if held is None and re.search(
        rf"^[ \t]*(?:-[ \t]+)?[\"']?{re.escape(names[0])}[\"']?[ \t]*[:=]", file.text, re.M
    ):
        return None
    if held is None:
        holding = [
            one
            for one in inline_lists(file)
            if any(file.text[a:b].strip("\"'") == names[0] for a, b in one.items)
        ]
        if len(holding) != 1:
            return None
        held = holding[0]
    there = [file.text[a:b].strip("\"'") for a, b in held.items]
    if any(there.count(one) != 1 for one in names):
        raise Unreadable(f"{held.key} has no one {names[0]}")
    if len(names) == len(there):
        raise Unreadable(f"{names[0]} is all that {held.key} holds")
    return tuple(taken_item(file, held, there.index(one)) for one in names)


def taken_item(file: SettingsFile, held: InlineList, at: int) -> SettingEdit:
    """Return the edit that takes the item at ``at`` out of a list."""
    begin, end = held.items[at]
    gone = file.text[begin:end]
    alone = "\n" in file.text[held.start : held.end]
    said = f"remove `{gone}` from `{held.key}`"
    if alone and not file.text[file.line_start(begin) : begin].strip():
        return SettingEdit(
            file.line_start(begin), file.line_end(end), "", said, Operation.REMOVE, (), (gone,)
        )
    if at + 1 < len(held.items):
        end = held.items[at + 1][0]
    else:
        begin = held.items[at - 1][1]
    return SettingEdit(begin, end, "", said, Operation.REMOVE, (), (gone,))


def _named(file: SettingsFile, place: str) -> InlineList | None:
    """Return the one list whose key the words name: ``select``, ``tool.ruff.lint.select``."""
    words = [one.strip("\"'[]`") for one in _NOUNS.sub("", place).split()]
    lists = [
        one
        for one in inline_lists(file)
        if any(_is_called(one.key, word) for word in words if len(word) > 1)
    ]
    spans = file.quoted()
    if len(lists) > 1 and len(spans) == 1:
        begin, end = spans[0]
        lists = [one for one in lists if one.start < end and begin < one.end]
    if len(lists) > 1:
        raise Unreadable(f"{place} names {len(lists)} lists")
    return lists[0] if lists else None


def _is_called(key: str, word: str) -> bool:
    last = key.rpartition(".")[2]
    return word in {last, key} or (
        "." in word and (key.endswith(f".{word}") or word.endswith(f".{key}"))
    )


def _mark(file: SettingsFile, held: InlineList, names: list[str]) -> str:
    marks = {file.text[a] for a, _ in held.items}
    if len(marks & {'"', "'"}) == 1:
        return (marks & {'"', "'"}).pop()
    plain = file.path.endswith((".yml", ".yaml")) and held.items
    numbers = all(re.fullmatch(r"-?\d+(?:\.\d+)?|true|false", one) for one in names)
    return "" if plain or (numbers and held.items) else '"'


def inline_lists(file: SettingsFile) -> list[InlineList]:
    """Return the lists in square brackets that hold no others, in order."""
    lists = []
    for head in _HEAD.finditer(file.text):
        read = _items(file.text, head.end() - 1)
        if read is None:
            continue
        above = [one["name"] for one in _SECTION.finditer(file.text, 0, head.start())]
        named = file.path.endswith((".toml", ".ini", ".cfg")) and above
        key = f"{above[-1]}.{head['key']}" if named else head["key"]
        lists.append(InlineList(key, head.end() - 1, *read))
    return lists


_PART = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|//[^\n]*|[\[\]{},]|[^\s\"',\[\]{}#]+")


def _items(text: str, start: int) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return where the list that opens at ``start`` ends, and its items; None for nested ones."""
    items: list[tuple[int, int]] = []
    fresh = True
    for part in _PART.finditer(text, start + 1):
        word = part[0]
        if word == "]":
            return part.end(), tuple(items)
        if word in {"[", "{", "}"}:
            return None
        if word[0] == "#" or word.startswith("//"):
            continue
        if word == ",":
            fresh = True
        elif fresh:
            items.append(part.span())
            fresh = False
        else:
            items[-1] = (items[-1][0], part.end())
    return None
