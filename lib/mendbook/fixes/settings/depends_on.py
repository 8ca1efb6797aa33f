"""What a service of a compose file waits for: the short list as one with conditions."""

from __future__ import annotations

import re

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import documents, last_line
from mendbook.model import Operation

_CONDITION = re.compile(r"\bservice_(?:healthy|started|completed_successfully)\b")
_ASKS = re.compile(r"\b(?:depends?(?:_on)?|wait|condition)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:add\s+(?:an?\s+)?health\s?check|remove|drop|replace|restart|not|never|or|either)\b"
    r"|n't\b",
    re.IGNORECASE,
)


def waits_for(file: SettingsFile, said: str) -> SettingEdit | None:
    """Return the edit that gives a dependency of a service its condition; None for other texts.

    What else the short list names keeps the meaning that it has there, ``service_started``.
    Raises ``Unreadable`` where which service waits for which is not plain.
    """
    told = _CONDITION.findall(said)
    if not file.path.endswith((".yml", ".yaml")) or len(set(told)) != 1:
        return None
    if not _ASKS.search(said) or _MORE.search(said):
        return None
    lists = [
        (each.way[1], node)
        for each in documents(file.text, file.path)
        if each.way[:1] == ("services",) and len(each.way) == 2
        for node in [each.value("depends_on")]
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value
    ]
    if not lists:
        return None
    words = set(re.findall(r"[\w.-]+", said))
    services = {name for name, _ in lists}
    chosen = [one for one in lists if one[0] in words] or [
        one for one in lists if words & {str(item.value) for item in one[1].value}
    ]
    spans = file.quoted()
    if len(chosen) != 1 and len(spans) == 1:
        chosen = [one for one in lists if _touched(file, one[1], spans[0])] or chosen
    if not chosen and len(lists) == 1:
        chosen = lists
    if len(chosen) != 1:
        raise Unreadable(f"which of {len(services)} services is to wait is not said")
    name, held = chosen[0]
    items = [str(one.value) for one in held.value]
    meant = [one for one in items if one in words] or (items if len(items) == 1 else [])
    if not meant:
        raise Unreadable(f"what {name} is to wait for is not said")
    return _written(file, held, items, dict.fromkeys(meant, told[0]))


def _touched(file: SettingsFile, node: yaml.Node, span: tuple[int, int]) -> bool:
    above = file.line_start(file.line_start(node.start_mark.index) - 1)
    return above < span[1] and span[0] < node.end_mark.index


def _written(
    file: SettingsFile, held: yaml.SequenceNode, items: list[str], told: dict[str, str]
) -> SettingEdit:
    begin = file.line_start(held.start_mark.index)
    end = begin
    for _ in range(last_line(held) - held.start_mark.line + 1):
        end = file.line_end(end)
    if "#" in file.text[begin:end]:
        raise Unreadable("the list has remarks, whose place is not plain")
    key = file.indent(file.line_start(begin - 1))
    rows = [
        row
        for one in items
        for row in (f"{key}  {one}:", f"{key}    condition: {told.get(one, 'service_started')}")
    ]
    waits = " and ".join(f"`{one}`" for one in told)
    return SettingEdit(
        begin,
        end,
        file.newline.join([*rows, ""]),
        f"wait for {waits} with {next(iter(told.values()))}",
        Operation.REPLACE,
        tuple(f"condition: {one}" for one in dict.fromkeys(told.values())),
    )
