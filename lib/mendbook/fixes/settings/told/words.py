"""What the words of a fix text ask of a file of settings, where no frame of one key fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.blocks import directives
from mendbook.fixes.settings.told.commands import options
from mendbook.fixes.settings.told.constraints import constrained
from mendbook.fixes.settings.told.emptied import emptied
from mendbook.fixes.settings.told.empty_entry import empty_entry
from mendbook.fixes.settings.told.entries import ignored_entries, phony_targets
from mendbook.fixes.settings.told.everywhere import everywhere
from mendbook.fixes.settings.told.layers import joined_layers, lists_removed
from mendbook.fixes.settings.told.ports import published
from mendbook.fixes.settings.told.queries import clause_more, joined
from mendbook.fixes.settings.told.quoted_value import quoted_value
from mendbook.fixes.settings.told.script_lines import shown_line
from mendbook.fixes.settings.told.scripts import function_used, line_beside
from mendbook.fixes.settings.told.section_pairs import section_pairs
from mendbook.fixes.settings.told.steps import steps_of
from mendbook.fixes.settings.told.swapped import swapped
from mendbook.fixes.settings.told.versions import versioned
from mendbook.fixes.settings.told.yaml_lists import yaml_items
from mendbook.fixes.settings.told.yaml_pairs import yaml_pairs

Form = Callable[[SettingsFile, str], tuple[SettingEdit, ...] | None]
_FORMS: tuple[Form, ...] = (
    everywhere,
    versioned,
    quoted_value,
    published,
    yaml_pairs,
    yaml_items,
    section_pairs,
    ignored_entries,
    phony_targets,
    emptied,
    empty_entry,
    constrained,
    joined,
    shown_line,
    line_beside,
    function_used,
    directives,
    joined_layers,
    lists_removed,
    options,
    swapped,
    clause_more,
)


def by_words(
    file: SettingsFile, said: str, framed: Callable[[str], Iterable[SettingEdit]]
) -> list[SettingEdit] | None:
    """Return the edits of the form that the text has, or each of its steps; None without one.

    ``framed`` makes the edits of a step that has none; it raises ``Unreadable`` where it cannot.
    Raises ``Unreadable`` with the reason of the first form that is meant and cannot be done.
    """
    whole, met = _read(file, said)
    bare = _LEAD.sub("", said)
    if whole is None and bare != said and not _names_place(file, said[: len(said) - len(bare)]):
        whole, _ = _read(file, bare)
    steps = steps_of(said)
    if whole is not None:
        return list(whole)
    if met is not None:
        raise met
    if len(steps) < 2:
        return None
    edits_of = [_first(file, one) for one in steps]
    if not any(one is not None for one in edits_of):
        return None
    return [
        edit
        for step, told in zip(steps, edits_of, strict=True)
        for edit in (framed(step) if told is None else told)
    ]


_LEAD = re.compile(r"^[A-Z][a-z]+(?:[ -][\w'-]+){1,7}:\s+(?=\S)")
"""What it is for, before what is asked: ``One vote a day: …``."""


def _read(
    file: SettingsFile, said: str
) -> tuple[tuple[SettingEdit, ...] | None, Unreadable | None]:
    """Return the edits of the form that a text has, and why the one that is meant has none."""
    try:
        return _first(file, said), None
    except Unreadable as reason:
        return None, reason


def _names_place(file: SettingsFile, lead: str) -> bool:
    """Tell whether a lead names a key or a place of the file."""
    words = re.findall(r"[\w-]{3,}", lead)
    return any(
        re.search(rf"(?m)^[ \t\[-]*{re.escape(one)}[ \t]*[\]:=]", file.text) for one in words
    )


def _first(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    met: Unreadable | None = None
    for form in _FORMS:
        try:
            edits = form(file, said)
        except Unreadable as reason:
            met = met or reason
            continue
        if edits is not None:
            return edits
    if met is not None:
        raise met
    return None
