"""How severe a result of a SARIF log is: by its score, its level, its rank or a word."""

from __future__ import annotations

from collections.abc import Mapping

from mendbook.intake.formats.sarif_log import NO_PROPERTIES, Result, Rule
from mendbook.model import Severity

_LEVELS = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.INFO,
}
_LINTERS = {"eslint": {"error": Severity.MEDIUM, "warning": Severity.LOW, "note": Severity.INFO}}
"""Tools whose errors are matters of style as often as faults; as in their own JSON."""
_WORDS = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}
_SCORES = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))


def levels_of(tool: str) -> Mapping[str, Severity]:
    """Return what the levels of a SARIF log mean where ``tool`` wrote it."""
    return _LINTERS.get(tool.lower(), _LEVELS)


def severity_of(result: Result, rule: Rule, levels: Mapping[str, Severity]) -> Severity:
    """Return the severity by the score of security, else the level, else the rank or a word."""
    own, known = result.properties or NO_PROPERTIES, rule.properties or NO_PROPERTIES
    if score := score_of(own.security_severity or known.security_severity):
        return _graded(score)
    if result.kind and result.kind != "fail":
        return Severity.INFO
    default = rule.default_configuration
    level = result.level or (default.level if default else "")
    if level:
        return levels.get(level, Severity.MEDIUM)
    rank = result.rank if result.rank >= 0 else default.rank if default else -1.0
    if rank >= 0:
        return _graded(rank / 10)
    for word in (own.severity, own.issue_severity, known.severity, known.problem_severity):
        if str(word).lower() in _WORDS:
            return _WORDS[str(word).lower()]
    return levels["warning"]


def _graded(score: float) -> Severity:
    return next((grade for least, grade in _SCORES if score >= least), Severity.LOW)


def score_of(value: object) -> float:
    """Return a score of security from 0 to 10; 0 where none is written."""
    if not value:
        return 0.0
    try:
        return float(value) if isinstance(value, str | int | float) else 0.0
    except ValueError:
        return 0.0
