"""The values that a finding quotes, each with its name and what it stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import yaml

from mendbook.fixes.settings.edit import SettingsFile
from mendbook.fixes.settings.fitting.focus import lines_in
from mendbook.fixes.settings.yaml_place import Mapping, documents


class Holds(StrEnum):
    """What a spot holds."""

    VALUE = "value"
    REFERENCE = "reference"
    """An image or an action: a name with its tag."""
    REQUIREMENT = "requirement"
    """The versions of a package that are allowed; empty for any."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One value: its name, what it is in, where it stands, and the names of its neighbours."""

    name: str
    around: tuple[str, ...]
    start: int
    end: int
    value: str
    holds: Holds = Holds.VALUE
    others: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """The keys next to the blocks that it is in: ``limits`` of what stands in ``requests``."""
    lead: str = ""
    """What a line of a version begins with: the package as it is written."""


_REFERENCE = re.compile(r"(?P<name>[a-z][\w./-]*?)(?P<tag>[:@][\w][\w.:-]*)?")
_FROM = re.compile(
    r"^FROM[ \t]+(?:--\S+[ \t]+)*(?P<value>\S+)(?:[ \t]+AS[ \t]+(?P<stage>\S+))?", re.M | re.I
)
_ARGUED = re.compile(r"^(?:ENV|ARG)[ \t]+(?P<name>\w+)[= ](?P<value>[^\s\\]+)[ \t]*$", re.I)
_ONE = re.compile(r"^(?P<name>USER|WORKDIR|EXPOSE|STOPSIGNAL)[ \t]+(?P<value>\S+)[ \t]*$", re.I)
_KEYED = re.compile(
    r"^(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?P<value>.*?)[ \t]*$"
)
_TABLED = re.compile(
    r"^[ \t]*[\"']?(?P<name>[\w.-]+)[\"']?[ \t]*=[ \t]*(?P<value>\"[^\"\n]*\"|'[^'\n]*'"
    r"|[^\s\[{#;][^#;\n]*?)[ \t]*(?:[#;].*)?$"
)
_LISTED = re.compile(
    r"[\"'](?P<lead>(?P<name>[A-Za-z][\w.-]*)(?:\[[\w,-]+\])?)"
    r"(?P<value>[ ]*(?:[=<>~!^][^\"';\n]*)?)(?:;[^\"'\n]*)?[\"'][ \t]*,?"
)
_REQUIRED = re.compile(
    r"^[ \t]*(?P<lead>(?P<name>[A-Za-z][\w.-]*)(?:\[[\w,-]+\])?)(?P<value>[ ]*(?:[=<>~!][^\s;#]*)?)"
    r"[ \t]*(?:[;#].*)?$",
    re.M,
)
_DIRECTIVE = re.compile(r"^[ \t]*(?P<name>[a-z][a-z0-9_]+)[ \t]+(?P<value>[^;{}\n]+);", re.M)
_HEADER = re.compile(r"^[ \t]*\[+(?P<name>[^\[\]\n]+)\]+[ \t]*(?:[#;].*)?$", re.M)


def spots_in(file: SettingsFile, span: tuple[int, int]) -> list[Spot]:
    """Return the values of the stretch ``span``, in order; none for a file of another kind."""
    path = file.path
    if path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        return list(_nodes(file, span))
    if re.search(r"ockerfile|ontainerfile", path):
        return list(_instructions(file, span))
    if re.search(r"(?:requirements|constraints)[\w./-]*\.(?:txt|in)$", path):
        return list(_requirements(file, span))
    if re.search(r"(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$|\.properties$", path):
        return list(_keyed(file, span))
    if path.endswith((".toml", ".ini", ".cfg", ".cnf", ".service", ".timer", ".socket")):
        return list(_tabled(file, span))
    if path.endswith(".conf") and "{" in file.text:
        return list(_directives(file, span))
    return []


def _nodes(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    begin, end = span
    mappings = documents(file.text, file.path)
    owners = {
        one.way[-1]
        for one in mappings
        if len(one.way) > 1 and one.way[-2] in {"jobs", "services", "containers", "initContainers"}
    }
    images = {
        str(value.value).split("@")[0].split(":")[0]
        for one in mappings
        for key, value in one.node.value
        if key.value in {"image", "uses"} and isinstance(value, yaml.ScalarNode)
    }
    for one in mappings:
        keys = {str(key.value) for key, _ in one.node.value}
        for key, value in one.node.value:
            at = value.start_mark.index
            if not isinstance(value, yaml.ScalarNode) or not (begin <= at < end):
                continue
            name = str(key.value)
            referred = name in {"image", "uses"}
            around = (*one.called, *one.way, name) if referred else (*one.called, *one.way)
            own = _REFERENCE.fullmatch(str(value.value)) if referred else None
            called = own["name"] if own is not None else name
            beside = frozenset(_beside(mappings, one, name)) - owners
            others = frozenset((owners | (images if referred else keys)) - {called, *around})
            kind = Holds.REFERENCE if own is not None else Holds.VALUE
            yield Spot(called, around, at, value.end_mark.index,
                       file.text[at : value.end_mark.index], kind, others, beside)  # fmt: skip


def _beside(mappings: list[Mapping], inner: Mapping, key: str) -> Iterator[str]:
    """Yield the names of the blocks next to those that a mapping is in."""
    for outer in mappings:
        depth = len(outer.way)
        if not 0 < depth < len(inner.way) or outer.called != inner.called:
            continue
        for other, held in outer.node.value if outer.way == inner.way[:depth] else ():
            if isinstance(held, yaml.MappingNode) and other.value not in {*inner.way, key}:
                yield str(other.value)


def _instructions(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    bases = list(_FROM.finditer(file.text))
    names = {re.split(r"[:@]", one["value"])[0] for one in bases}
    stages = {one["stage"] for one in bases if one["stage"]}
    for begin, end in lines_in(file, span):
        row = file.text[begin:end]
        if (base := _FROM.match(row)) is not None:
            own = _REFERENCE.fullmatch(base["value"])
            if own is not None and own["name"] not in stages:
                stage = base["stage"] or ""
                others = frozenset((names | stages) - {own["name"], stage})
                where = (begin + base.start("value"), begin + base.end("value"))
                yield Spot(own["name"], (stage,), *where, base["value"], Holds.REFERENCE, others)
        elif (told := _ARGUED.match(row) or _ONE.match(row)) is not None:
            yield _spot(told, begin)


def _spot(
    told: re.Match[str],
    at: int,
    around: tuple[str, ...] = (),
    others: frozenset[str] = frozenset(),
    holds: Holds = Holds.VALUE,
) -> Spot:
    lead = told["lead"] if "lead" in told.groupdict() else ""
    return Spot(told["name"], around, at + told.start("value"), at + told.end("value"),
                told["value"], holds, others - {told["name"]}, frozenset(), lead)  # fmt: skip


def _requirements(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    every = frozenset(one["name"] for one in _REQUIRED.finditer(file.text))
    for begin, end in lines_in(file, span):
        if (told := _REQUIRED.fullmatch(file.text[begin:end])) is not None:
            yield _spot(told, begin, (), every, Holds.REQUIREMENT)


def _keyed(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    every = frozenset(re.findall(r"(?m)^(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=", file.text))
    for begin, end in lines_in(file, span):
        if (told := _KEYED.match(file.text[begin:end])) is not None:
            yield _spot(told, begin, (), every)


def _tabled(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    every = frozenset(re.findall(r"(?m)^[ \t]*[\"']?([\w.-]+)[\"']?[ \t]*=", file.text))
    listed = frozenset(one["name"] for one in _LISTED.finditer(file.text))
    for begin, end in lines_in(file, span):
        row = file.text[begin:end]
        above = [one["name"].strip() for one in _HEADER.finditer(file.text, 0, begin)]
        around = tuple(re.split(r"[.:\s]+", above[-1].replace('"', ""))) if above else ()
        if (told := _TABLED.match(row)) is not None:
            yield _spot(told, begin, around, every)
        elif re.match(
            r"[ \t]*(?:requires|dependencies|[\w-]+)[ \t]*=[ \t]*\[", row
        ) and _holds_packages(row, around):
            for told in _LISTED.finditer(row):
                yield _spot(told, begin, around, listed, Holds.REQUIREMENT)
        elif (told := _LISTED.fullmatch(row.strip())) is not None:
            yield _spot(told, begin + len(row) - len(row.lstrip()), around, listed,
                        Holds.REQUIREMENT)  # fmt: skip


def _holds_packages(row: str, around: tuple[str, ...]) -> bool:
    """Tell whether a list on one line is one of packages."""
    key = row.split("=")[0].strip()
    return key in {"requires", "dependencies"} or bool(
        {"optional-dependencies", "dependency-groups"} & set(around)
    )


def _directives(file: SettingsFile, span: tuple[int, int]) -> Iterator[Spot]:
    every = frozenset(one["name"] for one in _DIRECTIVE.finditer(file.text))
    for begin, end in lines_in(file, span):
        if (told := _DIRECTIVE.match(file.text[begin:end])) is not None:
            yield _spot(told, begin, (), every)
