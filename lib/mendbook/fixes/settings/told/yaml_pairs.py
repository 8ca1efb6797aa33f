"""Several keys of a YAML or JSON file told in one go: set where they are, added where not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.known_keys import at_home, is_known_anywhere
from mendbook.fixes.settings.told.group import Group, groups_of
from mendbook.fixes.settings.yaml_adding import like, loaded
from mendbook.fixes.settings.yaml_blocks import home_for
from mendbook.fixes.settings.yaml_place import (
    Mapping,
    documents,
    home_of,
    is_json,
    place_for,
    placed,
)
from mendbook.model import Operation

_Tree = dict[str, "str | _Tree"]
_SPRING = re.compile(r"(?:^|/)application[\w-]*\.ya?ml$")
"""Settings whose blocks nobody can tell from a key alone."""
_LEVEL = re.compile(r"(?i)^(?:workflow|top|root|file|document)(?:[- ]level)?$")


def yaml_pairs(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """Return the edits of the keys that ``said`` names with their values; None for other texts."""
    if not file.path.endswith((".yml", ".yaml")):
        return None
    found = documents(file.text, file.path)
    keys = {str(key.value) for each in found for key, _ in each.node.value}

    def knows(key: str) -> bool:
        return key in keys or key in _COMMON or is_known_anywhere(file.path, found, key)

    groups = groups_of(said, knows)
    if groups is None:
        return None
    edits: list[SettingEdit] = []
    home: Mapping | None = None
    for group in groups:
        home = _home(file, found, group, home)
        edits += _put(file, home, _tree(group.pairs, home))
    if not edits:
        raise Unreadable("it stands there already")
    return tuple(edits)


_COMMON = frozenset({"test", "interval", "timeout", "retries", "start_period", "cpu", "memory"})


def _home(
    file: SettingsFile, found: Sequence[Mapping], group: Group, before: Mapping | None
) -> Mapping:
    """Return the mapping that the pairs of a step go into."""
    every = list(found)
    first = group.pairs[0][0].split(".")[0] if "/" not in group.pairs[0][0] else group.pairs[0][0]
    if group.place:
        words = re.sub(r"(?i)\b(?:spec|block|section)$", "", group.place).strip() or group.place
        if _LEVEL.fullmatch(words):
            roots = [each for each in found if not each.way]
            if len(roots) != 1:
                raise Unreadable(f"there are {len(roots)} documents")
            return roots[0]
        home = placed(file, every, group.place)
        return at_home(file.path, every, home, first)[0]
    if group.beside and before is not None:
        return before
    shared: list[Mapping] = []
    last: Unreadable | None = None
    for key, _ in group.pairs:
        name = key.split(".")[0]
        try:
            shared.append(home_of(file, every, Ask(Verb.SET, "", ((key, ""),)), name))
        except Unreadable as reason:
            last = reason
    if _SPRING.search(file.path) and not any(one.value(first) is not None for one in shared):
        raise Unreadable(f"where {first} belongs is not said")
    holding = [one for one in shared if one.value(first) is not None] or shared
    if before is not None and not any(one.value(first) is not None for one in shared):
        return before
    if not holding:
        try:
            return home_for(file, every, "", first)
        except Unreadable:
            raise last or Unreadable(f"where {first} belongs is not said") from None
    if any(one.node is not holding[0].node for one in holding):
        raise Unreadable("the keys stand in several places")
    return at_home(file.path, every, holding[0], first)[0]


def _tree(pairs: Sequence[tuple[str, str]], home: Mapping) -> _Tree:
    """Return the pairs as nested blocks; a key that ``home`` has, or with a slash, is one key."""
    tree: _Tree = {}
    for key, value in pairs:
        whole = "/" in key or home.value(key) is not None
        steps = [key] if whole else key.split(".")
        at = tree
        for each in steps[:-1]:
            inner = at.setdefault(each, {})
            if not isinstance(inner, dict):
                raise Unreadable(f"{each} is told twice")
            at = inner
        at[steps[-1]] = value
    return tree


def _put(file: SettingsFile, home: Mapping, tree: _Tree) -> Iterator[SettingEdit]:
    for key, value in tree.items():
        held = home.value(key)
        if held is None:
            yield _added(file, home, key, value)
        elif isinstance(value, dict):
            if not isinstance(held, yaml.MappingNode):
                raise Unreadable(f"{key} holds no block")
            yield from _put(file, Mapping((*home.way, key), held, home.called), value)
        elif isinstance(held, yaml.ScalarNode):
            begin, end = held.start_mark.index, held.end_mark.index
            before = file.text[begin:end]
            new = like(value, before, file.path)
            if loaded(new) != loaded(before):
                said = f"set `{key}` of `{home.shown}` to `{value}`"
                named = next(own for own, each in home.node.value if each is held)
                head = file.text[named.start_mark.index : begin]
                line = (f"{head}{new}",)
                begin -= len(head)
                gone = (f"{head}{before}",)
                yield SettingEdit(begin, end, line[0], said, Operation.SET, line, gone)
        elif yaml.safe_load(file.text[held.start_mark.index : held.end_mark.index]) != loaded(
            value
        ):
            raise Unreadable(f"{key} holds more than one value")


def _added(file: SettingsFile, home: Mapping, key: str, value: str | _Tree) -> SettingEdit:
    shown = value if isinstance(value, str) else ", ".join(value)
    said = f"add `{key}: {shown}` to `{home.shown}`"
    if home.node.flow_style:
        if not isinstance(value, str) or not home.node.value or is_json(file.path):
            raise Unreadable(f"{home.shown} is written on one line")
        at = home.node.value[-1][1].end_mark.index
        return SettingEdit(at, at, f", {key}: {value}", said, Operation.ADD, (f"{key}: {value}",))
    if not home.node.value:
        raise Unreadable(f"{home.shown} is empty")
    indent = " " * home.node.value[0][0].start_mark.column
    rows = [f"{indent}{row}" for row in _rows(key, value)]
    return file.inserted(place_for(file, home), file.newline.join(rows), said)


def _rows(key: str, value: str | _Tree) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{key}: {value}"
        return
    yield f"{key}:"
    for inner, held in value.items():
        for row in _rows(inner, held):
            yield f"  {row}"
