"""Several jobs, services or containers that a text names in one go: *both jobs*, *api and db*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.yaml_place import Mapping

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_GROUPS = {"job": "jobs", "service": "services", "container": "containers"}
_ALL = re.compile(
    r"(?i)(?:the\s+|of\s+)*(?P<count>both|all|every|each)(?:\s+of)?(?:\s+the)?"
    r"(?:\s+(?P<number>two|three|four|five|six))?\s+(?P<kind>job|service|container)s?"
    r"(?:\s+(?:in|of)\s+(?:the|this)\s+(?:file|workflow|stack))?"
)
_NAMES = re.compile(
    r"(?i)(?:both\s+)?(?:the\s+)?(?P<names>[\w.-]+(?:(?:\s*,\s*|\s*,?\s+and\s+)"
    r"(?:the\s+)?[\w.-]+)+)"
    r"(?:\s+(?P<kind>job|service|container)s?)?"
)


def places_of(mappings: Sequence[Mapping], words: str) -> list[str]:
    """Return the ways to what ``words`` name, where that is more than one; nothing otherwise.

    Raises ``Unreadable`` where they count to another number than there are, or name another.
    """
    if (every := _ALL.fullmatch(words.strip())) is not None:
        group = _GROUPS[every["kind"].lower()]
        ways = [
            _dotted(one) for one in mappings if one.way[-2:-1] == (group,) and _heads(one, group)
        ]
        count = every["number"] or every["count"]
        wanted = _NUMBERS.get(count.lower(), len(ways))
        if len(ways) != wanted:
            raise Unreadable(f"there are {len(ways)} {group}, and the text says {count.lower()}")
        return ways
    named = _NAMES.fullmatch(words.strip())
    if named is None:
        return []
    names = re.split(r"\s*,\s*(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?", named["names"])
    for group in _GROUPS.values():
        held = {
            one.way[-1]: one
            for one in mappings
            if one.way[-2:-1] == (group,) and _heads(one, group)
        }
        if all(name in held for name in names):
            return [_dotted(held[name]) for name in names]
    return []


def _heads(one: Mapping, group: str) -> bool:
    """Tell whether it is one of the file's own jobs or services, or a container."""
    return group == "containers" or len(one.way) == 2


def _dotted(one: Mapping) -> str:
    return ".".join(one.way)
