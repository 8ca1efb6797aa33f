"""A fix text on one line, without what only says why."""

from __future__ import annotations

import re

from mendbook.fixes.settings.sentences import PURPOSE

_HANGING = re.compile(r"(?i)\b(?:instead of|rather than|in place of|not|than|with|to|of|the|→|->)$")


def plain(said: str, *, ticks: bool = True) -> str:
    """Return ``said`` on one line without its purpose; without marks of code if not ``ticks``."""
    text = " ".join((said if ticks else said.replace("`", "")).split())
    bare = PURPOSE.sub("", text).strip().rstrip(".;")
    return text.strip().rstrip(".;") if _HANGING.search(bare) else bare
