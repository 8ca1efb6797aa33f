"""A line that a finding quotes and that the fix text lets go."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.focus import lines_in
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.fixes.settings.fitting.spots import spots_in

_LISTS = re.compile(
    r"(?:requirements|constraints)[\w./-]*\.(?:txt|in)$|(?:^|/)\.env(?:\.[\w.-]+)?$|\.env$"
    r"|\.properties$|(?:^|/)\.[a-z]+ignore$"
)
_KEPT = re.compile(
    r"\b(?:keep\w*|stays?|remains?|leave\w*\s+(?:it|the\s+\w+)\s+(?:as|in|there))\b", re.I
)


def line_gone(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the list without the one line quoted, where the text names and drops that."""
    lines = lines_in(file, span)
    if (
        not saying.goes
        or len(lines) != 1
        or not _LISTS.search(file.path)
        or _KEPT.search(saying.text)
    ):
        return None
    row = file.text[slice(*lines[0])].strip()
    names = [one.name for one in spots_in(file, span)] or [row]
    allowed = {row, *names, *(row.split("==")[-1:])}
    if not saying.says(names[0]) or any(one.text not in allowed for one in saying.told):
        return None
    return (file.removed(lines[0][0], f"remove `{names[0]}`"),)
