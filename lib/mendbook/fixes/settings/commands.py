"""A command that stands in a file with an option more: ``Use `pip install --no-cache-dir .` ``."""

from __future__ import annotations

import re

from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_USE = re.compile(
    r"(?:please\s+)?(?:use|run|call|write|make\s+(?:it|this|that)|change\s+(?:it|this|that)\s+to"
    r"|it\s+should\s+(?:be|read)|should\s+(?:be|read))\s+`(?P<code>[^`]+)`(?:\s+instead|\s+here)?",
    re.IGNORECASE,
)
_FILES = re.compile(r"ockerfile|Containerfile|\.ya?ml$|\.(?:sh|bash)$|akefile$")


def longer_command(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edit that gives a quoted command the options that the text writes it with.

    None for another text, and where the command differs in more than options.
    """
    told = _USE.fullmatch(step.strip().rstrip("."))
    spans = file.quoted()
    if told is None or len(spans) != 1 or _FILES.search(file.path) is None:
        return None
    code = told["code"].strip()
    words = code.split()
    options = [one for one in words[1:] if one.startswith("-")]
    if not options or len(words) < 2 or re.search(r"[;&|`<>]|\$\(", code):
        return None
    form = re.escape(words[0]) + "".join(
        rf"(?:[ ]+{re.escape(one)})?" if one.startswith("-") else rf"[ ]+{re.escape(one)}"
        for one in words[1:]
    )
    begin, end = spans[0]
    matches = list(re.finditer(rf"(?<![\w./-]){form}(?![\w/=-]|\.\w)", file.text[begin:end]))
    if (
        len(matches) != 1
        or matches[0][0] == code
        or "#" in file.text[begin : begin + matches[0].start()]
    ):
        return None
    at = begin + matches[0].start()
    return (
        SettingEdit(
            at,
            at + len(matches[0][0]),
            code,
            f"run `{code}`",
            Operation.REPLACE,
            tuple(one for one in options if one not in matches[0][0].split()),
            (),
        ),
    )
