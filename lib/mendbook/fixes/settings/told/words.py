"""What the words of a fix text ask of a file of settings, where no frame of one key fits."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.blocks import directives
from mendbook.fixes.settings.told.commands import options
from mendbook.fixes.settings.told.constraints import constrained
from mendbook.fixes.settings.told.emptied import emptied
from mendbook.fixes.settings.told.entries import ignored_entries, phony_targets
from mendbook.fixes.settings.told.everywhere import everywhere
from mendbook.fixes.settings.told.layers import joined_layers, lists_removed
from mendbook.fixes.settings.told.queries import clause_more, joined
from mendbook.fixes.settings.told.scripts import function_used, line_beside
from mendbook.fixes.settings.told.section_pairs import section_pairs
from mendbook.fixes.settings.told.swapped import swapped
from mendbook.fixes.settings.told.yaml_pairs import yaml_pairs

Form = Callable[[SettingsFile, str], tuple[SettingEdit, ...] | None]
_FORMS: tuple[Form, ...] = (
    everywhere,
    yaml_pairs,
    section_pairs,
    ignored_entries,
    phony_targets,
    emptied,
    constrained,
    joined,
    line_beside,
    function_used,
    directives,
    joined_layers,
    lists_removed,
    options,
    swapped,
    clause_more,
)


def by_words(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the edits of the first form that the whole text has; None where it has none.

    Raises ``Unreadable`` with the reason of the first form that is meant and cannot be done.
    """
    met: Unreadable | None = None
    for form in _FORMS:
        try:
            made = form(file, said)
        except Unreadable as reason:
            met = met or reason
            continue
        if made is not None:
            return list(made)
    if met is not None:
        raise met
    return None
