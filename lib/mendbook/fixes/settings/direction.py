"""A value that is to be raised does not fall."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit

_MORE = re.compile(r"\W*(?:please\s+)?(?:raise|increase|bump|extend|lengthen|enlarge)\b", re.I)
_LESS = re.compile(r"\W*(?:please\s+)?(?:lower|reduce|decrease|cut|shorten|shrink)\b", re.I)
_AMOUNT = re.compile(
    r"(?:[\"']?[\w./-]+[\"']?\s*[:=]\s*)?[\"']?(?P<number>\d+(?:\.\d+)?)(?P<unit>[A-Za-z%]*)[\"']?"
)
"""A value, with the key before it or without."""


def refuse_other_way(said: str, edits: Iterable[SettingEdit]) -> None:
    """Raise ``Unreadable`` where ``said`` raises a value and an edit lowers it, or the other way.

    Only one order is judged, and amounts of one unit.
    """
    more, less = _MORE.match(said), _LESS.match(said)
    if not (more or less) or re.search(
        r"\bfrom\s+\S*\d|\band\s+(?:then\s+)?[a-z]+\b.*\bto\b|[;.]\s", said
    ):
        return
    for edit in edits:
        if len(edit.adds) != 1 or len(edit.removes) != 1:
            continue
        old, new = (_AMOUNT.fullmatch(one.strip()) for one in (edit.removes[0], edit.adds[0]))
        if old is None or new is None or old["unit"] != new["unit"]:
            continue
        first, second = float(old["number"]), float(new["number"])
        if (more and second <= first) or (less and second >= first):
            raise Unreadable(f"{old[0]} would become {new[0]}, which is the other way")
