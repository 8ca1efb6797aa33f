"""Versions in files of builds: go.mod, pom.xml and scripts of Gradle."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_VERSION = re.compile(r"v?\d[\w.+-]*")


def edit_go_mod(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edit of a module's requirement, or of the version of Go that it is written for."""
    name, value = _told(ask)
    if name.lower() in {"go", "go directive", "go version", "the go directive", "the go version"}:
        return (_version(file, r"^go[ \t]+(?P<v>\d[\w.]*)", value, "go"),)
    wanted = value if value.startswith("v") else f"v{value}"
    form = rf"^[ \t]*(?:require[ \t]+)?(?:\S+/)?{re.escape(name)}[ \t]+(?P<v>v\S+)"
    return (_version(file, form, wanted, name),)


def edit_pom(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edit of a dependency's version, or of a property, in a file of Maven."""
    name, value = _told(ask)
    artifact = name.rpartition(":")[2]
    blocks = [
        one
        for one in re.finditer(
            r"<(?P<tag>dependency|plugin|parent)>(?P<body>.*?)</(?P=tag)>", file.text, re.S
        )
        if re.search(rf"<artifactId>\s*{re.escape(artifact)}\s*</artifactId>", one["body"])
    ]
    if blocks:
        begin, end = only([one.span("body") for one in blocks], name)
        version = re.search(r"<version>\s*(?P<v>[^<$\s]+)\s*</version>", file.text[begin:end])
        if version is None:
            raise Unreadable(f"{name} has no version of its own there")
        start = begin + version.start("v")
        return (_at(file, start, begin + version.end("v"), value, name),)
    form = rf"<{re.escape(name)}>\s*(?P<v>[^<\s]+)\s*</{re.escape(name)}>"
    return (_version(file, form, value, name),)


def edit_gradle(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edit of a dependency's version in a script of Gradle."""
    name, value = _told(ask)
    artifact = re.escape(name.rpartition(":")[2])
    group = rf"{re.escape(name.rpartition(':')[0])}:" if ":" in name else r"[\w.-]+:"
    form = rf"(?P<whole>(?P<head>[\"']{group}{artifact}:)(?P<v>[\w.+-]+)(?P<tail>[^\"'\n]*[\"']))"
    matches = list(re.finditer(form, file.text))
    begin, end = only([one.span("whole") for one in matches], f"version of {name}")
    return (_at(file, begin, end, f"{matches[0]['head']}{value}{matches[0]['tail']}", name),)


def _told(ask: Ask) -> tuple[str, str]:
    """Return what gets a version, and the version."""
    if ask.verb is Verb.PIN and ask.name:
        name, value = ask.name, ask.value
    elif ask.verb is Verb.SET and len(ask.pairs) == 1:
        name, value = ask.pairs[0]
    else:
        raise Unreadable("what is to change is not a version")
    value = value.strip("\"'`").removeprefix(f"{name}@").removeprefix(f"{name}:")
    if _VERSION.fullmatch(value) is None:
        raise Unreadable(f"`{value}` is no version")
    return name.strip("\"'`"), value


def _version(file: SettingsFile, form: str, value: str, name: str) -> SettingEdit:
    spans = [one.span("v") for one in re.finditer(form, file.text, re.M)]
    begin, end = only(spans, f"version of {name}")
    return _at(file, begin, end, value, name)


def _at(file: SettingsFile, begin: int, end: int, value: str, name: str) -> SettingEdit:
    before = file.text[begin:end]
    if before == value:
        raise Unreadable(f"{name} is at {value} already")
    said = f"set the version of `{name}` to `{value}`"
    return SettingEdit(begin, end, value, said, Operation.SET, (value,), (before,))
