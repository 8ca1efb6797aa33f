"""Who asks for a file as a whole: by an import, by its name in a text, or by where it stands."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mendbook.code.modules.resolver import resolve
from mendbook.repository.snapshot import Snapshot

_SOURCE = re.compile(
    r"(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\(\s*|\b(?:mock|unmock"
    r"|importActual)\(\s*)"
    r"['\"]([^'\"\n]+)['\"]"
)
_BY_NAME = re.compile(
    r"(?:^|/)(?:pages|app|api|routes?|migrations?|plugins|middleware|commands|public|\.github)/|"
    r"(?:^|/)(?:index|main|server|app|setup|middleware)\.\w+$|\.config\.\w+$|\.d\.ts$"
)
"""Files that a framework or a tool finds by where they are, and no import names."""


def is_found_by_place(path: str) -> bool:
    """Tell whether a framework or a tool may find ``path`` by where it is, without an import."""
    return _BY_NAME.search(path) is not None


def file_user(tree: Snapshot, path: str) -> str | None:
    """Return a file that imports ``path``, or spells it; None where none does."""
    stem = path.rpartition(".")[0]
    spelled = re.compile(
        rf"(?<![\w-]){re.escape(PurePosixPath(path).name)}\b|{re.escape(stem)}(?![\w-])"
    )
    for other in tree.files:
        if other == path:
            continue
        text = tree.get(other) or ""
        if PurePosixPath(stem).name.removesuffix("index") not in text and "*" not in text:
            continue
        if any(resolve(tree, other, source) == path for source in _SOURCE.findall(text)):
            return other
        if not other.endswith(".md") and spelled.search(text):
            return other
    return None
