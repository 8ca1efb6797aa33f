"""How a name of a Python module is reached though no code names it: by a text, or by a package."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.references.python.by_text import loaded_by_text
from mendbook.code.word_index import files_holding
from mendbook.repository.snapshot import Snapshot

_DYNAMIC = re.compile(r"\bglobals\(\)(?!\s*\[\s*['\"][^'\"]*['\"]\s*\])|(?<!\.)\bvars\(\)")
"""What reads a module's names by texts that are not there to be read."""
_GIVES = re.compile(r"^def __getattr__\(", re.MULTILINE)


def reached_unnamed(tree: Snapshot, home: str, name: str) -> str:
    """Return how a top-level ``name`` of ``home`` may be reached without it; else nothing."""
    text = tree.text(home)
    if (match := _DYNAMIC.search(text)) is not None:
        line = text.count("\n", 0, match.start()) + 1
        return f"{name} may be read by {match[0]} at {home}:{line}"
    if loaded := loaded_by_text(tree, home, name, quoted=False):
        return loaded
    parts = home.split("/")[:-1]
    for depth in range(len(parts), 0, -1):
        package = "/".join([*parts[:depth], "__init__.py"])
        gives = package != home and _GIVES.search(tree.get(package) or "") is not None
        if gives and any(one not in {home, package} for one in files_holding(tree, name)):
            return f"{package} may give {name} by its __getattr__"
    return ""


_OF_ITSELF = re.compile(r"\b(?:get|has|set|del)attr\(\s*(?:self|cls)\s*,\s*(?![\"'frbFRB])\w+")
"""What asks an object for its own attribute by a name that a variable holds."""


def asked_of_itself(owner: SgNode, name: str) -> str:
    """Return how a class may reach its own member ``name`` by a variable; else nothing."""
    match = _OF_ITSELF.search(owner.text())
    return f"{name} may be what {match[0]}) asks for" if match is not None else ""
