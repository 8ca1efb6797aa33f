"""Write the quoted line longer, where a text ends in the line as it should read."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_LEAST = 8
"""Letters of a quoted line that a longer one must begin with."""


def lengthened(file: SettingsFile, said: str) -> SettingEdit | None:
    """Return the edit that writes the end of ``said`` over the one line that it begins with.

    None where the text does not end in such a line behind a colon, or the line stands twice.
    """
    old = file.finding.evidence.strip()
    told = re.search(r":\s+`{0,3}(?:\w+\n)?(?P<line>[^\n`]+?)\.?`{0,3}\s*$", said)
    spans = file.quoted()
    if told is None or len(spans) != 1 or "\n" in old or len(old) < _LEAST:
        return None
    new = told["line"].strip()
    begin = file.text.find(old, *spans[0])
    if begin < 0 or not new.startswith(old) or len(new) == len(old):
        return None
    end = begin + len(old)
    rest = file.text[end : file.line_end(end)].strip()
    if rest or re.match(r"[\w.-]", new[len(old) :]):
        return None
    return SettingEdit(end, end, new[len(old) :], f"write `{new}`", Operation.REPLACE, (new,), ())
