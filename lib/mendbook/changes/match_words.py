"""Words for running calls that others join, and for errors that nobody looked at."""

from __future__ import annotations

import re

from mendbook.changes.branches import branch_of
from mendbook.changes.imperatives import declared
from mendbook.changes.sort_rows import called
from mendbook.changes.today import Clause

_IT_FAILED = re.compile(
    r"\s(?:when|if|where|unless)\s(?:it|the err(?:or)?|err)\s(?:is|was)\s.+$"
    r"|\s(?:when|if)\sit\sfails$"
)
"""Says of the error that there is one."""
_PRONOUN = re.compile(r"^(\w+) (?:it|that)\b")
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
    order = _PRONOUN.sub(r"\1 the error", order)
    does = re.sub(r"\band (return|stop|exit|continue|break)$", r"and \1s", declared(order))
    alone = f"{order}s"
    return (call, does or alone) if does or alone in _EXITS else None


_PRODUCT = re.compile(
    r"(?i)(?:use|pass|set|give|write|make it|change it to)\s"
    r"(?P<new>\d[\d_.]*(?:\s?[*+/-]\s?\d[\d_.]*)+)"
)
_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?![\w.])")
_HOLDS_UP = re.compile(r"\b[\w.]*Sync\(|\brequests\.\w+\(|\btime\.sleep\(|\burlopen\(")


def other_number(order: str, evidence: str) -> tuple[str, str, str] | None:
    """Return the new number, the one in its place and the call that gets it; None if not certain.

    ``Use 60 * 1000`` of ``pump.setTimeout(60)`` says which number of which call is meant.
    """
    asked, call = _PRODUCT.match(order), called(evidence)
    held = _NUMBER.findall(evidence)
    if asked is None or len(held) != 1 or not call or held[0] not in _NUMBER.findall(asked["new"]):
        return None
    return asked["new"].strip(), held[0], call


def number_given(match: re.Match[str], clause: Clause) -> str:
    """Return which number a call is given in place of which, and when."""
    told = other_number(match[0], clause.evidence)
    if told is None:
        return ""
    branch = branch_of(clause.today)
    when = f" when {branch.when}" if branch is not None else ""
    return f"`{told[2]}` is given `{told[0]}` instead of `{told[1]}`{when}."


def number_given_in_a_test(match: re.Match[str], evidence: str) -> str:
    """Return what the call is given."""
    told = other_number(match[0], evidence)
    return f"{told[2]} is given {told[0]}" if told is not None else ""


def held_up_no_more(_: re.Match[str], clause: Clause) -> str:
    """Return what runs later where a call no longer holds up all others."""
    if not _HOLDS_UP.search(clause.evidence):
        return ""
    call = called(clause.evidence)
    return (
        f"What stands behind `{call}` runs later, when the answer is there, and others run in"
        " between; its error comes with that answer, and not as an exception of the call."
    )


def treated_as(match: re.Match[str], clause: Clause) -> str:
    """Return what is taken as what, and what became of it until now."""
    what, how = match["what"].strip(" `"), match["how"].strip(" `.")
    met = _FAILED.search(clause.told)
    until = (
        f"where it ended with {met[0]} until now" if met is not None else "as it was not until now"
    )
    several = re.search(r"[^s]s$", what) is not None
    return f"{what[:1].upper()}{what[1:]} {'are' if several else 'is'} taken as {how}, {until}."


_FAILED = re.compile(r"(?<![\w.])[A-Z]\w*(?:Error|Exception)\b")
