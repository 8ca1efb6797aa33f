"""The one value that the finding quotes, and what a few words put in its place."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_VERSION = r"(?!\d+(?:\.\d+){3})v?\d[\w.-]*"
_WHOLE = re.compile(
    r"(?:please\s+)?(?:(?:use|take|pin|move\s+to|switch\s+to|go\s+to|build\s+(?:on|from)"
    r"|base\s+it\s+on|run|bump\s+to)\s+(?:it\s+to\s+)?)?"
    rf"(?:the\s+)?[`\"']?(?P<name>@?[a-z][\w./-]*\w)(?P<mark>[:@])(?P<version>{_VERSION}"
    rf"|[a-z]+[\w.-]*\d[\w.-]*|[a-z]+-[a-z]+)[`\"']?"
    r"(?:\s+(?:is\s+enough|suffices|will\s+do|instead|here))?",
    re.I,
)
_TAG = re.compile(
    r"(?:please\s+)?(?:(?:pin|bump|move|upgrade|update|set|lock|switch)\s+(?:the\s+)?(?:"
    r"(?P<name>[\w./-]+?)(?:\s+(?:image|action|tag|version))?\s+)?(?:to|at)\s+(?:the\s+)?"
    r"(?:tag\s+|version\s+)?"
    r"|(?:use|take|write|name)\s+(?:the\s+)?(?:tag|version)\s+|tag\s+it\s+|(?:the\s+)?tag\s+"
    r"(?:must|should)\s+be\s+)"
    rf"[`\"']?(?P<version>{_VERSION})[`\"']?(?:\s+(?:instead\s+of|rather\s+than|not)\s+"
    rf"(?:the\s+)?[`\"']?(?P<old>[\w.-]+)[`\"']?)?",
    re.I,
)
_REFERENCE = re.compile(
    r"(?<![\w./@-])(?P<name>@?[a-z][\w./-]*\w)(?P<mark>[:@])(?P<tag>[\w][\w.-]*)(?![\w:/@])|"
    r"(?<=image: )(?P<bare>[a-z][\w./-]*\w)(?=\s|$)"
)
_CRON = r"(?:[\d*/,-]+[ ]+){4}[\d*/,A-Za-z-]+"
_SCHEDULE = re.compile(rf"^[^`\"']*[`\"'](?P<cron>{_CRON})[`\"'][^`\"'\d]*$")
_TO = re.compile(
    r"(?:please\s+)?(?:cut|lower|reduce|raise|increase|limit|set|bring|change|shorten|extend"
    r"|cap|drop)\s+(?:down\s+|up\s+)?(?:the\s+|its\s+)?(?P<words>[a-z][\w -]*?)\s+(?:down\s+"
    r"|up\s+)?to\s+"
    r"(?P<value>\d+(?:\.\d+)?)(?:\s*(?P<unit>minutes?|min|seconds?|sec|s|hours?|h|days?|ms"
    r"|milliseconds?|mb|m))?",
    re.I,
)
_PAIR = re.compile(
    r"^\s*(?:-\s+)?[\"']?(?P<key>[A-Za-z][\w.-]*)[\"']?\s*[:=]\s*(?P<value>\d+(?:\.\d+)?)[,;]?\s*$"
)


def quoted_value(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Pin checkout to v4*, *cut the timeout to 20 minutes*: the one value quoted that fits."""
    spans = file.quoted()
    text = plain(said)
    if len(spans) != 1:
        return None
    if (told := _WHOLE.fullmatch(text)) is not None:
        return _referred(file, spans[0], told["name"], told["mark"], told["version"], "")
    if (told := _TAG.fullmatch(text)) is not None:
        return _referred(file, spans[0], told["name"] or "", "", told["version"], told["old"] or "")
    if (told := _SCHEDULE.fullmatch(text)) is not None:
        return _scheduled(file, spans[0], told["cron"])
    if (told := _TO.fullmatch(text)) is not None:
        return _counted(file, spans[0], told)
    return None


def _referred(
    file: SettingsFile, span: tuple[int, int], name: str, mark: str, version: str, old: str
) -> tuple[SettingEdit, ...] | None:
    """Return the reference of the evidence with that version: of an image, or of an action."""
    if not re.search(r"ockerfile|ontainerfile|\.ya?ml$", file.path):
        return None
    references = [
        one
        for one in _REFERENCE.finditer(file.text, *span)
        if not name or (one["name"] or one["bare"]) == name
        or (not mark and (one["name"] or one["bare"]).rpartition("/")[2] == name)
    ]  # fmt: skip
    references = [one for one in references if not one["mark"] or not mark or one["mark"] == mark]
    if old:
        references = [one for one in references if one["tag"] == old]
    if len(references) != 1:
        return None
    one = references[0]
    held = one["name"] or one["bare"]
    new = f"{held}{one['mark'] or ':'}{version}"
    if one[0] == new:
        raise Unreadable(f"it is {new} already")
    said = f"use `{new}`"
    return (SettingEdit(*one.span(), new, said, Operation.SET, (new,), (one[0],)),)


def _scheduled(
    file: SettingsFile, span: tuple[int, int], cron: str
) -> tuple[SettingEdit, ...] | None:
    form = re.compile(rf"[\"'](?P<cron>{_CRON})[\"']")
    matches = list(form.finditer(file.text, *span))
    if len(matches) != 1:
        return None
    if matches[0]["cron"] == cron:
        raise Unreadable("it runs so already")
    gone = matches[0][0]
    new = f"{gone[0]}{cron}{gone[0]}"
    said = f"run it at `{cron}`"
    return (SettingEdit(*matches[0].span(), new, said, Operation.SET, (new,), (gone,)),)


def _counted(
    file: SettingsFile, span: tuple[int, int], told: re.Match[str]
) -> tuple[SettingEdit, ...] | None:
    """Return the quoted number in the place of which the words put another, in the same unit."""
    pair = _PAIR.match(file.text[slice(*span)].rstrip("\r\n"))
    if pair is None or "\n" in file.text[slice(*span)].rstrip("\r\n"):
        return None
    parts = {one.lower().rstrip("s") for one in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", pair["key"])}
    words = {one.lower().rstrip("s") for one in re.findall(r"[a-z]+", told["words"], re.I)}
    unit = (told["unit"] or "").lower().rstrip("s")
    joined = {"".join(pair["key"].lower().split("_")), pair["key"].lower()}
    if not words <= parts | joined | {"limit", "value"}:
        return None
    if unit and unit not in parts:
        return None
    value = told["value"]
    if value == pair["value"]:
        raise Unreadable(f"{pair['key']} is {value} already")
    begin = span[0] + pair.start("value")
    end = span[0] + pair.end("value")
    head = file.text[span[0] + pair.start("key") : begin]
    said = f"set `{pair['key']}` to `{value}`"
    begin -= len(head)
    new, gone = f"{head}{value}", f"{head}{pair['value']}"
    return (SettingEdit(begin, end, new, said, Operation.SET, (new,), (gone,)),)
