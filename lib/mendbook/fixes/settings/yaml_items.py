"""Items of a YAML list: put in at their place, below another, or taken out whole."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import Mapping, last_line
from mendbook.model import Operation

_NOUNS = re.compile(r"(?i)\s+(?:step|job|entry|item|mount|volume|port|target|rule)s?$")
_WORDS = re.compile(r"(?i)^(?:the\s+)?|\s+(?:one|job|step|entry|item|block|target|rule|service)$")


def is_item(line: str) -> bool:
    """Tell whether a piece of code is an item of a list, which may have more lines."""
    return re.match(r"-\s+\S", line) is not None


def put_in_list(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> tuple[SettingEdit, ...]:
    """Return names put into the list that the evidence quotes an item of, in its order."""
    names = [one.strip() for one in re.split(r",\s*|,?\s+and\s+", ask.line) if one.strip()]
    homes = [each for each in _lists(mappings) if _is_quoted(file, each) and _is_plain(each)]
    if len(homes) != 1 or not all(re.fullmatch(r"[\w./@-]+", one) for one in names):
        raise Unreadable("which list gets it is not said")
    items = homes[0].value
    held = [str(one.value) for one in items]
    if there := next((one for one in names if one in held), None):
        raise Unreadable(f"{there} stands there already")
    ordered = held == sorted(held)
    return tuple(_put(file, items, held, one, ordered) for one in names)


def _put(
    file: SettingsFile, items: list[yaml.Node], held: list[str], name: str, ordered: bool
) -> SettingEdit:
    after = [at for at, one in enumerate(held) if not ordered or one < name]
    model = items[after[-1] if after else 0]
    begin = file.line_start(model.start_mark.index)
    row = file.text[begin : model.start_mark.index]
    mark = file.text[model.start_mark.index]
    text = f"{row}{mark}{name}{mark}" if mark in "\"'" else f"{row}{name}"
    at = file.line_end(begin) if after else begin
    return file.inserted(at, text, f"add `{name}` to the list")


def put_item_beside(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the item ``ask.line`` put above or below the one item that the anchor names."""
    word = _WORDS.sub("", ask.anchor).strip(" `\"'")
    hits = [
        one
        for each in _lists(mappings)
        for one in each.value
        if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", _shown(file, one))
    ]
    outer = [one for one in hits if not any(_within(one, other) for other in hits)]
    named = [one for one in hits if _is_named(one, word)] or outer
    if not word or len(named) != 1:
        raise Unreadable(f"`{ask.anchor}` names {len(named)} items")
    begin = file.line_start(named[0].start_mark.index)
    lead = re.match(r"[ \t]*", file.text[begin:])
    rows = textwrap.dedent(ask.line).strip("\n").splitlines()
    text = file.newline.join(f"{lead[0] if lead else ''}{row}".rstrip() for row in rows)
    at = begin
    if ask.relation == "after":
        for _ in range(last_line(named[0]) - named[0].start_mark.line + 1):
            at = file.line_end(at)
    blank = re.match(r"[ \t]*\r?\n", file.text[at:])
    parted = ask.relation == "after" and (
        blank is not None or re.search(r"\n[ \t]*\r?\n$", file.text[:begin]) is not None
    )
    return file.inserted(at, (file.newline if parted else "") + text, f"add `{rows[0]}`")


def removed_item(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return the one item gone that the evidence quotes and the words name."""
    words = _NOUNS.sub("", ask.name).strip(" `\"'")
    hits = [
        one
        for each in _lists(mappings)
        if len(each.value) > 1
        for one in each.value
        if _touches(file, one) and all(each in _shown(file, one) for each in words.split())
    ]
    inner = [one for one in hits if not any(_within(other, one) for other in hits)]
    if not words or len(inner) != 1:
        raise Unreadable(f"`{ask.name}` names {len(inner)} items")
    begin = file.line_start(inner[0].start_mark.index)
    end = begin
    for _ in range(last_line(inner[0]) - inner[0].start_mark.line + 1):
        end = file.line_end(end)
    gone = file.text[begin:end]
    return SettingEdit(
        begin,
        end,
        "",
        f"remove `{' '.join(gone.split())[:60]}`",
        Operation.REMOVE,
        (),
        (gone.strip(),),
    )


def _lists(mappings: list[Mapping]) -> Iterator[yaml.SequenceNode]:
    for each in mappings:
        for _, value in each.node.value:
            if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value:
                yield value


def _is_plain(held: yaml.SequenceNode) -> bool:
    return all(isinstance(one, yaml.ScalarNode) for one in held.value)


def _is_quoted(file: SettingsFile, held: yaml.SequenceNode) -> bool:
    return any(_touches(file, one) for one in held.value)


def _touches(file: SettingsFile, node: yaml.Node) -> bool:
    spans = file.quoted()
    if len(spans) != 1:
        return False
    begin, end = spans[0]
    return node.start_mark.index < end and begin < node.end_mark.index


def _shown(file: SettingsFile, node: yaml.Node) -> str:
    return file.text[node.start_mark.index : node.end_mark.index]


def _within(inner: yaml.Node, outer: yaml.Node) -> bool:
    return inner is not outer and (
        outer.start_mark.index <= inner.start_mark.index
        and inner.end_mark.index <= outer.end_mark.index
    )


def _is_named(node: yaml.Node, word: str) -> bool:
    """Tell whether an item has the word as the whole of one of its values, or is that."""
    if isinstance(node, yaml.MappingNode):
        return any(str(value.value) == word for _, value in node.value)
    return str(node.value) == word
