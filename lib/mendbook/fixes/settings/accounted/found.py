"""An edit that an order may mean, and the words that it accounts for."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.fixes.settings.edit import SettingEdit


@dataclass(frozen=True, slots=True)
class Found:
    """An edit, the word that it writes, and the words that name what it edits.

    The words of ``own`` are in small letters.
    """

    edit: SettingEdit
    value: str
    own: frozenset[str]
