"""The file that the lines above a block of code name, in the many ways that people write it."""

from __future__ import annotations

import re

from mendbook.drafting.shown_text import ShownTree

_DECORATION = " \t*#`'\":>-[]()"
_LABEL = re.compile(r"^(?:file(?:name)?|path|new file|in|edit)\s*:?\s+", re.IGNORECASE)
_PATH = re.compile(r"[\w@.+-]+(?:/[\w@.+ -]+)*\.?[\w-]+")
_LAST_LINES = 4


def named_path(lead: str, tree: ShownTree) -> str:
    """Return the path in the last lines of ``lead``; empty where none names a file.

    A file of the tree is preferred to one that would be new.
    """
    lines = [line for line in lead.splitlines() if line.strip()][-_LAST_LINES:]
    candidates = [path for line in reversed(lines) for path in _candidates(line)]
    known = next((path for path in candidates if tree.get(path) is not None), "")
    return known or next((path for path in candidates if _looks_like_one(path)), "")


def _candidates(line: str) -> list[str]:
    bare = _LABEL.sub("", line.strip().strip(_DECORATION)).strip(_DECORATION).removeprefix("./")
    bare = bare.partition("::")[0].strip()
    language, colon, rest = bare.partition(":")  # an info string: ```ts:src/a.ts
    quoted = re.findall(r"`([^`\s]+)`", line)
    words = [word.strip(_DECORATION).rstrip(".,") for word in line.split()]
    candidates = [bare, rest if colon and language.isalnum() else "", *quoted, *words]
    return [each.removeprefix("./") for each in dict.fromkeys(candidates) if each]


def _looks_like_one(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return bool(_PATH.fullmatch(path)) and " " not in path and (bool(folder) or "." in name[1:])
