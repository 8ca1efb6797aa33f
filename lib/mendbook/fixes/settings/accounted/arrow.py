"""Carry out ``old -> new`` where a text is nothing else, and the quoted lines say ``old`` once."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_ARROW = re.compile(r"(?:nit:\s+)?(?P<old>\S.*?)\s+(?:->|→|=>)\s+(?P<new>\S.*?)[.]?")


def arrow(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the edit that writes the new text over the old one; None for another text.

    The new text has all words of the old one in their order, quotes aside, and no prose beside.
    """
    told = _ARROW.fullmatch(said.strip())
    spans = file.quoted()
    if told is None or len(spans) != 1 or re.search(r"->|→|=>", told["new"]):
        return None
    old, new = (told[one].strip("`") for one in ("old", "new"))
    begin, end = spans[0]
    words = [re.escape(one) for one in old.split()]
    hits = list(re.finditer(r"[ \t]+".join(words), file.text[begin:end]))
    if len(words) < 2 or len(hits) != 1 or not _goes_on(old, new):
        return None
    (hit,) = hits
    at, stop = begin + hit.start(), begin + hit.end()
    held = file.text[at:stop]
    if new.startswith(old):
        added = new[len(old) :]
        said_so = f"write `{added.strip()}` behind `{old}`"
        return [SettingEdit(stop, stop, added, said_so, Operation.ADD, (added.strip(),))]
    said_so = f"write `{new}` for `{old}`"
    return [SettingEdit(at, stop, new, said_so, Operation.REPLACE, (new,), (held,))]


def _goes_on(old: str, new: str) -> bool:
    """Tell whether the words of ``old`` stand in ``new`` in their order, quotes aside."""
    rest = iter(one.replace('"', "") for one in new.split())
    return all(word.replace('"', "") in rest for word in old.split())
