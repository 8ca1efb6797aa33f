"""Types that every file sees without an import: globals of scripts, and what is declared so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.references.augmented import adding_files, additions
from mendbook.code.references.index import Index
from mendbook.code.references.outline import Site
from mendbook.code.references.provider import Subject

_TYPED = (".ts", ".tsx", ".mts", ".cts")
_MODULE = re.compile(r"^[ \t]*(?:import|export)\b", re.MULTILINE)
"""Makes a module of a file: what it declares is its own."""
_KINDS = {"interface", "type", "class", "enum"}


def is_ambient(subject: Subject, index: Index) -> bool:
    """Tell whether a type is global: of a file that is no module, or of a ``declare global``."""
    declared, file = subject.declared, subject.file
    if declared.kind not in _KINDS or declared.owner or not file.endswith(_TYPED):
        return False
    text = index.snapshot.text(file)
    if _MODULE.search(text) is None:
        return not declared.local
    if file not in adding_files(index.snapshot):
        return False
    return any(not block.source for block in additions(index.tree(file).root, declared.name))


def ambient_uses(subject: Subject, index: Index) -> Iterator[tuple[str, Site]]:
    """Yield the uses of a global type in files that neither declare nor import its name."""
    name = subject.declared.name
    for path in index.mentions([name]):
        own = name in index.outline(path).declared or name in index.links(path).imports
        if path == subject.file or own or not path.endswith(_TYPED):
            continue
        for site in index.sites(path, [name]):
            if site.receiver is None and site.binding is None:
                yield path, site
