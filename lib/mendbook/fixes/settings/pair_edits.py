"""Change the value of a key of YAML or JSON that is found, or take the key out."""

from __future__ import annotations

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_adding import like, loaded
from mendbook.fixes.settings.yaml_place import Mapping, last_line
from mendbook.model import Operation


def value_set(
    file: SettingsFile, home: Mapping, held: yaml.Node, key: str, value: str, old: str = ""
) -> SettingEdit:
    """Return the edit that gives ``key`` of ``home``, which holds ``held``, another value.

    Raises ``Unreadable`` where it holds no single value, that one already, or not ``old``.
    """
    if not isinstance(held, yaml.ScalarNode):
        raise Unreadable(f"{key} holds more than one value")
    begin, end = held.start_mark.index, held.end_mark.index
    before = file.text[begin:end]
    wanted = like(value, before, file.path)
    if loaded(before) == loaded(wanted):
        raise Unreadable(f"{key} is already {value}")
    if old and str(held.value) != old.strip("\"'"):
        raise Unreadable(f"{key} is {before}, and the text says {old}")
    said = f"set `{key}` of `{home.shown}` to `{value}`"
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def pair_gone(
    file: SettingsFile, home: Mapping, key: yaml.Node, value: yaml.Node, name: str
) -> SettingEdit:
    """Return the edit that takes ``key`` and all of ``value`` out of ``home``.

    ``name`` is how the text calls it. Raises ``Unreadable`` where the block would hold nothing
    then, or the key has no line of its own.
    """
    if len(home.node.value) == 1:
        raise Unreadable(f"{name} is all that its block holds")
    begin = file.line_start(key.start_mark.index)
    if file.text[begin : key.start_mark.index].strip():
        raise Unreadable(f"{name} shares its line")
    end = begin
    for _ in range(last_line(value) - key.start_mark.line + 1):
        end = file.line_end(end)
    gone = file.text[begin:end]
    said = f"remove `{name}` from `{home.shown}`"
    return SettingEdit(begin, end, "", said, Operation.REMOVE, (), (gone.strip(),))
