"""A key by its address: *CACHE_MB of the worker*, *LOG_LEVEL in web and worker*, at any depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.meant.wish import Wish
from mendbook.fixes.settings.yaml_place import Mapping, documents
from mendbook.model import Operation

_NAME = r"[`'\"]?[\w][\w./-]*[`'\"]?"
_KIND = r"(?:service|job|container|deployment|section|stage|step|block|workflow|pod)s?"
_BLOCKS = (
    rf"(?:the\s+)?(?:{_KIND}\s+)?(?P<blocks>{_NAME}(?:,\s+(?:the\s+)?{_NAME})*"
    rf"(?:,?\s+and\s+(?:(?:of|in|from|for|on)\s+)?(?:the\s+)?{_NAME})?)(?:\s+{_KIND})?"
)
_AT = r"(?:of|in|from|for|on)"
_KEY = rf"(?:the\s+)?(?P<key>{_NAME})"
_VALUE = r"(?P<value>`[^`]+`|\"[^\"]*\"|'[^']*'|[^\s,;]+)"
_PUT = r"(?:set|change|turn|raise|lower|reduce|increase|bump|cut|switch|put|shorten|extend|make)"
_GO = r"(?:remove|drop|delete|unset|take\s+out|get\s+rid\s+of)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<go>{_GO})\s+{_KEY}\s+{_AT}\s+{_BLOCKS}",
        rf"{_AT}\s+{_BLOCKS},?\s+(?P<go>{_GO})\s+{_KEY}",
        rf"{_PUT}\s+{_KEY}\s+{_AT}\s+{_BLOCKS}\s+(?:down\s+|up\s+)?to\s+{_VALUE}",
        rf"{_PUT}\s+{_KEY}\s+(?:down\s+|up\s+)?to\s+{_VALUE}\s+{_AT}\s+{_BLOCKS}",
        rf"{_AT}\s+{_BLOCKS},?\s+{_PUT}\s+{_KEY}\s+(?:down\s+|up\s+)?to\s+{_VALUE}",
        rf"{_KEY}\s*[:=]\s*{_VALUE}\s+{_AT}\s+{_BLOCKS}",
    )
)


def addressed(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return the edits of a key that stands once in each block that is named.

    Raises ``Unreadable`` where a block has it not, or several times.
    """
    if not file.path.endswith((".yml", ".yaml")):
        return None
    text = wish.text.strip().rstrip(".;")
    told = next((match for form in _FORMS if (match := form.fullmatch(text)) is not None), None)
    if told is None:
        return None
    key = told["key"].strip("`'\"")
    blocks = [
        one.strip("`'\"")
        for one in re.findall(_NAME, re.sub(rf"\b(?:and|the|{_AT})\b", " ", told["blocks"]))
    ]
    mappings = documents(file.text, file.path)
    spots = [_spot(file, mappings, block, key) for block in blocks]
    if told.groupdict().get("go"):
        return tuple(_gone(file, spot, key) for spot in spots)
    value = told["value"].strip("`")
    return tuple(_set(file, spot, key, value) for spot in spots)


def _spot(
    file: SettingsFile, mappings: list[Mapping], block: str, key: str
) -> tuple[Mapping, yaml.Node, yaml.Node]:
    """Return the one mapping in ``block`` that has ``key``, and the nodes of the pair."""
    found: dict[int, tuple[Mapping, yaml.Node, yaml.Node]] = {}
    for one in mappings:
        if block in one.way or block in one.called:
            for own, value in one.node.value:
                if own.value == key:
                    found.setdefault(own.start_mark.index, (one, own, value))
    if len(found) != 1:
        raise Unreadable(f"{block} has {key} {len(found)} times")
    return next(iter(found.values()))


def _gone(file: SettingsFile, spot: tuple[Mapping, yaml.Node, yaml.Node], key: str) -> SettingEdit:
    home, own, _ = spot
    if len(home.node.value) == 1:
        raise Unreadable(f"{home.shown} would hold nothing")
    begin = file.line_start(own.start_mark.index)
    stop = begin
    for at, row in _rows(file.text, begin):
        if at > begin and row.strip() and _margin(row) <= own.start_mark.column:
            break
        stop = at + len(row) if row.strip() else stop
    if home.node.flow_style or file.text[begin : own.start_mark.index].strip():
        raise Unreadable(f"{key} stands on a line with others")
    gone = file.text[begin:stop]
    return SettingEdit(begin, stop, "", f"remove `{key}`", Operation.REMOVE, (), (gone.strip(),))


def _rows(text: str, begin: int) -> Iterator[tuple[int, str]]:
    at = begin
    for row in text[begin:].splitlines(keepends=True):
        yield at, row
        at += len(row)


def _margin(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _set(
    file: SettingsFile,
    spot: tuple[Mapping, yaml.Node, yaml.Node],
    key: str,
    value: str,
) -> SettingEdit:
    node = spot[2]
    if not isinstance(node, yaml.ScalarNode) or node.style in {"|", ">"}:
        raise Unreadable(f"{key} holds more than one value")
    begin, end = node.start_mark.index, node.end_mark.index
    bare = value.strip("\"'")
    if str(node.value) == bare:
        raise Unreadable(f"{key} is already {bare}")
    mark = node.style or ""
    new = value if value[:1] in {'"', "'"} else f"{mark}{bare}{mark}"
    said = f"set `{key}` to `{bare}`"
    return SettingEdit(begin, end, new, said, Operation.SET, (new,), (file.text[begin:end],))
