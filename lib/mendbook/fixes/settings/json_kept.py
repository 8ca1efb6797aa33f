"""What an edit of a JSON file may not do: leave no JSON, or name no version."""

from __future__ import annotations

import json
import re

from mendbook.code.json_text import is_json

_COMMAND = re.compile(r"^[a-z][\w-]*\s+(?!-\s)\S")
"""A command in the place of a version."""


def misfit(path: str, before: str, after: str) -> str:
    """Return why the new text of a JSON file may not stand; empty where it may, or for others."""
    if not path.endswith(".json") or not is_json(before):
        return ""
    if not is_json(after):
        return "the edit would leave no JSON"
    old, new = json.loads(before), json.loads(after)
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ""
    for section in {*old, *new}:
        if old.get(section) == new.get(section):
            continue
        held = new.get(section)
        if section.endswith("ependencies") and isinstance(held, dict) and "latest" in held.values():
            return "`latest` is no version"
        if section.endswith("ependencies") and isinstance(held, dict):
            for name, value in held.items():
                if isinstance(value, str) and _COMMAND.search(value):
                    return f"`{value}` is no version of {name}"
    return ""
