"""Versions of packages, actions and images in a YAML file."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import Mapping, window_of
from mendbook.model import Operation

_VERSIONED = r"(?<![\w./-]){name}(?P<mark>@|:)(?P<version>[\w.+-]+)"


def pinned(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> SettingEdit:
    """Return a package, an action or an image with the version that the text gives it."""
    name, version = ask.name, ask.value
    whole = re.fullmatch(r"([\w./-]*[A-Za-z][\w./-]*)[:@]([\w.+-]+)", version)
    if whole is not None:
        name, version = whole[1], whole[2]
    version = version.removeprefix(f"{name}@").removeprefix(f"{name}:").lstrip("@:=")
    places = list(re.finditer(_VERSIONED.format(name=re.escape(name)), file.text)) if name else []
    lines = [each for each in places if not _is_comment(file, each.start())]
    if not lines and re.fullmatch(r"[\w-]+", name):
        longer = re.compile(_VERSIONED.format(name=rf"(?P<name>[\w.-]+/{re.escape(name)})"))
        lines = [each for each in longer.finditer(file.text) if not _is_comment(file, each.start())]
        name = next((each["name"] for each in lines), name)
    if (window := window_of(file, mappings, ask)) is not None:
        lines = [each for each in lines if window[0] <= each.start() < window[1]]
    if not lines and name and (bare := _untagged(file, mappings, ask, name, version)) is not None:
        return bare
    spans = file.quoted()
    if len(lines) > 1 and len(spans) == 1:
        lines = [one for one in lines if spans[0][0] <= one.start() < spans[0][1]]
    if len(lines) != 1:
        raise Unreadable(f"{name or 'what is pinned'} stands {len(lines)} times with a version")
    match = lines[0]
    if match["version"] == version:
        raise Unreadable(f"{name} is already at {version}")
    new = f"{name}{match['mark']}{version}"
    said = f"pin `{name}` to `{version}`"
    return SettingEdit(match.start(), match.end(), new, said, Operation.SET, (new,), (match[0],))


def _untagged(
    file: SettingsFile, mappings: list[Mapping], ask: Ask, name: str, version: str
) -> SettingEdit | None:
    """Return the tag put behind an image that has none."""
    images = [
        value
        for each in mappings
        if (value := each.value("image")) is not None and value.value == name
    ]
    if len(images) != 1 or (ask.value == version and not re.search(r"\d\.\d", version)):
        return None
    begin, end = images[0].start_mark.index, images[0].end_mark.index
    before = file.text[begin:end]
    new = before.replace(name, f"{name}:{version}")
    said = f"pin `{name}` to `{version}`"
    return SettingEdit(begin, end, new, said, Operation.SET, (new,), (before,))


def _is_comment(file: SettingsFile, at: int) -> bool:
    return "#" in file.text[file.line_start(at) : at]
