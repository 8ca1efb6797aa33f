"""Tell whether the lines that an audit names and the code that it quotes have parted."""

from __future__ import annotations

from mendbook.model import Evidence, EvidenceStatus, Finding, Place


def has_parted(finding: Finding, evidence: Evidence) -> bool:
    """Tell whether ``evidence``, found word for word, stands at none of the lines named.

    Not so where no line is named in the file that the code stands in, and where nothing was found
    word for word.
    """
    if evidence.status is not EvidenceStatus.VERBATIM or evidence.line is None:
        return False
    named = [each for each in finding.places if each.path == evidence.file and each.line]
    line, end = evidence.line, evidence.end_line or evidence.line
    return bool(named) and not any(_meets(each, line, end) for each in named)


def _meets(place: Place, line: int, end: int) -> bool:
    first = place.line or 0
    return first <= end and line <= (place.end_line or first)
