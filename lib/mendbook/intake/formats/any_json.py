"""Tell an audit in JSON of a layout of its own by the findings that can be told in it."""

from __future__ import annotations

from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.shapes.choose import choose
from mendbook.intake.shapes.rows import find_rows

TOLD = 0.7
"""Below what all the keys of a tool's own format give: where they fit, they say more."""
_EMPTY = 0.4


def any_json_evidence(data: object) -> Evidence:
    """Tell how far findings can be told in ``data`` by what its objects hold."""
    if not isinstance(data, dict | list) or not data:
        return NOTHING
    search = find_rows(data)
    rows, _ = choose(search.rows)
    if rows:
        places = ", ".join(list(dict.fromkeys(row.group for row in rows))[:3])
        return Evidence(TOLD, f"{len(rows)} findings can be told at {places or 'the top'}")
    return Evidence(_EMPTY, f"{search.empty[0]} is empty") if search.empty else NOTHING
