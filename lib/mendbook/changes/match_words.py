"""Words for running calls that others join, and for errors that nobody looked at."""

from __future__ import annotations

import re

from mendbook.changes.imperatives import declared
from mendbook.changes.sort_rows import called
from mendbook.changes.today import Clause

_IT_FAILED = re.compile(
    r"\s(?:when|if|where|unless)\s(?:it|the err(?:or)?|err)\s(?:is|was)\s.+$"
    r"|\s(?:when|if)\sit\sfails$"
)
"""Says of the error that there is one."""
_EXITS = {"returns", "stops", "exits", "ends", "continues", "breaks", "aborts", "leaves"}


def joined(_: re.Match[str], clause: Clause) -> str:
    """Return what those meet who come while one runs."""
    call = called(clause.evidence)
    runs = f"`{call}` runs" if call else "one runs"
    return (
        f"Who comes while {runs} gets its result, and its error too: one that hangs holds them all."
    )


def joined_in_a_test(_: re.Match[str], evidence: str) -> str:
    """Return how often it runs for two that come at the same time."""
    call = called(evidence)
    return (
        f"two at the same time make {call} run once" if call else "two at the same time share one"
    )


def error_seen(match: re.Match[str], clause: Clause) -> str:
    """Return what happens where a call fails whose error nobody looked at."""
    told = _done(match, clause.evidence)
    return f"When `{told[0]}` fails, it {told[1]}, where it went on until now." if told else ""


def error_seen_in_a_test(match: re.Match[str], evidence: str) -> str:
    """Return what a test sees where the call fails."""
    told = _done(match, evidence)
    return f"{told[1]} when {told[0]} fails" if told else ""


def _done(match: re.Match[str], evidence: str) -> tuple[str, str] | None:
    call = match["of"] or called(evidence)
    order = _IT_FAILED.sub("", match["does"].strip(" .`"))
    if not call:
        return None
    does = declared(order)
    alone = f"{order}s"
    return (call, does or alone) if does or alone in _EXITS else None
