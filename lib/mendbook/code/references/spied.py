"""Where a test takes an export of a script by a text: spies and stubs."""

from __future__ import annotations

import re

from mendbook.code.trees import is_source
from mendbook.code.word_index import files_holding
from mendbook.repository.snapshot import Snapshot

_SPIES = r"\b(?:spyOn|stub|replaceProperty|replace)\(\s*[\w$.]+\s*,\s*([\"'])%s\1"


def taken_by_text(snapshot: Snapshot, name: str) -> str:
    """Return where a test takes ``name`` from its module by a text, ``spyOn(module, 'name')``."""
    spied = re.compile(_SPIES % re.escape(name))
    for path in sorted(filter(is_source, files_holding(snapshot, name))):
        text = snapshot.text(path)
        if (told := spied.search(text)) is not None:
            line = text.count("\n", 0, told.start()) + 1
            return f"{path}:{line} takes {name} from its module by a text"
    return ""
