"""Where scripts name an export again without importing it: augmentations, and spies of tests."""

from __future__ import annotations

import re

from mendbook.code.search import find_all
from mendbook.code.trees import is_source, parse
from mendbook.code.word_index import files_holding
from mendbook.repository.snapshot import Snapshot

_AUGMENTS = re.compile(r"\bdeclare\s+(?:module\s+[\"']|global\b)")
_KINDS = (
    "interface_declaration", "class_declaration", "type_alias_declaration", "function_signature",
    "enum_declaration", "abstract_class_declaration", "variable_declarator",
)  # fmt: skip
_SPIES = r"\b(?:spyOn|stub|replaceProperty|replace)\(\s*[\w$.]+\s*,\s*([\"'])%s\1"


def declared_again(snapshot: Snapshot, name: str, home: str) -> str:
    """Return where another file adds to ``name`` of the file ``home``; nothing where none does.

    ``declare module './x' { interface Name … }`` does not follow when the name changes.
    """
    for path in _sources(snapshot, name):
        text = snapshot.text(path)
        augments = path != home and _AUGMENTS.search(text) is not None
        if augments and (line := _declared_again(path, text, name)):
            return f"{path}:{line} declares {name} again, for a module of another file"
    return ""


def taken_by_text(snapshot: Snapshot, name: str) -> str:
    """Return where a test takes ``name`` from its module by a text, ``spyOn(module, 'name')``."""
    spied = re.compile(_SPIES % re.escape(name))
    for path in _sources(snapshot, name):
        text = snapshot.text(path)
        if (told := spied.search(text)) is not None:
            line = text.count("\n", 0, told.start()) + 1
            return f"{path}:{line} takes {name} from its module by a text"
    return ""


def _sources(snapshot: Snapshot, name: str) -> list[str]:
    return sorted(path for path in files_holding(snapshot, name) if is_source(path))


def _declared_again(path: str, text: str, name: str) -> int:
    """Return the line (from 1) in an augmentation that declares ``name``; 0 where none does."""
    for outer in find_all(parse(path, text), "ambient_declaration"):
        if _AUGMENTS.match(outer.text()) is None:
            continue
        for kind in _KINDS:
            for one in find_all(outer, kind):
                named = one.field("name")
                if named is not None and named.text() == name:
                    return one.range().start.line + 1
    return 0
