"""Write the one command of a Dockerfile that is meant as a list, where its shell has no work."""

from __future__ import annotations

import json
import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.wordings_by_file import plain_words
from mendbook.model import Operation

_CUE = re.compile(
    r"\b(?:exec(?:utable)?[- ]form|json[- ](?:array|list)|(?:as|in)\s+(?:an?\s+)?(?:array|list))\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:keep|stays?|either|or|unless|until|maybe|perhaps|consider|both|all|never)\b"
    r"|\b(?:should|must|need|do)\s+not\b|\b(?:add|remove|drop|replace\s+the\s+(?:shell|command))\b",
    re.I,
)
_LINE = re.compile(r"(?m)^(?P<word>CMD|ENTRYPOINT)[ \t]+(?P<shell>[^\[\n][^\n]*?)[ \t]*(?=\r?$)")


def exec_form_told(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return the command as a list, by the name of that form alone; None for another text.

    Raises ``Unreadable`` where the text shows a list of other words.
    """
    if re.search(r"ockerfile|ontainerfile", file.path) is None or not _CUE.search(said):
        return None
    shown = re.search(r"\[\s*\"[^\]]*\]", said)
    bare = said.replace(shown[0], " ") if shown is not None else said
    spans = file.quoted()
    named = set(re.findall(r"\b(CMD|ENTRYPOINT)\b", bare))
    meant = [
        one
        for one in _LINE.finditer(file.text)
        if any(a <= one.start() < b for a, b in spans) and (not named or one["word"] in named)
    ]
    if _OTHER.search(bare) or len(meant) != 1:
        return None
    (one,) = meant
    words = plain_words(one["shell"])
    if words is None:
        raise Unreadable(f"{one['word']} needs its shell")
    if shown is not None and json.loads(shown[0]) != words:
        raise Unreadable(f"{one['word']} would run something else")
    new = f"{one['word']} {json.dumps(words)}"
    return [
        SettingEdit(one.start(), one.end(), new, f"write `{new}`", Operation.SET, (new,), (one[0],))
    ]
