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


def named_again(snapshot: Snapshot, name: str, home: str) -> str:
    """Return where ``name`` of the file ``home`` is declared once more, or named by a text.

    Nothing is returned where it is not.

    ``declare module './x' { interface Name … }`` adds to what a module declares, and
    ``spyOn(module, 'name')`` takes it from there: neither follows when the name changes or goes.
    """
    spied = re.compile(_SPIES % re.escape(name))
    for path in sorted(files_holding(snapshot, name)):
        if not is_source(path):
            continue
        text = snapshot.text(path)
        if (told := spied.search(text)) is not None:
            line = text.count("\n", 0, told.start()) + 1
            return f"{path}:{line} takes {name} from its module by a text"
        augments = path != home and _AUGMENTS.search(text) is not None
        if augments and (line := _declared_again(path, text, name)):
            return f"{path}:{line} declares {name} again, for a module of another file"
    return ""


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
