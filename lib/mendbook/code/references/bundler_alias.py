"""The name by which imports mean a path that a bundler's or test runner's settings give it.

``alias: { tides: "./src/tides.ts" }`` loads nothing: it says what ``import … from "tides"`` means.
"""

from __future__ import annotations

import re

from mendbook.code import trees as syntax
from mendbook.code.modules import Modules
from mendbook.repository.snapshot import Snapshot

_CALLS = r"(?:(?:new\s+)?[\w.]+\s*\(\s*)*\[?\s*[\"'`]?"
"""What may stand between a key and its path: ``fileURLToPath(new URL(``."""
_NAME = r"(?:[\"'](?P<quoted>[^\"'\n]+)[\"']|(?P<plain>[\w$]+))"
_TABLE = re.compile(
    rf"\b(?:alias|moduleNameMapper)[\"']?\s*[:=]\s*\{{[^{{}}]*?(?<![\w$\"']){_NAME}\s*:\s*{_CALLS}$"
)
_ROW = re.compile(rf"\bfind\s*:\s*{_NAME}\s*,\s*replacement\s*:\s*{_CALLS}$")
_WHOLE = re.compile(r"^\^?([\w@/$.-]*\w)\$?$")


def alias_before(head: str) -> str:
    """Return the name that the settings ``head``, ending before a path, give to it; else empty.

    A pattern with holes (``^@/(.*)$``) is no name.
    """
    match = _TABLE.search(head) or _ROW.search(head)
    whole = match and _WHOLE.match(match["quoted"] or match["plain"])
    return whole[1] if whole else ""


def all_resolved(name: str, target: str, snapshot: Snapshot, modules: Modules) -> bool:
    """Tell whether whoever writes ``name`` as a text in code is seen to mean the file ``target``.

    Where one is not, its import is not followed, and the path counts as a load.
    """
    written = re.compile(rf"(?<!find: )([\"'`]){re.escape(name)}\1(?!\s*:)")
    return all(
        modules.resolve(path, name) == target
        for path in snapshot.files
        if syntax.holds_code(path) and written.search(snapshot.text(path))
    )
