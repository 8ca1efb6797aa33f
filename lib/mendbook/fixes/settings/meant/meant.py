"""Choose the one edit that a text can only mean by what it spells out and the block it is about."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, applied
from mendbook.fixes.settings.meant.addressed import addressed
from mendbook.fixes.settings.meant.directives import directives_put, line_gone
from mendbook.fixes.settings.meant.layers import LAYERS
from mendbook.fixes.settings.meant.lists import LISTS
from mendbook.fixes.settings.meant.rows import ROWS
from mendbook.fixes.settings.meant.values import VALUES
from mendbook.fixes.settings.meant.wish import Wish, wish_of
from mendbook.fixes.settings.meant.yaml_entries import entries_put

Meaning = Callable[[SettingsFile, Wish], tuple[SettingEdit, ...] | None]
_MEANINGS: tuple[Meaning, ...] = (
    entries_put,
    addressed,
    *VALUES,
    directives_put,
    line_gone,
    *LAYERS,
    *LISTS,
    *ROWS,
)


def meant(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the edits that ``said`` means; None where it means none, or more than one thing."""
    wish = wish_of(said)
    made: dict[str, tuple[SettingEdit, ...]] = {}
    for meaning in _MEANINGS:
        try:
            edits = meaning(file, wish)
        except Unreadable:
            continue
        if edits and is_covered(file, wish, edits):
            made.setdefault(applied(file.text, edits), edits)
    answers = list(made.values())
    whole = [one for one in answers if all(_marks(other) <= _marks(one) for other in answers)]
    return list(whole[0]) if whole else None


def _marks(edits: Sequence[SettingEdit]) -> set[tuple[int, int, str]]:
    return {(one.start, one.end, one.new) for one in edits}


def is_covered(file: SettingsFile, wish: Wish, edits: Sequence[SettingEdit]) -> bool:
    """Tell whether all code of the text is written by the edits, or stands there already."""
    after = applied(file.text, edits).splitlines()
    rows = difflib.ndiff(file.text.splitlines(), after)
    changed = "\n".join(one[2:] for one in rows if one[:1] == "+")
    quoted = "\n".join(file.text[a:b] for a, b in file.quoted())
    for code in wish.codes([]):
        bare = code.strip(" `\"';:,.")
        plain = re.fullmatch(r"[\d.]+", bare) is not None
        places = (changed, quoted) if plain else (changed, file.text, file.path)
        if bare and not any(_stands(bare, one) for one in places):
            return False
    return True


def _stands(code: str, text: str) -> bool:
    if code in text:
        return True
    parts = re.split(r"[.:=\s]+", code)
    return len(parts) > 1 and all(one in text for one in parts)
