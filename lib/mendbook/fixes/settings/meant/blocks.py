"""Which block of a YAML or JSON file a fix text is about: named, of the finding, or quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingsFile
from mendbook.fixes.settings.spelled_out import owners_in
from mendbook.fixes.settings.workflow_keys import short_name
from mendbook.fixes.settings.yaml_place import Mapping, first_key_quoted
from mendbook.text.plain import without_ticks

_GROUPS = frozenset({"services", "jobs", "containers", "initContainers", "steps"})
_TOP = re.compile(
    r"\b(?:workflow|top|root|file|document)[- ]level\b|\b(?:whole|entire)\s+(?:workflow|file)\b"
    r"|\btop\s+of\s+the\s+(?:workflow|file)\b",
    re.I,
)
_UNSAID = frozenset({"it", "this", "that", "them"})


def block_meant(file: SettingsFile, mappings: Sequence[Mapping], words: str) -> Mapping:
    """Return the one block that the text is about.

    ``words`` is the text without what it spells out. Raises ``Unreadable`` where more than one
    may be meant, or where the text names one that is not the finding's.
    """
    if _TOP.search(words):
        roots = [one for one in mappings if not one.way]
        if len(roots) == 1:
            return roots[0]
    held = file.text.lower()
    if unknown := [one for one in owners_in(words) if one.lower() not in held]:
        raise Unreadable(f"there is no {unknown[0]}")
    focus, own = quoted_block(file, mappings), block_of_function(file, mappings)
    named = [one for one in mappings if is_owner(one) and _is_named(one, words)]
    near = [one for one in named if _related(one, focus) or _related(one, own)]
    if named and not near:
        raise Unreadable(f"{named[0].way[-1]} is not what the finding is about")
    if near:
        inner = max(near, key=lambda one: len(one.way))
        if all(_holds(one, inner) for one in near):
            return inner
        chosen = [one for one in near if own is not None and one.node is own.node]
        chosen = chosen or [one for one in near if focus is not None and one.node is focus.node]
        if len(chosen) == 1:
            return chosen[0]
        raise Unreadable("the text names several places")
    if own is None and stands_often(file):
        raise Unreadable("what is quoted stands in several places, and the text names none")
    if focus is not None and (own is None or _related(focus, own)):
        return focus if own is None or len(focus.way) >= len(own.way) else own
    if own is not None and focus is None:
        return own
    raise Unreadable("which block is meant is not said")


def is_owner(one: Mapping) -> bool:
    """Tell whether a block is a service, a job, a container or a step by itself."""
    return one.way[-2:-1] != () and one.way[-2] in _GROUPS and one.way[-1] != "-"


def _is_named(one: Mapping, words: str) -> bool:
    name = one.way[-1]
    names = {name, short_name(name)} if one.way[-2] == "steps" else {name}
    return any(
        re.search(rf"(?<![\w./@-]){re.escape(each)}(?![\w/@-]|\.\w)", words) is not None
        for each in names
        if len(each) > 1 and each not in _UNSAID
    )


def _related(one: Mapping, other: Mapping | None) -> bool:
    return other is not None and (_holds(one, other) or _holds(other, one))


def _holds(outer: Mapping, inner: Mapping) -> bool:
    begin, end = outer.span
    return begin <= inner.span[0] and inner.span[1] <= end


def stands_often(file: SettingsFile) -> bool:
    """Tell whether the code quoted stands in the file more than once."""
    rows = [one.strip() for one in without_ticks(file.finding.evidence).splitlines() if one.strip()]
    lines = [one.strip() for one in file.text.splitlines() if one.strip()]
    runs = [lines[at : at + len(rows)] for at in range(len(lines) - len(rows) + 1)]
    return bool(rows) and sum(run == rows for run in runs) > 1


def quoted_block(file: SettingsFile, mappings: Sequence[Mapping]) -> Mapping | None:
    """Return the block that the quoted lines begin, or that they stand in; None without one."""
    if (first := first_key_quoted(file, mappings)) is None:
        return None
    home, value = first
    if isinstance(value, yaml.MappingNode):
        return next((one for one in mappings if one.node is value), home)
    return home


def block_of_function(file: SettingsFile, mappings: Sequence[Mapping]) -> Mapping | None:
    """Return the one block that the finding's own symbol names: ``jobs.unit``; None without."""
    name = file.finding.function.strip()
    if not name or name.upper() == "N/A":
        return None
    titled = [one for one in mappings if not one.way and "/".join(one.called) == name]
    if len(titled) == 1:
        return titled[0]
    exact = [one for one in mappings if one.way and ".".join(one.way) == name]
    if len(exact) == 1 and (
        is_owner(exact[0])
        or len(exact[0].way) > 1
        or not any(one in _GROUPS for one in exact[0].way)
    ):
        return exact[0]
    last = re.split(r"[./ ]", name)[-1]
    ends = [one for one in mappings if one.way[-1:] == (last,) and is_owner(one)]
    return ends[0] if len(ends) == 1 else None
