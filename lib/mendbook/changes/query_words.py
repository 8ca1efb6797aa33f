"""What a change of a query, or of how much is asked for, means to who reads the rows."""

from __future__ import annotations

import re

from mendbook.changes.today import Clause

_QUERY = re.compile(
    r"(?i)\border(?:\s|_)?by\b|\b(?:select|where|quer(?:y|ies)|objects|rows?|table|database)\b"
    r"|\.find\w*\("
)
ROWS = (
    r"(?i)quer(?:y|ies)|select_related|preload|prefetch|eager|data ?loader|\bselect\b|\bsql\b"
    r"|\brows?\b|\btables?\b|database|\bdb\b|\bobjects\.|repositor|prisma|\borm\b|lazy|N\s?\+\s?1"
    r"|\.find\w*\(|\.where\(|relation"
)
"""Tells that rows are read: *join* alone joins anything."""
_PAGED = re.compile(r"(?i)\b(?:pages?|paginat\w+|limit|offset|feed)\b")


def ordered(match: re.Match[str], clause: Clause) -> str:
    """Return what an order means that the rows did not have."""
    by = match["by"].replace("`", "").strip(" .,")
    asked = f"{clause.order} {clause.evidence} {clause.told}"
    if _QUERY.search(asked) is None:
        return ""
    where = f" of {clause.today.routes}" if clause.today.routes else ""
    paged = _PAGED.search(asked) is not None
    ends = "pages that clients kept are cut" if paged else "who relied on today's finds it"
    return f"The rows{where} come in the order of `{by}`: {ends} otherwise."


def filtered(match: re.Match[str], clause: Clause) -> str:
    """Return which rows no longer count."""
    condition = (match["clause"] or "").strip(" `.,")
    if not condition:
        return ""
    where = f"{clause.today.routes}: rows" if clause.today.routes else "Rows"
    return f"{where} for which `{condition}` does not hold no longer count."


def most(match: re.Match[str], clause: Clause) -> str:
    """Return who gets less than was asked for."""
    bound = match["a"] or match["b"] or match["c"]
    where = f" of {clause.today.routes}" if clause.today.routes else ""
    return f"Who asks for more than {bound}{where} gets {bound} from then on."
