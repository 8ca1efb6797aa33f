"""What a step of a fix text asks for in words that no frame of keys and values has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mendbook.fixes.settings.block_told import block_told
from mendbook.fixes.settings.commands import longer_command
from mendbook.fixes.settings.directives import directive_told
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.packages_moved import package_moved
from mendbook.fixes.settings.sql_told import schema_told
from mendbook.fixes.settings.stages import stages_pinned
from mendbook.fixes.settings.tables import table_told
from mendbook.fixes.settings.told.steps import SHARED, steps_of
from mendbook.fixes.settings.wordings_by_file import BY_FILE

Form = Callable[[SettingsFile, str], tuple[SettingEdit, ...] | None]
_FORMS: tuple[Form, ...] = (
    block_told,
    longer_command,
    stages_pinned,
    directive_told,
    table_told,
    schema_told,
    package_moved,
    *BY_FILE,
)


def by_forms(
    file: SettingsFile, said: str, framed: Callable[[str], Iterable[SettingEdit]]
) -> list[SettingEdit] | None:
    """Return the edits of every step of ``said``, where a form knows at least one; else None.

    ``framed`` makes the edits of a step that is none of a form; it raises ``Unreadable`` where it
    cannot.
    """
    steps = steps_of(said)
    edits_of = [_first(file, one) for one in steps]
    shared = SHARED.match(said.strip()) is not None
    if not shared and not any(one is not None for one in edits_of):
        return None
    edits: list[SettingEdit] = []
    for step, told in zip(steps, edits_of, strict=True):
        edits += framed(step) if told is None else told
    return edits


def _first(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    return next((edits for form in _FORMS if (edits := form(file, step)) is not None), None)
