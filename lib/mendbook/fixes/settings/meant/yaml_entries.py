"""Keys that a fix text spells out, put into the block of a YAML or JSON file that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, applied
from mendbook.fixes.settings.known_keys import (
    INNER_KEYS,
    at_home,
    is_known,
    is_known_anywhere,
    level_of,
)
from mendbook.fixes.settings.meant.blocks import block_meant, is_owner
from mendbook.fixes.settings.meant.keys import Entry, entries_of
from mendbook.fixes.settings.meant.values import spoken_values
from mendbook.fixes.settings.meant.wish import Wish
from mendbook.fixes.settings.workflow_keys import block_of, short_name
from mendbook.fixes.settings.yaml_adding import added, like
from mendbook.fixes.settings.yaml_file import refuse_unsound
from mendbook.fixes.settings.yaml_place import Mapping, documents, is_json
from mendbook.model import Operation

_SECRET = re.compile(r"(?i)(?:secret|token|passw|credential|api_?key|private_?key)")
_HEALTH = frozenset({"test", "interval", "timeout", "retries", "start_period"})
_BLOCKS: dict[str, dict[str, tuple[str, ...]]] = {
    "service": {
        "healthcheck": ("healthcheck",),
        "health check": ("healthcheck",),
        "environment": ("environment",),
        "logging": ("logging",),
        "labels": ("labels",),
        "deploy": ("deploy",),
        "ulimits": ("ulimits",),
        "build": ("build",),
        "options": ("logging", "options"),
        "sysctls": ("sysctls",),
    },
    "job": {
        "env": ("env",),
        "environment variables": ("env",),
        "permissions": ("permissions",),
        "concurrency": ("concurrency",),
        "strategy": ("strategy",),
        "defaults": ("defaults",),
        "outputs": ("outputs",),
    },
    "step": {
        "env": ("env",),
        "environment variables": ("env",),
        "with": ("with",),
        "inputs": ("with",),
    },
    "workflow": {
        "env": ("env",),
        "permissions": ("permissions",),
        "concurrency": ("concurrency",),
        "defaults": ("defaults",),
    },
    "container": {
        "securityContext": ("securityContext",),
        "requests": ("resources", "requests"),
        "limits": ("resources", "limits"),
        "readinessProbe": ("readinessProbe",),
        "livenessProbe": ("livenessProbe",),
        "security context": ("securityContext",),
    },
    "pod": {
        "securityContext": ("securityContext",),
        "security context": ("securityContext",),
        "nodeSelector": ("nodeSelector",),
    },
}
"""What people call the blocks within a block, and the keys that lead there."""


def entries_put(file: SettingsFile, wish: Wish) -> tuple[SettingEdit, ...] | None:
    """Return the edits that write what is spelled out; None where nothing is."""
    if not file.path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        return None
    mappings = documents(file.text, file.path)
    actions = _actions_named(file, mappings, wish)
    names = {one.way[-1] for one in mappings if is_owner(one)} | {
        short_name(one) for one in actions
    }
    entries = entries_of(
        wish,
        lambda key: key not in names and (bool(actions) or _knows(file, mappings, key)),
    )
    if not entries or len(entries) > 4 or wish.is_open([one.span for one in entries]):
        return None
    words = wish.without([one.span for one in entries])
    _refuse_elsewhere(file, wish, entries)
    home = block_meant(file, mappings, words)
    variables = [_variable(mappings, home, one) for one in entries]
    if all(one is not None for one in variables):
        return tuple(
            _set(file, held, one)
            for held, one in zip(variables, entries, strict=True)
            if held is not None
        )
    placed = [_placed(file, mappings, home, one, words) for one in entries]
    if any(_SECRET.search(one.key) and one.value.strip("\"'") for _, one in placed):
        raise Unreadable("the fix text gives a secret; none is written")
    edits = _edits(file, mappings, placed)
    spoken = spoken_values(file, home.span, wish)
    edits += [
        edit
        for edit, span in spoken
        if not any(a < span[1] and span[0] < b for a, b in [one.span for one in entries])
        and not any(edit.start == one.start for one in edits)
    ]
    after = applied(file.text, edits)
    refuse_unsound(file.path, mappings, documents(after, file.path))
    return tuple(edits)


_INTO = re.compile(
    r"\s*[`\"']?\s+(?:to|into|under|inside|within)\s+(?:the\s+|its\s+|this\s+)?(?P<word>[A-Za-z][\w./-]*\w)",
    re.I,
)


def _variable(mappings: Sequence[Mapping], home: Mapping, entry: Entry) -> yaml.Node | None:
    """Return the value of a container's variable of that name within a block; None without one."""
    begin, end = home.span
    held = [
        value
        for one in mappings
        if one.way[-2:-1] == ("env",)
        and one.way[-1] == entry.key
        and begin <= one.span[0]
        and one.span[1] <= end
        for value in [one.value("value")]
        if value is not None
    ]
    return held[0] if len(held) == 1 and len(entry.way) == 1 else None


def _refuse_elsewhere(file: SettingsFile, wish: Wish, entries: Sequence[Entry]) -> None:
    """Raise ``Unreadable`` where a setting is to go into something that the file does not have."""
    for one in entries:
        into = _INTO.match(wish.text, one.span[1])
        if into is not None and into["word"].lower() not in file.text.lower():
            raise Unreadable(f"there is no {into['word']}")


def _actions_named(file: SettingsFile, mappings: Sequence[Mapping], wish: Wish) -> list[str]:
    """Return the actions of a workflow that the text names: they have inputs of any name."""
    if ".github/workflows/" not in file.path:
        return []
    steps = {one.way[-1] for one in mappings if one.way[-2:-1] == ("steps",) and one.value("uses")}
    return [one for one in steps if wish.says(short_name(one))]


def _knows(file: SettingsFile, mappings: Sequence[Mapping], key: str) -> bool:
    """Tell whether a key stands in the file, may stand there, or looks like one of a program's."""
    first = key.split(".")[0]
    held = any(
        str(own.value) in {key, first}
        for each in mappings
        for own, _ in each.node.value
        if each.way not in {("services",), ("jobs",)}
    )
    coded = re.fullmatch(r"[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|[a-z]+(?:[A-Z][a-z]+)+", key) is not None
    spoken = any(first in blocks for blocks in _BLOCKS.values())
    known = any(is_known_anywhere(file.path, mappings, one) for one in (key, first))
    inner = key in INNER_KEYS or key in _HEALTH or key in {"cpu", "memory", "contents"}
    environment = re.fullmatch(r"[A-Z][A-Z\d_]+", key) is not None
    return (
        held or coded or spoken or known or inner or environment or bool(block_of(file.path, key))
    )


def _placed(
    file: SettingsFile, mappings: list[Mapping], home: Mapping, entry: Entry, words: str
) -> tuple[Mapping, Entry]:
    """Return the block that an entry goes into, and the entry with the blocks to be made there."""
    blocks = _around(file, mappings, home, entry, words)
    first = (*blocks, *entry.way)[0]
    while not _may_hold(file, mappings, home, first):
        outer = _outer(mappings, home)
        if outer is None:
            raise Unreadable(f"where {first} belongs is not said")
        home = outer
    home, made = at_home(file.path, mappings, home, first)
    entry = entry.below((*made, *blocks))
    while len(entry.way) > 1:
        held = home.value(entry.way[0])
        inner = next((one for one in mappings if one.node is held), None)
        if held is None:
            break
        if inner is None:
            raise Unreadable(f"{entry.way[0]} is no block there")
        home, entry = inner, Entry(entry.way[1:], entry.value, entry.span)
    return home, entry


def _around(
    file: SettingsFile, mappings: list[Mapping], home: Mapping, entry: Entry, words: str
) -> tuple[str, ...]:
    """Return the blocks between ``home`` and an entry that the words, or what it is, name."""
    level = level_of(file.path, mappings, home)
    if (level and is_known(file.path, mappings, home, entry.way[0])) or home.value(entry.way[0]):
        return ()
    told = [
        way
        for name, way in _BLOCKS.get(level, {}).items()
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words)
    ]
    told = _nearest(list(dict.fromkeys(told)), words[: entry.span[0]])
    if not level:
        inner = {
            str(key.value) for key, value in home.node.value if isinstance(value, yaml.MappingNode)
        }
        told = [
            (one,) for one in inner if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", words)
        ]
    if len(told) == 1:
        return told[0] if told[0][-1:] != entry.way[:1] else told[0][:-1]
    if len(told) > 1:
        raise Unreadable(f"which block {entry.key} goes into is not said")
    if level == "container" and entry.way[0] in {"requests", "limits"}:
        return ("resources",)
    if level == "service" and entry.way[0] in _HEALTH:
        return ("healthcheck",)
    implied = block_of(file.path, entry.way[0])
    return (implied,) if implied and home.way[-1:] != (implied,) else ()


def _nearest(told: list[tuple[str, ...]], before: str) -> list[tuple[str, ...]]:
    """Return the one of several blocks that is named last before an entry; all without one."""
    if len(told) < 2:
        return told
    last = {
        one: max((hit.start() for hit in re.finditer(re.escape(one[-1]), before)), default=-1)
        for one in told
    }
    best = max(last.values())
    return [one for one in told if last[one] == best] if best >= 0 else told


def _may_hold(file: SettingsFile, mappings: list[Mapping], home: Mapping, key: str) -> bool:
    """Tell whether a block may have a key: by what it is, or as one that is of no known kind."""
    try:
        at_home(file.path, mappings, home, key)
    except Unreadable:
        return False
    if level_of(file.path, mappings, home) or home.value(key) is not None:
        return True
    if not any(level_of(file.path, mappings, one) for one in mappings):
        return True
    return bool(home.way) and not is_known_anywhere(file.path, mappings, key)


def _outer(mappings: list[Mapping], home: Mapping) -> Mapping | None:
    begin, end = home.span
    around = [
        one
        for one in mappings
        if one.node is not home.node and one.span[0] <= begin and end <= one.span[1]
    ]
    return max(around, key=lambda one: len(one.way)) if around else None


def _edits(
    file: SettingsFile, mappings: list[Mapping], placed: Sequence[tuple[Mapping, Entry]]
) -> list[SettingEdit]:
    """Return one edit for each value that is set, and for each block that comes in."""
    edits: list[SettingEdit] = []
    news: dict[tuple[int, tuple[str, ...]], list[tuple[Mapping, Entry]]] = {}
    for home, entry in placed:
        held = home.value(entry.way[0]) if len(entry.way) == 1 else None
        if held is None:
            news.setdefault((id(home.node), entry.way[:-1]), []).append((home, entry))
        else:
            edits.append(_set(file, held, entry))
    if is_json(file.path) and sum(map(len, news.values())) > 1:
        raise Unreadable("more than one key is new")
    for (_, blocks), group in news.items():
        home = group[0][0]
        said = ", ".join(f"`{one.key}: {one.value}`" for _, one in group)
        if blocks:
            rows = "\n".join(f"{one.key}: {one.value}" for _, one in group)
            key, value = blocks[0], _nested(blocks[1:], rows)
            edits.append(added(file, home, key, value, f"add {said} to `{home.shown}`"))
            continue
        edits += [
            added(file, home, one.key, one.value, f"add `{one.key}: {one.value}` to `{home.shown}`")
            for _, one in group
        ]
    return edits


def _nested(blocks: Sequence[str], rows: str) -> str:
    for block in reversed(blocks):
        rows = f"{block}:\n" + "\n".join(f"  {row}" for row in rows.splitlines())
    return rows


def _set(file: SettingsFile, held: yaml.Node, entry: Entry) -> SettingEdit:
    begin, end = held.start_mark.index, held.end_mark.index
    before = file.text[begin:end]
    if not isinstance(held, yaml.ScalarNode):
        raise Unreadable(f"{entry.key} is no single value")
    value = like(entry.value, before, file.path)
    if before.strip("\"'") == value.strip("\"'"):
        raise Unreadable(f"{entry.key} is already {value}")
    return SettingEdit(
        begin, end, value, f"set `{entry.key}` to `{value}`", Operation.SET, (value,), (before,)
    )
