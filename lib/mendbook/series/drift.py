"""Say where a line that the audit names and the code that it quotes have parted."""

from __future__ import annotations

from mendbook.model import Evidence, EvidenceStatus, Finding, Place
from mendbook.text.phrasing import runs


def drift(finding: Finding, evidence: Evidence) -> str:
    """Return a sentence where ``evidence``, found word for word, is not at the line named.

    Empty where they agree, where no line is named in the file that the code stands in, and where
    nothing was found word for word.
    """
    if evidence.status is not EvidenceStatus.VERBATIM or evidence.line is None:
        return ""
    named = [each for each in finding.places if each.path == evidence.file and each.line]
    line, end = evidence.line, evidence.end_line or evidence.line
    if not named or any(_meets(each, line, end) for each in named):
        return ""
    said = f"{evidence.file}:{_lines(named[0].line, named[0].end_line)}"
    return f"The audit names {said}; the code that it quotes stands at {_lines(line, end)}."


def _meets(place: Place, line: int, end: int) -> bool:
    first = place.line or 0
    return first <= end and line <= (place.end_line or first)


def _lines(line: int | None, end: int | None) -> str:
    """Return ``12`` or ``12–14``."""
    first = line or 1
    return runs(range(first, max(first, end or first) + 1))
