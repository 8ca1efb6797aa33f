"""Read what ``vulture`` prints: one piece of unused Python a line."""

from __future__ import annotations

import re

from mendbook.intake.formats.evidence import NOTHING, Evidence
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Text, redacted
from mendbook.intake.roots import Root
from mendbook.model import Audit, Severity

_LINE = re.compile(
    r"(?P<path>[^:\n]+):(?P<line>\d{1,9}): (?P<said>(?:unused|unreachable|unsatisfiable|redundant)"
    r"[^\n(]*?(?:'(?P<name>[^'\n]+)')?[^\n(]*?) \((?P<sure>\d{1,3})% confidence\)"
)


def vulture_evidence(text: str) -> Evidence:
    """Tell whether every line of ``text`` is one that vulture prints."""
    lines = [line.rstrip("\r") for line in text.split("\n", 50)[:50] if line.strip()]
    if lines and all(_LINE.fullmatch(line) for line in lines):
        return Evidence(1.0, "every line is a path, a line, what is unused, and how sure that is")
    return NOTHING


def read_vulture(source: Text) -> Audit:
    """Return what is unused as an audit; what is less sure than certain is information only."""
    text, redactions = redacted(source)
    matches = [match for line in text.splitlines() if (match := _LINE.fullmatch(line.rstrip()))]
    root = Root(match["path"] for match in matches)
    report = Source(source.path, source.sha256, "vulture", redactions)
    return audit_of(report, [_observation(match, root) for match in matches])


def _observation(match: re.Match[str], root: Root) -> Observation:
    sure = int(match["sure"])
    return Observation(
        tool="vulture",
        rule=" ".join(match["said"].split("'")[0].split()),
        path=root.relative(match["path"]),
        message=f"{match['said']} ({sure} % sure)",
        severity=Severity.LOW if sure == 100 else Severity.INFO,
        line=int(match["line"]),
        kind="unused-code",
        symbol=match["name"] or "",
        impact="Code that is kept, read and updated for nothing",
    )
