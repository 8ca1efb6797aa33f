"""A dependency of package.json in another of its lists: ``Move nodemon to devDependencies``."""

from __future__ import annotations

import json
import re

from mendbook.code.json_text import drop_pair, put_pair
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
    names = list(target)
    pair = f'"{told["name"]}": {json.dumps(version)}'
    said = f"move `{told['name']}` to `{told['new']}`"
    gone = drop_pair(file.text, (old,), told["name"])
    put = put_pair(
        file.text, (told["new"],), told["name"], json.dumps(version), by_name=names == sorted(names)
    )
    return (
        *(file.by_tree(one, said, Operation.REMOVE) for one in gone),
        file.by_tree(put, said, Operation.ADD, (pair,)),
    )
