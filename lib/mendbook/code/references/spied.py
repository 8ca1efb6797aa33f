"""Where a test takes an export of a script by a text: spies and stubs."""

from __future__ import annotations

import re

from mendbook.code.file_facts import facts_by_file
from mendbook.code.trees import is_source
from mendbook.repository.snapshot import Snapshot

_SPIED = re.compile(
    r"\b(?:spyOn|stub|replaceProperty|replace)\(\s*[\w$.]+\s*,"
    r"\s*(?P<mark>[\"'])(?P<name>#?[\w$]+)(?P=mark)"
)


def taken_by_text(snapshot: Snapshot, name: str) -> str:
    """Return where a test takes ``name`` from its module by a text, ``spyOn(module, 'name')``."""
    for path, lines in facts_by_file(snapshot, _spied_in).items():
        if name in lines:
            return f"{path}:{lines[name]} takes {name} from its module by a text"
    return ""


def _spied_in(path: str, text: str) -> dict[str, int]:
    """Return the names that a script takes by a text, each with the first line where it does."""
    lines: dict[str, int] = {}
    for told in _SPIED.finditer(text) if is_source(path) else ():
        lines.setdefault(told["name"], text.count("\n", 0, told.start()) + 1)
    return lines
