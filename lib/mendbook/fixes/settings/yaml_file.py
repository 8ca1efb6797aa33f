"""Set, add, remove and pin in YAML (and JSON), by the places of the parsed nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_ROOT = re.compile(r"(?i)(?:workflow|top|root|file|document)(?:[- ]level)?(?: level)?|root")
_KINDS = re.compile(
    r"(?i)\s+(?:service|job|step|block|section|table|level|stage|container|workflow|deployment|"
    r"mapping|file|context|group|stanza|object|key|entry|root)\b"
)
_LONG = 5
_VERSIONED = r"(?<![\w./-]){name}(?P<mark>@|:)(?P<version>[\w.+-]+)"


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A mapping of the document and the keys that lead to it."""

    way: tuple[str, ...]
    node: yaml.MappingNode

    def value(self, key: str) -> yaml.Node | None:
        """Return what ``key`` holds."""
        return next((value for own, value in self.node.value if own.value == key), None)


def edit_yaml(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a YAML or JSON file; the document must parse."""
    try:
        root = yaml.compose(file.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Unreadable(f"{file.path} does not parse") from error
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable(f"{file.path} holds no mapping")
    found = list(_mappings(root, ()))
    if ask.verb is Verb.PIN:
        return (_pinned(file, ask),)
    if ask.verb in {Verb.SET, Verb.ADD} and ask.pairs:
        return tuple(_put(file, found, ask, key, value) for key, value in ask.pairs)
    if ask.verb is Verb.REMOVE:
        return (_removed(file, found, ask),)
    raise Unreadable("what is to change is not a key and its value")


def _mappings(node: yaml.Node, way: tuple[str, ...]) -> Iterator[_Mapping]:
    if isinstance(node, yaml.MappingNode):
        yield _Mapping(way, node)
        for key, value in node.value:
            yield from _mappings(value, (*way, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value, (*way, _item_name(value)))


def _item_name(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in {"name", "id", "uses"}:
                return str(value.value)
    return "-"


def _home(file: SettingsFile, found: list[_Mapping], ask: Ask, key: str) -> _Mapping:
    """Return the one mapping that is meant: the place named, the finding's, or the evidence's."""
    if ask.place and _ROOT.fullmatch(ask.place):
        return found[0]
    if ask.place:
        name = _KINDS.sub("", ask.place).strip("[]\"'")
        ways = [
            each for each in found if each.way[-len(name.split(".")) :] == tuple(name.split("."))
        ]
        ways = ways or [each for each in found if each.way and each.way[-1] == name]
        if len(ways) != 1:
            raise Unreadable(f"{name} names {len(ways)} places" if ways else f"there is no {name}")
        return ways[0]
    holders = [each for each in found if each.value(key) is not None]
    if len(holders) == 1:
        return holders[0]
    named = [each for each in found if ".".join(each.way) == file.finding.function.strip()]
    spans = file.quoted()
    if len(spans) == 1:
        begin, end = spans[0]
        inside = [each for each in holders if _within(file, each, key, begin, end)]
        if len(inside) == 1:
            return inside[0]
    if len(named) == 1 and not (len(holders) > 1 and named[0] not in holders):
        return named[0]
    raise Unreadable(
        f"{key} stands {len(holders)} times" if holders else f"where {key} belongs is not said"
    )


def _within(file: SettingsFile, home: _Mapping, key: str, begin: int, end: int) -> bool:
    value = home.value(key)
    return value is not None and begin <= value.start_mark.index < end


def _put(file: SettingsFile, found: list[_Mapping], ask: Ask, key: str, value: str) -> SettingEdit:
    own, _, last = key.rpartition(".")
    if own:
        ways = [each for each in found if ".".join(each.way) == own]
        if len(ways) != 1:
            raise Unreadable(f"there is no {own}")
        home, key = ways[0], last
    else:
        home = _home(file, found, ask, key)
    where = ".".join(home.way) or "the document"
    said = f"set `{key}` of `{where}` to `{value}`"
    held = home.value(key)
    if held is None:
        return _added(file, home, key, value, f"add `{key}: {value}` to `{where}`")
    if not isinstance(held, yaml.ScalarNode):
        raise Unreadable(f"{key} holds more than one value")
    begin, end = held.start_mark.index, held.end_mark.index
    before = file.text[begin:end]
    wanted = _like(value, before, file.path)
    if yaml.safe_load(before) == yaml.safe_load(wanted):
        raise Unreadable(f"{key} is already {value}")
    if ask.old and str(yaml.safe_load(before)) != ask.old.strip("\"'"):
        raise Unreadable(f"{key} is {before}, and the text says {ask.old}")
    return SettingEdit(begin, end, wanted, said, Operation.SET, (wanted,), (before,))


def _like(value: str, before: str, path: str) -> str:
    """Return ``value`` quoted as what it replaces is; JSON keeps its own quotes."""
    if value[:1] in "\"'":
        return value
    mark = before[:1]
    if mark in {'"', "'"} and not (path.endswith(".json") and _is_literal(value)):
        return f"{mark}{value}{mark}"
    if path.endswith(".json") and not _is_literal(value):
        return f'"{value}"'
    return value


def _is_literal(value: str) -> bool:
    return isinstance(yaml.safe_load(value), bool | int | float | None)


def _added(file: SettingsFile, home: _Mapping, key: str, value: str, said: str) -> SettingEdit:
    if home.node.flow_style or not home.node.value or file.path.endswith(".json"):
        raise Unreadable(f"{'.'.join(home.way) or 'the document'} is written on one line")
    first = home.node.value[0][0]
    indent = " " * first.start_mark.column
    line = f"{indent}{key}: {value}"
    if re.match(r"[\w-]+:\s", value):
        line = f"{indent}{key}:{file.newline}{indent}  {value}"
    at = _place(file, home)
    made = file.inserted(at, line, said)
    if yaml.safe_load(made.applied(file.text)) == yaml.safe_load(file.text):
        raise Unreadable("the edit would change nothing")
    return made


def _place(file: SettingsFile, home: _Mapping) -> int:
    """Return where a new key goes: at the end, or before a long block that ends the document."""
    key, value = home.node.value[-1]
    if not home.way and _last_line(value) - value.start_mark.line > _LONG:
        return file.line_start(key.start_mark.index)
    line = _last_line(value)
    at = 0
    for _ in range(line + 1):
        at = file.line_end(at)
    return at


def _last_line(node: yaml.Node) -> int:
    """Return the 0-based line that a node really ends on, blank lines and comments left out."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return node.start_mark.line + str(node.value).rstrip("\n").count("\n") + 1
    return int(node.end_mark.line)


def _removed(file: SettingsFile, found: list[_Mapping], ask: Ask) -> SettingEdit:
    home = _home(file, found, ask, ask.name)
    pair = next((each for each in home.node.value if each[0].value == ask.name), None)
    if pair is None:
        raise Unreadable(f"there is no {ask.name}")
    key, value = pair
    if len(home.node.value) == 1:
        raise Unreadable(f"{ask.name} is all that its block holds")
    begin = file.line_start(key.start_mark.index)
    if file.text[begin : key.start_mark.index].strip():
        raise Unreadable(f"{ask.name} shares its line")
    end = begin
    for _ in range(_last_line(value) - key.start_mark.line + 1):
        end = file.line_end(end)
    gone = file.text[begin:end]
    said = f"remove `{ask.name}` from `{'.'.join(home.way) or 'the document'}`"
    return SettingEdit(begin, end, "", said, Operation.REMOVE, (), (gone.strip(),))


def _pinned(file: SettingsFile, ask: Ask) -> SettingEdit:
    name, version = ask.name, ask.value
    if not name and ":" in version:
        name, _, version = version.rpartition(":")
    version = version.removeprefix(f"{name}@").removeprefix(f"{name}:").lstrip("@:=")
    places = list(re.finditer(_VERSIONED.format(name=re.escape(name)), file.text)) if name else []
    lines = [each for each in places if not _is_comment(file, each.start())]
    if len(lines) != 1:
        raise Unreadable(f"{name or 'what is pinned'} stands {len(lines)} times with a version")
    match = lines[0]
    if match["version"] == version:
        raise Unreadable(f"{name} is already at {version}")
    made = f"{name}{match['mark']}{version}"
    said = f"pin `{name}` to `{version}`"
    return SettingEdit(match.start(), match.end(), made, said, Operation.SET, (made,), (match[0],))


def _is_comment(file: SettingsFile, at: int) -> bool:
    return "#" in file.text[file.line_start(at) : at]
