"""Put a block of keys into the mapping of a YAML file that it belongs to, or what lacks of it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.known_keys import is_known, is_known_anywhere, level_of
from mendbook.fixes.settings.yaml_place import (
    Mapping,
    documents,
    evidence_home,
    last_line,
    place_for,
    placed,
)

_KIND = re.compile(
    r"(?i)(?:the\s+|its\s+|this\s+)?(?P<kind>container|pod|service|job|workflow|deployment|step)"
    r"(?:['’]s)?(?:\s+(?:spec|template|definition))*"
)
_ROOT = re.compile(
    r"(?i)(?:the\s+)?(?:top|root|workflow|file|document)(?:[- ]level)?(?:\s+of\s+the\s+\w+)?"
)


def block_edits(file: SettingsFile, block: str, place: str) -> tuple[SettingEdit, ...]:
    """Return the edits that put the keys of ``block``, YAML text, where ``place`` says.

    What of it is there already stays; raises ``Unreadable`` where it has another value, or where
    the block belongs is not plain.
    """
    mappings = documents(file.text, file.path)
    try:
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Unreadable("the block does not parse") from error
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise Unreadable("the block has no keys")
    edits: list[SettingEdit] = []
    for key, _ in root.value:
        home = home_for(file, mappings, place, str(key.value))
        edits += _merged(file, home, block, root, str(key.value))
    if not edits:
        raise Unreadable("it stands there already")
    return tuple(edits)


def home_for(file: SettingsFile, mappings: list[Mapping], place: str, key: str) -> Mapping:
    """Return the mapping that gets ``key``: the place named, the evidence's, or the only one."""
    if _ROOT.fullmatch(place):
        roots = [each for each in mappings if not each.way]
        if len(roots) != 1:
            raise Unreadable(f"there are {len(roots)} documents")
        return roots[0]
    kind = _KIND.fullmatch(place)
    if place and kind is None:
        named = placed(file, mappings, place)
        return _fitting(file, mappings, named, key) or named
    wanted = kind["kind"].lower() if kind is not None else ""
    beside = evidence_home(file, mappings)
    if beside is not None and (fit := _fitting(file, mappings, beside, key, wanted)) is not None:
        return fit
    fit_ones = [
        each
        for each in mappings
        if is_known(file.path, mappings, each, key)
        and (not wanted or level_of(file.path, mappings, each) == wanted)
    ]
    if len(fit_ones) != 1:
        raise Unreadable(f"where {key} belongs is not said")
    return fit_ones[0]


def _fitting(
    file: SettingsFile, mappings: list[Mapping], at: Mapping, key: str, wanted: str = ""
) -> Mapping | None:
    """Return ``at``, or the nearest mapping around it, that can have ``key`` and is ``wanted``."""
    around = [
        each
        for each in mappings
        if each.called == at.called
        and each.span[0] <= at.span[0]
        and at.span[1] <= each.span[1]
        and each.way == at.way[: len(each.way)]
    ]
    for each in sorted(around, key=lambda one: len(one.way), reverse=True):
        level = level_of(file.path, mappings, each)
        if is_known(file.path, mappings, each, key) and wanted in {"", level}:
            return each
    if is_known_anywhere(file.path, mappings, key) or wanted:
        return None
    if any(level_of(file.path, mappings, each) for each in mappings):
        raise Unreadable(f"no block of such a file has {key}")
    return at


def _merged(
    file: SettingsFile, home: Mapping, block: str, told: yaml.MappingNode, only: str = ""
) -> Iterator[SettingEdit]:
    for key, value in told.value:
        name = str(key.value)
        if only and name != only:
            continue
        held = home.value(name)
        if held is None:
            if home.node.flow_style or not home.node.value:
                raise Unreadable(f"{home.shown} is written on one line")
            indent = " " * home.node.value[0][0].start_mark.column
            rows = textwrap.indent(_rows(block, key, value), indent).splitlines()
            said = f"add `{name}` to `{home.shown}`"
            yield file.inserted(place_for(file, home), file.newline.join(rows), said)
        elif isinstance(held, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            yield from _merged(file, Mapping((*home.way, name), held, home.called), block, value)
        elif _plain(held) != _plain(value):
            raise Unreadable(f"{name} has another value there already")


def _rows(block: str, key: yaml.Node, value: yaml.Node) -> str:
    """Return the lines of one key of a block, set to the margin."""
    lines = block.splitlines()[key.start_mark.line : last_line(value) + 1]
    first = lines[0][key.start_mark.column :]
    return "\n".join([first, *(row[key.start_mark.column :] for row in lines[1:])])


def _plain(node: yaml.Node) -> object:
    """Return what a node means, to be compared."""
    return yaml.safe_load(yaml.serialize(node, Dumper=yaml.SafeDumper))
