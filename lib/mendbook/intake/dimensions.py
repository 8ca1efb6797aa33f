"""Understand the names that auditors give to dimensions, and the scores beside them."""

from __future__ import annotations

import math
import re
from typing import Any

from mendbook.intake.problem import quoted
from mendbook.model import DIMENSION_WEIGHTS, Dimension, Note, Score

_KNOWN = {
    Dimension.PERFORMANCE: "performance efficiency perf speed",
    Dimension.ARCHITECTURE: "architecture scalability arch design scaling",
    Dimension.REALTIME: "realtime realtimecorrectness rt concurrency sockets",
    Dimension.CODE_QUALITY: "codequality quality cq maintainability tests testing deadcode",
    Dimension.SECURITY: "security reliability sec resilience dependencies",
    Dimension.READABILITY: "readability read documentation docs style",
    Dimension.OTHER: "other",
}
_BY_WORD = {word: dimension for dimension, words in _KNOWN.items() for word in words.split()}
_BY_WORD |= {re.sub(r"[^a-z]", "", name.lower()): name for name in Dimension}
SCORE_DIMENSIONS = {
    "performance": Dimension.PERFORMANCE,
    "architecture": Dimension.ARCHITECTURE,
    "realtime": Dimension.REALTIME,
    "codeQuality": Dimension.CODE_QUALITY,
    "security": Dimension.SECURITY,
    "readability": Dimension.READABILITY,
}
TOTAL = "Total"
_OUT_OF_TEN = 10.0


def read_dimension(written: str, field: str) -> tuple[Dimension, tuple[Note, ...]]:
    """Return the dimension that ``written`` names; ``OTHER``, with a note, for an unknown one."""
    if written in set(map(str, Dimension)):
        return Dimension(written), ()
    if not written.strip():
        return Dimension.OTHER, (Note(field, "", Dimension.OTHER, "no dimension is given"),)
    squeezed = re.sub(r"[^a-z]", "", written.lower().replace("and", ""))
    words = re.split(r"[^a-z]+", written.lower().replace("real-time", "realtime"))
    found = _BY_WORD.get(squeezed) or next((_BY_WORD[w] for w in words if w in _BY_WORD), None)
    if found is None:
        why = "not one of the six dimensions; the finding counts as Other"
        return Dimension.OTHER, (Note(field, written, "", why),)
    return found, (Note(field, written, found, "the dimension's full name"),)


def read_scores(written: dict[str, Any]) -> tuple[tuple[Score, ...], tuple[Note, ...]]:
    """Return the scores in the order of the weights, the total last, and what was unclear.

    Auditors score out of ten or out of the weight; which of the two is told by the total, else by
    whether a score is above ten.
    """
    notes = [
        Note(f"scores.{key}", str(value), "", "not a number; left out of the scores")
        for key, value in written.items()
        if key in {*SCORE_DIMENSIONS, "total"} and value is not None and number(value) is None
    ]
    values = {
        dimension: value
        for key, dimension in SCORE_DIMENSIONS.items()
        if (value := number(written.get(key))) is not None
    }
    total = number(written.get("total"))
    tenths = _is_out_of_ten(values, total)
    scores = [
        Score(name.value, value, _OUT_OF_TEN if tenths else float(DIMENSION_WEIGHTS[name]))
        for name, value in values.items()
    ]
    if tenths and scores:
        why = "they give the total only when each counts by its dimension's weight"
        notes.append(Note("scores", "", "each is out of 10", why))
    notes += [
        Note(f"scores ({score.name})", f"{score.value:g}", "", f"not within 0 to {score.maximum:g}")
        for score in scores
        if not 0 <= score.value <= score.maximum
    ]
    if total is not None:
        scores.append(Score(TOTAL, total, 100.0))
    return tuple(scores), tuple(notes)


def _is_out_of_ten(values: dict[Dimension, float], total: float | None) -> bool:
    if not values or max(values.values()) > _OUT_OF_TEN:
        return False
    weighted = sum(value * DIMENSION_WEIGHTS[name] / _OUT_OF_TEN for name, value in values.items())
    if total is None:
        return len(values) == len(DIMENSION_WEIGHTS)
    return abs(weighted - total) < abs(sum(values.values()) - total)


def number(value: object) -> float | None:
    """Return the finite number that ``value`` is or spells, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def unusable(field: str, value: object) -> tuple[Note, ...]:
    """Return a note for a value that should be a number and is not; none for null."""
    if value is None or number(value) is not None:
        return ()
    return (Note(field, str(value), "", f"{quoted(value)} is not a number"),)
