"""Calls of a member's name on values whose type is not known: they may be the member's."""

from __future__ import annotations

import re

from mendbook.changes.notice import Witnesses
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import has_runner
from mendbook.model import Citation, FindingFacts, SymbolStatus
from mendbook.text.phrasing import count, listed, some

_MOST = 2
_SHORT = 3
MAKES = {"__init__", "__new__", "constructor", "init"}
"""Called by name these are a base's own: *Base.__init__(self)*."""
_COMMENT = re.compile(r"\s*(?:#|//|\*|/\*|>>>)")


def calls_of_unknown(facts: FindingFacts, witnesses: Witnesses) -> str:
    """Say where a method's name is called on something else than its own object; or nothing.

    No such call is certain, and none can be left out.
    """
    places: dict[str, None] = {}
    names: dict[str, None] = {}
    for symbol in facts.symbols:
        owner, _, name = symbol.symbol.rpartition(".")
        if (
            not owner
            or len(name) <= _SHORT
            or name in MAKES
            or symbol.status is not SymbolStatus.RESOLVED
        ):
            continue
        called = re.compile(
            rf"(?<![\w$.])(?!self\.|this\.|super)[\w$][\w$.\])]*\.{re.escape(name)}\("
        )
        for path in witnesses.holding(name):
            if is_test(path) or not has_runner(path):
                continue
            for number, line in enumerate(witnesses.text(path).splitlines(), start=1):
                if name in line and not _COMMENT.match(line) and called.search(line):
                    places.setdefault(str(Citation(path, number)))
                    names.setdefault(name)
    if not places:
        return ""
    at = listed(some(list(places), _MOST))
    several = count(len(places), "call")
    what = listed([f"`{name}`" for name in names])
    return f"{several} of {what} on values of unknown type may be it: {at}"
