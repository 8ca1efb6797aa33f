"""A key by its address: *CACHE_MB of the worker*, *LOG_LEVEL in web and worker*, at any depth."""

from __future__ import annotations

import re

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.meant.wish import Wish
from mendbook.fixes.settings.pair_edits import pair_gone, value_set
from mendbook.fixes.settings.yaml_place import Mapping, documents

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
    spots = [_spot(mappings, block, key) for block in blocks]
    if told.groupdict().get("go"):
        return tuple(pair_gone(file, *spot, key) for spot in spots)
    value = told["value"].strip("`")
    return tuple(_set(file, home, held, key, value) for home, _, held in spots)


def _spot(mappings: list[Mapping], block: str, key: str) -> tuple[Mapping, yaml.Node, yaml.Node]:
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


def _set(file: SettingsFile, home: Mapping, held: yaml.Node, key: str, value: str) -> SettingEdit:
    if isinstance(held, yaml.ScalarNode) and held.style in {"|", ">"}:
        raise Unreadable(f"{key} holds more than one value")
    return value_set(file, home, held, key, value)
