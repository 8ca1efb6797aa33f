"""Show a comparison of two audits as plain text, for a terminal or a pipe."""

from __future__ import annotations

from mendbook.intake.compare import Comparison, Pair
from mendbook.model import Finding
from mendbook.text.escape import visible

_PROBLEM_CHARACTERS = 100


def comparison_table(comparison: Comparison) -> str:
    """Return a line of totals and one row for each finding: new, moved, still there, fixed.

    A pair is shown as the later audit has it; one that moved, or got another id, says what it was.
    """
    rows = [
        *(("new", *_finding(item)) for item in comparison.new),
        *(("moved", *_pair(pair)) for pair in comparison.moved),
        *(("still there", *_pair(pair)) for pair in comparison.still),
        *(("still there, reworded", *_pair(pair)) for pair in comparison.reworded),
        *(("fixed", *_finding(item)) for item in comparison.fixed),
    ]
    said = f" ({len(comparison.reworded)} reworded)" if comparison.reworded else ""
    totals = (
        f"{len(comparison.new)} new, {len(comparison.fixed)} fixed or no longer reported, "
        f"{len(comparison.still) + len(comparison.reworded)} still there{said}, "
        f"{len(comparison.moved)} moved"
    )
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in rows
    )
    return "\n".join([totals, *(line.rstrip() for line in lines)])


def _finding(item: Finding) -> tuple[str, str, str, str]:
    return _line(item.id), item.severity.value, _where(item), _shortened(item.problem)


def _pair(pair: Pair) -> tuple[str, str, str, str]:
    before, after = pair.before, pair.after
    name, severity, place, problem = _finding(after)
    ids = name if before.id == after.id else f"{_line(before.id)} → {name}"
    old = _where(before)
    return ids, severity, place if old == place else f"{old} → {place}", problem


def _where(item: Finding) -> str:
    place = next(iter(item.places), None)
    if place is None:
        return _line(item.file)
    return _line(f"{place.path}:{place.line}" if place.line else place.path)


def _shortened(text: str) -> str:
    said = _line(text)
    return said if len(said) <= _PROBLEM_CHARACTERS else f"{said[: _PROBLEM_CHARACTERS - 1]}…"


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
