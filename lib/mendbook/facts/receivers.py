"""Which uses of a Go method are those of another type, as the line that makes the receiver says."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.model import Declaration, Reference, SymbolReferences
from mendbook.repository.snapshot import Snapshot

_METHOD = re.compile(r"\s*func\s+\(\s*\w+\s+\*?(?P<type>\w+)(?:\[[^\]]*\])?\s*\)")
_MADE = r"(?<![\w.]){name}\s*(?::=|=)\s*&?(?:\w+\.)?(?P<type>[A-Z]\w*|[a-z]\w*)(?:\[[^\]]*\])?\{{"
"""``h := &v1.Handler{``: what stands before the bracket is the type and no interface."""
_CALLED = r"(?<![\w.]){name}(?:,\s*\w+)?\s*(?::=|=)\s*(?:\w+\.)?(?P<maker>\w+)\("
"""``h := newHandler(``: the type is what that function returns."""
_RETURNS = r"^func {name}(?:\[[^\]]*\])?\(.*\)\s*\(?\*(?:\w+\.)?(?P<type>\w+)"
"""The result of a function as a pointer, which no interface is handed out as."""


def without_other_types(symbol: SymbolReferences, snapshot: Snapshot) -> SymbolReferences:
    """Return ``symbol`` without the uses of a namesake of another type, where that is certain.

    Uses that were found by name alone may be of any type. A receiver that is filled with a literal
    of another type, or by a function of the file that returns a pointer to one, is of that type;
    what is made otherwise stays.
    """
    owners = {_owner(each, snapshot) for each in symbol.declarations}
    if not symbol.guessed or not owners or "" in owners:
        return symbol
    name = symbol.symbol.rpartition(".")[2]
    kept = tuple(
        use
        for use in symbol.references
        if not (kind := _made_as(use, name, snapshot)) or kind in owners
    )
    return replace(symbol, references=kept)


def _owner(declared: Declaration, snapshot: Snapshot) -> str:
    """Return the type that a method is declared for; empty for a function or another language."""
    lines = (snapshot.get(declared.file) or "").splitlines()
    if not declared.file.endswith(".go") or not 0 < declared.line <= len(lines):
        return ""
    match = _METHOD.match(lines[declared.line - 1])
    return match["type"] if match is not None else ""


def _made_as(use: Reference, name: str, snapshot: Snapshot) -> str:
    """Return the type that a use's receiver was last filled with; empty where it is not certain."""
    text = snapshot.get(use.file) or ""
    lines = text.splitlines()[: use.line]
    if not use.file.endswith(".go") or not lines:
        return ""
    direct = re.search(rf"(?<![\w.])(\w+)\([^()]*\)\.{re.escape(name)}\b", lines[-1])
    if direct is not None:
        return _returned_by(direct[1], text)
    receiver = re.search(rf"(?<![\w.)])(\w+)\.{re.escape(name)}\b", lines[-1])
    if receiver is None:
        return ""
    constructed = re.compile(_MADE.format(name=re.escape(receiver[1])))
    called = re.compile(_CALLED.format(name=re.escape(receiver[1])))
    for line in reversed(lines):
        if (match := constructed.search(line)) is not None:
            return match["type"]
        if (match := called.search(line)) is not None:
            return _returned_by(match["maker"], text)
        if line.startswith("func "):
            return ""
    return ""


def _returned_by(function: str, text: str) -> str:
    """Return the type that a function of a file returns a pointer to; empty for none."""
    match = re.search(_RETURNS.format(name=re.escape(function)), text, re.M)
    return match["type"] if match is not None else ""
