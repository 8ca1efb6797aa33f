"""A dependency of package.json in another of its lists: ``Move nodemon to devDependencies``."""

from __future__ import annotations

import json
import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_MOVE = re.compile(
    r"(?i:(?:please\s+)?(?:move|shift|relocate))\s+[`\"]?(?P<name>@?[\w./-]+)[`\"]?\s+"
    r"(?:from\s+`?(?P<old>\w+)`?\s+)?(?:in)?to\s+(?:the\s+)?`?(?P<new>\w*[dD]ependencies)`?",
)


def package_moved(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edits that list a package elsewhere; None for another text."""
    told = _MOVE.fullmatch(step.strip().rstrip("."))
    if told is None or not re.search(r"(?:^|/)package\.json$", file.path):
        return None
    held = json.loads(file.text)
    lists = [
        key
        for key, value in held.items()
        if key.endswith("ependencies") and isinstance(value, dict) and told["name"] in value
    ]
    if len(lists) != 1 or lists[0] == told["new"] or told["old"] not in {None, lists[0]}:
        raise Unreadable(f"{told['name']} stands in {', '.join(lists) or 'no list'}")
    old, version = lists[0], held[lists[0]][told["name"]]
    target = held.get(told["new"])
    if not isinstance(target, dict) or not target or len(held[old]) < 2:
        raise Unreadable(f"{told['new']} is not there, or {old} would be left empty")
    row = re.compile(
        rf"^[ \t]*\"{re.escape(told['name'])}\"\s*:\s*\"[^\"]*\"(?P<comma>,?)[ \t]*\r?\n", re.M
    )
    match = row.search(file.text, file.text.index(f'"{old}"'))
    if match is None:
        raise Unreadable(f"{old} is written on one line")
    begin = match.start()
    if not match["comma"]:  # the last of its list: the comma before it goes
        begin = file.text.rindex(",", 0, begin)
        end = match.end() - len(file.newline)
    else:
        end = match.end()
    names = list(target)
    after = [one for one in names if one < told["name"]] if names == sorted(names) else names
    line = f'"{told["name"]}": "{version}"'
    anchor = after[-1] if after else names[0]
    spot = re.compile(
        rf"^(?P<lead>[ \t]*)\"{re.escape(anchor)}\"\s*:\s*\"[^\"]*\"(?P<comma>,?)", re.M
    )
    at = spot.search(file.text, file.text.index(f'"{told["new"]}"'))
    if at is None:
        raise Unreadable(f"{told['new']} is written on one line")
    said = f"move `{told['name']}` to `{told['new']}`"
    if after:
        comma = at["comma"]
        place = at.end() - len(comma)
        put = SettingEdit(
            place, place, f",{file.newline}{at['lead']}{line}", said, Operation.ADD, (line,)
        )
    else:
        put = SettingEdit(at.start(), at.start(), f"{at['lead']}{line},{file.newline}", said,
                          Operation.ADD, (line,))  # fmt: skip
    return (SettingEdit(begin, end, "", said, Operation.REMOVE, (), ()), put)
