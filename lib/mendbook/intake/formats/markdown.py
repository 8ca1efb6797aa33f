"""Tell a Markdown document by its headings, tables and lists."""

from __future__ import annotations

import re

from mendbook.intake.formats.evidence import NOTHING, Evidence

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+\S|^[^\n]+\n(?:={3,}|-{3,})\s*$", re.M)
_TABLE = re.compile(r"^\s*\|?[ \t]*:?-{2,}:?[ \t]*\|", re.M)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\S", re.M)


def markdown_evidence(text: str) -> Evidence:
    """Tell how far ``text`` is Markdown: headings and tables say more than list items."""
    if text.lstrip().startswith(("{", "[{")):
        return NOTHING
    signs = [
        name
        for name, pattern in (("headings", _HEADING), ("a table", _TABLE), ("lists", _ITEM))
        if pattern.search(text[:200_000])
    ]
    score = {0: 0.0, 1: 0.5, 2: 0.65, 3: 0.7}[len(signs)]
    return Evidence(score, f"it has {', '.join(signs)}") if signs else NOTHING
