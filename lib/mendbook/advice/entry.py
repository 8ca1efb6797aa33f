"""The file that a Node.js target is started with, as its own scripts say."""

from __future__ import annotations

import json
import re

from mendbook.repository.snapshot import Snapshot

_STARTED = re.compile(r"\bnode\s+(?:--?[\w=./:-]+\s+)*([\w./-]+\.[cm]?js)\b")


def entry_file(snapshot: Snapshot) -> str:
    """Return the file that ``npm start`` runs, else ``main``; empty where neither is said."""
    try:
        data = json.loads((snapshot.get("package.json") or "{}").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return ""
    scripts = data.get("scripts") if isinstance(data, dict) else None
    if not isinstance(scripts, dict):
        return ""
    started = _STARTED.search(str(scripts.get("start", "")))
    if started is not None:
        return started[1]
    main = data.get("main")
    return main if isinstance(main, str) and re.fullmatch(r"[\w./-]+\.[cm]?js", main) else ""
