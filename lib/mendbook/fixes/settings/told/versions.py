"""Versions of packages told without marks: in lists of requirements and in TOML."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.line_files import edit_requirements
from mendbook.fixes.settings.told.plain import plain
from mendbook.fixes.settings.toml_file import edit_toml

_TOLD = re.compile(
    r"(?:please\s+)?(?:(?:pin|raise|bump|set|lift|lower|move|update|upgrade|require|lock"
    r"|fix)\s+(?:the\s+)?)?`?(?P<name>[A-Za-z][\w.-]*?)`?"
    r"(?:\s+(?:version|requirement|dependency|floor|minimum))?\s*(?:(?:from\s+\S+\s+)?(?:to|at"
    r"|must\s+be|should\s+be|→|->)\s*)?"
    r"`?\"?(?P<spec>(?:[=<>~!^]=?\s*)?\d+(?:\.[\w*]+)+(?:,\s*[<>!=~]=?\s*\d[\w.*]*)*"
    r"|[<>~^]=?\s*\d[\w.*]*)\"?`?",
    re.I,
)


def versioned(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Raise httpx to >=0.27*, *flask 3.0.3*: a package that the file lists, at that version."""
    listed = re.search(r"(?:requirements|constraints)[\w./-]*\.(?:txt|in)$", file.path)
    if listed is None and not file.path.endswith(".toml"):
        return None
    told = _TOLD.fullmatch(plain(said))
    if told is None:
        return None
    form = rf"(?im)(?:^[ \t]*|[\"']){re.escape(told['name'])}(?![\w.-])"
    if re.search(form, file.text) is None:
        return None
    spec = re.sub(r"\s+", "", told["spec"])
    ask = Ask(Verb.PIN, said, name=told["name"], value=spec)
    return (edit_requirements if listed else edit_toml)(file, ask)
