"""Put a key with its value into a mapping of YAML or JSON, with the blocks that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from mendbook.code.json_text import JsonError, put_pair
from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.known_keys import at_home, is_known
from mendbook.fixes.settings.yaml_place import Mapping, home_of, is_json, place_for
from mendbook.model import Operation


def nested(
    file: SettingsFile, mappings: list[Mapping], ask: Ask, key: str, value: str
) -> SettingEdit | None:
    """Return what adds ``a.b.c`` where ``a.b`` is not there yet; None where that is no way to it.

    The block around it is the place named, or the one that may have the first of its steps.
    """
    steps = key.split(".")
    if not all(re.fullmatch(r"[A-Za-z_][\w-]*", one) for one in steps) or value[:1] in "[{":
        return None
    home = home_of(file, mappings, ask, steps[0])
    home, blocks = at_home(file.path, mappings, home, steps[0])
    if blocks or not (home.value(steps[0]) or is_known(file.path, mappings, home, steps[0])):
        return None
    while len(steps) > 1 and (held := home.value(steps[0])) is not None:
        inner = [one for one in mappings if one.node is held]
        if len(inner) != 1:
            return None
        home, steps = inner[0], steps[1:]
    said = f"add `{key}: {value}` to `{home.shown}`"
    return added(file, home, *within_blocks(steps[:-1], steps[-1], value), said)


def within_blocks(blocks: Sequence[str], key: str, value: str) -> tuple[str, str]:
    """Return the outermost key and its value, where ``blocks`` are to be made around a pair."""
    for block in reversed(blocks):
        key, value = block, f"{key}: {value}"
    return key, value


def added(file: SettingsFile, home: Mapping, key: str, value: str, said: str) -> SettingEdit:
    """Return the edit that puts ``key`` with ``value``, or a block of lines, into ``home``."""
    if home.way[-2:-1] == ("env",) and home.value("name") is not None and key != "valueFrom":
        raise Unreadable(f"`{key}` is no key of a variable")
    if _holds_only_blocks(home) and not re.match(r"[\w./-]+:\s|[\[{]", value):
        raise Unreadable(f"which entry of {home.shown} gets `{key}` is not said")
    if is_json(file.path):
        return _added_to_json(file, home, key, value, said)
    if home.node.flow_style or not home.node.value:
        raise Unreadable(f"{home.shown} is written on one line")
    first = home.node.value[0][0]
    indent = " " * first.start_mark.column
    line = f"{indent}{key}: {value}"
    if re.match(r"[\w./-]+:\s", value):
        rows = (f"{file.newline}{indent}  {row}" for row in _chained(value))
        line = f"{indent}{key}:{''.join(rows)}"
    return file.inserted(place_for(file, home), line, said)


def _holds_only_blocks(home: Mapping) -> bool:
    """Tell whether each of several entries is a mapping itself, as jobs and services are."""
    inner = [value for _, value in home.node.value]
    return bool(home.way) and len(inner) > 1 and all(
        isinstance(one, yaml.MappingNode) for one in inner
    )  # fmt: skip


_OUTER = re.compile(r"([A-Za-z_][\w./-]*):\s+(?=[A-Za-z_][\w./-]*:\s)")


def _chained(value: str) -> Iterator[str]:
    """Yield the lines of a block; ``a: b: 1`` in a line is ``b: 1`` below ``a``."""
    for row in value.splitlines():
        depth = 0
        while (inner := _OUTER.match(row)) is not None:
            yield f"{'  ' * depth}{inner[1]}:"
            row, depth = row[inner.end() :], depth + 1
        yield f"{'  ' * depth}{row}"


def _added_to_json(
    file: SettingsFile, home: Mapping, key: str, value: str, said: str
) -> SettingEdit:
    written = like(value, "", file.path)
    try:
        edit = put_pair(file.text, home.way, key, written)
    except JsonError as reason:
        raise Unreadable(str(reason)) from reason
    return file.by_tree(edit, said, Operation.ADD, (f'"{key}": {written}',))


def like(value: str, before: str, path: str) -> str:
    """Return ``value`` quoted as what it replaces is; JSON keeps its own quotes."""
    if value[:1] in "\"'":
        return value
    mark = before[:1]
    if mark in {'"', "'"} and not (is_json(path) and _is_literal(value)):
        return f"{mark}{value}{mark}"
    if is_json(path) and not _is_literal(value):
        return f'"{value}"'
    return value


def _is_literal(value: str) -> bool:
    try:
        return isinstance(loaded(value), bool | int | float | None)
    except Unreadable:
        return False


def loaded(text: str) -> object:
    """Return what a value of YAML means; raises ``Unreadable`` where it is none."""
    try:
        value: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unreadable(f"`{text[:40]}` is no value") from error
    return value
