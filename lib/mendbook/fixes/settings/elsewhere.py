"""An edit of one job, service or section, where the text speaks of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.yaml_place import documents

_HEADER = re.compile(r"^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:[#;].*)?\r?$", re.M)
_GROUPS = ("jobs", "services", "containers", "initContainers")


@dataclass(frozen=True, slots=True)
class _Owner:
    group: str
    name: str
    start: int
    end: int


def refuse_elsewhere(file: SettingsFile, said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where an edit is in a place that ``said`` does not name, beside one."""
    _refuse_unknown(file, said)
    _refuse_opposite(file, said, edits)
    owners = list(_owners(file))
    named = [one for one in owners if _is_named(one.name, said)]
    for edit in edits:
        home = [one for one in owners if one.start <= edit.start < one.end]
        for one in home:
            others = [each.name for each in named if each.group == one.group]
            if others and one.name not in others and not any(one.name in e.adds for e in edits):
                raise Unreadable(f"the text speaks of {others[0]}, and {one.name} would change")


_OPPOSITES = (("requests", "limits"), ("livenessProbe", "readinessProbe", "startupProbe"))
"""Blocks of a manifest that hold the same keys."""


def _refuse_opposite(file: SettingsFile, said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where an edit is in ``requests`` and the text speaks of a limit."""
    if not file.path.endswith((".yml", ".yaml")):
        return
    for one in documents(file.text, file.path):
        for group in _OPPOSITES if one.way else ():
            if one.way[-1] not in group or any(_speaks_of(each, said) for each in one.way[-1:]):
                continue
            other = next((each for each in group if _speaks_of(each, said)), "")
            fresh = any(other in added for edit in edits for added in edit.adds)
            if (
                other
                and not fresh
                and any(one.span[0] <= edit.start < one.span[1] for edit in edits)
            ):
                raise Unreadable(f"the text speaks of {other}, and {one.way[-1]} would change")


def _speaks_of(block: str, said: str) -> bool:
    stem = block.removesuffix("Probe").removesuffix("s")
    return re.search(rf"(?i)\b{stem}(?:s|ness)?\b|\b{re.escape(block)}\b", said) is not None


_OWNED = re.compile(
    r"\b(?:on|in|for|to|of|under)\s+(?:the\s+)?`?(?P<name>[\w./-]+)`?\s+(?:job|service"
    r"|container|section|stage)\b",
    re.I,
)
_SECTION = re.compile(r"\b(?:for|under)\s+(?:the\s+)?`?(?P<name>[a-z][\w.-]*)`?\s*$", re.I)
_ANY = frozenset(
    [
        "the",
        "this",
        "that",
        "its",
        "a",
        "an",
        "same",
        "each",
        "every",
        "both",
        "all",
        "final",
        "last",
        "first",
        "new",
        "own",
        "whole",
        "single",
        "runtime",
        "production",
        "build",
        "main",
        "top",
        "root",
        "pod",
        "web",
        "config",
        "settings",
        "following",
        "right",
    ]
)


def _refuse_unknown(file: SettingsFile, said: str) -> None:
    """Raise ``Unreadable`` where a job, service or section is named that the file does not have."""
    held = file.text.lower()
    names = [one["name"] for one in _OWNED.finditer(said)]
    if file.path.endswith((".ini", ".cfg")) and len(_HEADER.findall(file.text)) > 1:
        names += [one["name"] for one in _SECTION.finditer(said.strip(" ."))]
    for name in names:
        if name.lower() not in _ANY and name.lower() not in held:
            raise Unreadable(f"there is no {name}")


def _is_named(name: str, said: str) -> bool:
    last = re.split(r"[.:]", name)[-1]
    return any(
        re.search(rf"(?<![\w./:@=-]){re.escape(one)}(?![\w/@=-]|[.:]\w)", said, re.I)
        for one in {name, last}
        if len(one) > 2
    )


def _owners(file: SettingsFile) -> Iterator[_Owner]:
    if file.path.endswith((".yml", ".yaml")):
        for one in documents(file.text, file.path):
            if len(one.way) > 1 and one.way[-2] in _GROUPS:
                yield _Owner(f"{one.called}{one.way[:-1]}", one.way[-1], *one.span)
    elif file.path.endswith((".ini", ".cfg", ".service")):
        heads = list(_HEADER.finditer(file.text))
        for at, head in enumerate(heads):
            stop = heads[at + 1].start() if at + 1 < len(heads) else len(file.text)
            yield _Owner("sections", head["name"].strip(), head.start(), stop)
