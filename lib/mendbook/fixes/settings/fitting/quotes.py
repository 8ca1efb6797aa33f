"""Words of a script that a finding quotes, put in quotes."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.focus import lines_in
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.fixes.settings.shell_file import edit_shell

_QUOTES = re.compile(
    r"\b(?:in|double|needs?|wants?|lacks?|without|put|has\s+no)?\s*quot(?:e|es|ed|ing|ation\s+marks)\b",
    re.I,
)


def in_quotes(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the words of the one quoted line that the text wants in quotes."""
    if not file.path.endswith((".sh", ".bash")) or not _QUOTES.search(saying.text) or saying.goes:
        return None
    if len(lines_in(file, span)) != 1 or re.search(r"\bsingle\b", saying.text):
        return None
    words = [one.text for one in saying.told if "$" in one.text]
    if any(
        one.text not in words and one.text not in file.text[slice(*span)] for one in saying.told
    ):
        return None
    line = " ".join(f'"{one}"' for one in words)
    return edit_shell(file, Ask(Verb.QUOTE, saying.text, line=line))
