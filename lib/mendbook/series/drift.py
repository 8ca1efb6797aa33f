"""Say where a line that the audit names and the code that it quotes have parted."""

from __future__ import annotations

from mendbook.facts.parted import has_parted
from mendbook.model import Evidence, Finding
from mendbook.text.phrasing import runs


def drift(finding: Finding, evidence: Evidence) -> str:
    """Return a sentence where ``evidence``, found word for word, is not at the line named.

    Empty where they agree, where no line is named in the file that the code stands in, and where
    nothing was found word for word.
    """
    if not has_parted(finding, evidence):
        return ""
    line, end = evidence.line or 0, evidence.end_line or evidence.line or 0
    named = [each for each in finding.places if each.path == evidence.file and each.line]
    said = f"{evidence.file}:{_lines(named[0].line, named[0].end_line)}"
    return f"The audit names {said}; the code that it quotes stands at {_lines(line, end)}."


def _lines(line: int | None, end: int | None) -> str:
    """Return ``12`` or ``12–14``."""
    first = line or 1
    return runs(range(first, max(first, end or first) + 1))
