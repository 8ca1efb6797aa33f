"""Find what an audit says of itself: the commit, the time, the branch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mendbook.intake.shapes.keys import plain_key

_COMMIT_KEY = re.compile(r"\b(?:commit|sha|revision|rev|hash|head|baseline|ref|git)\b")
_HASH = re.compile(r"[0-9a-f]{7,64}\Z", re.I)
_TIME_KEY = re.compile(
    r"\b(?:timestamp|date|datetime|generated(?: at| on)?|created(?: at)?|audited(?: at)?"
    r"|reviewed at"
    r"|performed at|completed at|when|datum|fecha|日期)\b"
)
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?\Z")
_COMMIT_SAID = re.compile(
    r"\b(?:commit|sha|revision|rev|HEAD|baseline|提交|コミット)\b\W{0,12}(?:hash|sha|id|is"
    r"|at)?\W{0,6}`?(?P<hash>(?=\w*\d)[0-9a-f]{7,40})\b",
    re.I,
)


def told_commit(data: object) -> str:
    """Return the commit that the top of ``data`` names, under any usual key; else nothing."""
    named = [
        (len(path), str(value))
        for path, value in _tops(data)
        if _COMMIT_KEY.search(plain_key(path[-1])) and _HASH.match(str(value))
    ]
    if named:
        return min(named)[1]
    return next(
        (
            str(value)
            for path, value in _tops(data)
            if re.search(r"\b(?:commit|sha|revision)\b", plain_key(path[-1]))
            and re.fullmatch(r"[\w./-]{3,80}", str(value))
        ),
        "",
    )


def told_time(data: object) -> str:
    """Return when the audit was made, by any usual key; else nothing."""
    return next(
        (
            str(value)
            for path, value in _tops(data)
            if _TIME_KEY.search(plain_key(path[-1])) and _TIME.match(str(value))
        ),
        "",
    )


def told_branch(data: object) -> str:
    """Return the branch that the audit was made on; else nothing."""
    return next((str(value) for path, value in _tops(data) if plain_key(path[-1]) == "branch"), "")


def commit_in_text(text: str) -> str:
    """Return the commit that the first lines of a document name; else nothing."""
    match = _COMMIT_SAID.search(text[:6000])
    return match["hash"] if match else ""


def _tops(data: object) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the plain values at the top and in the objects directly below it."""
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        if isinstance(value, str | int):
            yield (key,), value
    for key, value in data.items():
        if isinstance(value, dict):
            for inner, one in value.items():
                if isinstance(one, str | int):
                    yield (key, inner), one
