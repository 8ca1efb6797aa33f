"""Several keys of a YAML or JSON file told in one go: set where they are, added where not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.known_keys import INNER_KEYS, at_home, is_known, is_known_anywhere
from mendbook.fixes.settings.several_places import places_of
from mendbook.fixes.settings.told.group import Group, groups_of
from mendbook.fixes.settings.yaml_adding import added, like, loaded
from mendbook.fixes.settings.yaml_blocks import home_for
from mendbook.fixes.settings.yaml_file import refuse_unsound
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
    if not file.path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        return None
    mappings = documents(file.text, file.path)
    keys = {
        str(key.value)
        for each in mappings
        for key, _ in each.node.value
        if each.way not in {("services",), ("jobs",)}
    }

    def knows(key: str) -> bool:
        return (
            key in keys
            or key in _COMMON
            or key in INNER_KEYS
            or is_known_anywhere(file.path, mappings, key)
        )

    groups = groups_of(said, knows)
    if groups is None:
        return None
    edits: list[SettingEdit] = []
    home: Mapping | None = None
    for group in groups:
        group = _spelled(mappings, group)
        homes = _homes(file, mappings, group, home)
        for home, blocks in homes:
            _refuse_other(home, group)
            edits += _put(file, home, _tree(group.pairs, home, blocks))
    if not edits:
        raise Unreadable("it stands there already")
    after = file.text
    for each in sorted(edits, key=lambda one: one.start, reverse=True):
        after = each.applied(after)
    refuse_unsound(file.path, mappings, documents(after, file.path))
    return tuple(edits)


def _spelled(mappings: list[Mapping], group: Group) -> Group:
    """Return a group with the block around its keys that its words, or what they are, name."""
    words = group.place.split()
    blocks = [one for one in words if one in _BLOCKS]
    pairs = group.pairs
    if len(blocks) == 1 and not any(key.startswith(f"{blocks[0]}.") for key, _ in pairs):
        words.remove(blocks[0])
        pairs = tuple((f"{blocks[0]}.{key}", value) for key, value in pairs)
    manifest = any(one.value("apiVersion") is not None for one in mappings)
    if manifest and {key.split(".")[0] for key, _ in pairs} <= {"limits", "requests"}:
        pairs = tuple((f"resources.{key}", value) for key, value in pairs)
    return replace(group, pairs=pairs, place=" ".join(words))


_BLOCKS = frozenset(
    {"healthcheck", "concurrency", "permissions", "securityContext", "resources", "limits"}
    | {"requests", "strategy", "livenessProbe", "readinessProbe", "startupProbe", "logging"}
)


def _refuse_other(home: Mapping, group: Group) -> None:
    for key, old in group.old:
        held = home.value(key)
        if not isinstance(held, yaml.ScalarNode) or str(held.value) != old:
            raise Unreadable(f"{key} is not {old} there")


_Home = tuple[Mapping, tuple[str, ...]]
"""A mapping, and the blocks to be made in it."""


def _homes(
    file: SettingsFile, mappings: list[Mapping], group: Group, before: Mapping | None
) -> list[_Home]:
    """Return each mapping that the pairs of a step go into."""
    if not group.several:
        return [_home(file, mappings, group, before)]
    ways = _several(file, mappings, group.place)
    first = group.pairs[0][0].split(".")[0]
    return [at_home(file.path, mappings, placed(file, mappings, one), first) for one in ways]


def _several(file: SettingsFile, mappings: list[Mapping], words: str) -> list[str]:
    try:
        ways = places_of(mappings, words)
    except Unreadable:
        ways = []
        if (told := re.match(r"(?i)both\s+(job|service)s?", words)) is None:
            raise
        group = f"{told[1].lower()}s"
        ways = [
            ".".join(one.way)
            for one in mappings
            if one.way[:1] == (group,)
            and len(one.way) == 2
            and any(a < one.span[1] and one.span[0] <= b for a, b in file.quoted())
        ]
        if len(ways) != 2:
            raise
    if not ways:
        raise Unreadable(f"{words} names several places")
    return ways


_COMMON = frozenset({"test", "interval", "timeout", "retries", "start_period", "cpu", "memory"})


def _home(file: SettingsFile, every: list[Mapping], group: Group, before: Mapping | None) -> _Home:
    """Return the mapping that the pairs of a step go into, and the blocks to be made in it."""
    mappings = every
    first = group.pairs[0][0].split(".")[0] if "/" not in group.pairs[0][0] else group.pairs[0][0]
    if group.place:
        words = re.sub(r"(?i)\b(?:spec|block|section)$", "", group.place).strip() or group.place
        if _LEVEL.fullmatch(words):
            roots = [each for each in mappings if not each.way]
            if len(roots) != 1:
                raise Unreadable(f"there are {len(roots)} documents")
            return roots[0], ()
        try:
            return at_home(file.path, every, _named(file, every, group.place, first), first)
        except Unreadable:
            homes = [each for each in mappings if is_known(file.path, mappings, each, first)]
            named = all(one.lower() in _SPOKEN_OF for one in group.place.split())
            if len(homes) != 1 or not named:
                raise
            return homes[0], ()
    if group.beside and before is not None:
        return before, ()
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
        return before, ()
    if not holding:
        try:
            return home_for(file, every, "", first), ()
        except Unreadable:
            raise last or Unreadable(f"where {first} belongs is not said") from None
    if any(one.node is not holding[0].node for one in holding):
        raise Unreadable("the keys stand in several places")
    return at_home(file.path, every, holding[0], first)


def _named(file: SettingsFile, mappings: list[Mapping], place: str, key: str) -> Mapping:
    """Return the one mapping that words name: by its way, its document, or a value it has."""
    words = [one for one in place.split() if one.lower() not in _KINDS]
    titles = [
        each
        for each in mappings
        if each.way == ("spec",) and words and all(one in each.called for one in words)
    ]
    spelled = re.search(r"(?i)\bspec\b", place) is not None
    if len(titles) == 1 and (spelled or is_known(file.path, mappings, titles[0], key)):
        return titles[0]
    steps = [each for each in mappings if _is_step(each, words)]
    if ".github/workflows/" in file.path and steps:
        return _nearest(file, steps, place)
    try:
        return placed(file, mappings, place)
    except Unreadable:
        items = [
            each
            for each in mappings
            if each.way[-1:] == ("-",)
            and len(words) == 1
            and any(
                isinstance(value, yaml.ScalarNode) and value.value == words[0]
                for _, value in each.node.value
            )
        ]
        if not items:
            raise
        return _nearest(file, items, place)


_SPOKEN_OF = frozenset({"job", "template", "spec", "pod", "container", "deployment", "cronjob"})
"""Words for the blocks of a manifest that the keys tell apart by themselves."""
_KINDS = frozenset({"spec", "path", "rule", "entry", "item", "step", "action", "job", "container"})


def _is_step(step: Mapping, words: list[str]) -> bool:
    """Tell whether a step uses the action that one word names, below what the others do."""
    used = step.value("uses")
    if used is None or not isinstance(used, yaml.ScalarNode):
        return False
    action = str(used.value).split("@")[0]
    names = {action, action.rpartition("/")[2]}
    told = [one for one in words if one in names]
    return bool(told) and all(one in names or one in step.way for one in words)


def _nearest(file: SettingsFile, mappings: list[Mapping], place: str) -> Mapping:
    if len(mappings) > 1:
        spans = file.quoted()
        mappings = [
            one for one in mappings if any(a < one.span[1] and one.span[0] <= b for a, b in spans)
        ]
    if len(mappings) != 1:
        raise Unreadable(f"{place} names {len(mappings)} places")
    return mappings[0]


def _tree(pairs: Sequence[tuple[str, str]], home: Mapping, blocks: Sequence[str] = ()) -> _Tree:
    """Return the pairs as nested blocks; a key that ``home`` has, or with a slash, is one key."""
    tree: _Tree = {}
    for key, value in pairs:
        whole = "/" in key or home.value(key) is not None
        steps = [*blocks, key] if whole else [*blocks, *key.split(".")]
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
        elif loaded(file.text[held.start_mark.index : held.end_mark.index]) != loaded(value):
            raise Unreadable(f"{key} holds more than one value")


def _added(file: SettingsFile, home: Mapping, key: str, value: str | _Tree) -> SettingEdit:
    shown = value if isinstance(value, str) else ", ".join(value)
    said = f"add `{key}: {shown}` to `{home.shown}`"
    if is_json(file.path) and isinstance(value, str):
        return added(file, home, key, value, said)
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
