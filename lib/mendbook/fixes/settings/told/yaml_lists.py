"""Items of a YAML list that words name: put in behind the others, or taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.fixes.settings.yaml_place import Mapping, documents, last_line
from mendbook.model import Operation

_ITEM = r"(?:`[^`]+`|\"[^\"]+\"|'[^']+'|(?!(?:the|a|an|it|them|to|in|from|of)\b)[\w@.*/:-]*[\w*])"
_ITEMS = rf"{_ITEM}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_ITEM})*"
_PLACE = r"(?:the\s+|its\s+)?(?P<place>[\w./ -]+?)"
_ADDED = (
    re.compile(
        rf"(?:please\s+)?(?:add|append|include|allow|list|put|trust)\s+(?:the\s+)?"
        rf"(?P<items>{_ITEMS})"
        rf"\s+(?:to|in|into|under)\s+{_PLACE}(?:\s+(?:list|array|entries|items))?",
        re.I,
    ),
    re.compile(
        rf"(?:please\s+)?extend\s+{_PLACE}(?:\s+list)?\s+(?:with|by)\s+(?P<items>{_ITEMS})", re.I
    ),
    re.compile(
        rf"(?:the\s+)?{_PLACE}(?:\s+list)?\s+(?:should|must|needs\s+to)\s+(?:also\s+)?"
        rf"(?:include|contain|list|have)\s+"
        rf"(?P<items>{_ITEMS})(?:\s+too)?",
        re.I,
    ),
)
_TAKEN = (
    re.compile(
        rf"(?:please\s+)?(?:remove|drop|delete|take|strip)\s+(?:the\s+)?(?P<items>{_ITEMS})\s+"
        rf"(?:from|out\s+of)\s+{_PLACE}"
        r"(?:\s+(?:list|array|entries|items))?",
        re.I,
    ),
)
_FREE = {
    "of",
    "in",
    "for",
    "on",
    "the",
    "list",
    "job",
    "service",
    "container",
    "section",
    "matrix",
    "key",
}


def yaml_items(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add 3.13 to the matrix*, *drop SYS_TIME from cap_add*: items of the one list meant."""
    if not file.path.endswith((".yml", ".yaml")):
        return None
    text = plain(said)
    for forms, make in ((_ADDED, put_nodes), (_TAKEN, take_nodes)):
        for form in forms:
            if (told := form.fullmatch(text)) is None:
                continue
            names = [
                one.strip("`\"' ")
                for one in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", told["items"])
            ]
            held = _list(file, documents(file.text, file.path), told["place"])
            if held is not None:
                return make(file, held, names)
    return None


def _list(file: SettingsFile, mappings: Sequence[Mapping], place: str) -> yaml.SequenceNode | None:
    words = [one.lower().rstrip(":") for one in place.split()]
    hits = [
        ((*each.way, str(key.value)), each, value)
        for each in mappings
        for key, value in each.node.value
        if isinstance(value, yaml.SequenceNode)
    ]
    fit = []
    for way, each, value in hits:
        steps = {step.lower() for step in way} | {one.lower() for one in each.called}
        named = [one for one in words if one not in _FREE or one in steps]
        last = way[-1].lower()
        wanted = {last, last.rstrip("s"), ".".join(way).lower()}
        inner = len(way) > 1 and way[-2].lower() in words
        if named and all(one in steps | wanted for one in named):
            fit.append((any(one in wanted for one in named), inner, value))
    own = [value for mine, _, value in fit if mine] or [value for _, inner, value in fit if inner]
    spans = file.quoted()
    if len(own) > 1 and spans:
        own = [
            one
            for one in own
            if any(a < one.end_mark.index and one.start_mark.index < b for a, b in spans)
        ]
    if not own:
        return None
    if len(own) > 1:
        raise Unreadable(f"{place} names {len(own)} lists")
    return own[0]


def put_nodes(
    file: SettingsFile, held: yaml.SequenceNode, names: list[str]
) -> tuple[SettingEdit, ...]:
    """Return the edit that puts names behind the other items of a list."""
    items = held.value
    if not items or not all(isinstance(one, yaml.ScalarNode) for one in items):
        raise Unreadable("the list has items of more than one word")
    values = [str(one.value) for one in items]
    if there := next((one for one in names if one in values), None):
        raise Unreadable(f"{there} stands there already")
    mark = file.text[items[-1].start_mark.index]
    mark = mark if mark in "\"'" else ""
    written = [f"{mark}{one}{mark}" for one in names]
    said = f"add {', '.join(f'`{one}`' for one in names)} to the list"
    if held.flow_style:
        at = items[-1].end_mark.index
        added = "".join(f", {one}" for one in written)
        return (SettingEdit(at, at, added, said, Operation.ADD, tuple(written)),)
    begin = file.line_start(items[-1].start_mark.index)
    lead = file.text[begin : items[-1].start_mark.index]
    if not re.fullmatch(r"[ \t]*-[ \t]+", lead):
        raise Unreadable("the list is not laid out in lines")
    at = begin
    for _ in range(last_line(items[-1]) - items[-1].start_mark.line + 1):
        at = file.line_end(at)
    rows = file.newline.join(f"{lead}{one}" for one in written)
    return (file.inserted(at, rows, said),)


def take_nodes(
    file: SettingsFile, held: yaml.SequenceNode, names: list[str]
) -> tuple[SettingEdit, ...]:
    """Return the edits that take names out of a list, which keeps at least one."""
    items = held.value
    if len(names) >= len(items):
        raise Unreadable("it is all that the list holds")
    edits = []
    for name in names:
        at = [n for n, one in enumerate(items) if getattr(one, "value", None) == name]
        if len(at) != 1:
            raise Unreadable(f"{name} stands {len(at)} times in the list")
        node = items[at[0]]
        begin, end = node.start_mark.index, node.end_mark.index
        gone = file.text[begin:end]
        if held.flow_style:
            if at[0] + 1 < len(items):
                end = items[at[0] + 1].start_mark.index
            else:
                begin = items[at[0] - 1].end_mark.index
            edits.append(
                SettingEdit(begin, end, "", f"remove `{name}`", Operation.REMOVE, (), (gone,))
            )
        else:
            edits.append(file.removed(begin, f"remove `{name}`"))
    return tuple(edits)
