"""What an exit code tells a schedule: what ``--fail-on`` names, and gates that did not run."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.errors import UsageError
from mendbook.ledger.status import GatesAsked
from mendbook.ledger.trace import Trace, matched
from mendbook.model import RUNGS, CheckStatus, Plan, Priority, Rung, Skipped
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import visible
from mendbook.text.phrasing import count, listed

NEW, UNPROVEN = "new", "unproven"
NAMES = (*(each.value for each in Priority), NEW, UNPROVEN)
_SHOWN = 5
_PASS = CheckStatus.PASS


def parse_fail_on(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what ``--fail-on`` names, once each; ``UsageError`` for what is none of ``NAMES``."""
    parts = (part.strip() for text in texts for part in text.split(","))
    chosen = dict.fromkeys(part for part in parts if part)
    for part in chosen:
        if part not in NAMES:
            meant = did_you_mean(part, NAMES)
            message = f"--fail-on {visible(part[:60])!r}: choose from {', '.join(NAMES)}{meant}"
            raise UsageError(message)
    return tuple(chosen)


def met(
    asked: Sequence[str], plan: Plan, trace: Trace, before: Trace | None, gates: GatesAsked
) -> dict[str, tuple[str, ...]]:
    """Return for each name that was asked the ids of the findings that meet it.

    A priority is met by findings of that band and of those before it, ``new`` by findings that the
    run ``before`` did not have (without one nothing is new), ``unproven`` by findings whose patch
    is in the series and did not pass all that it was to be proven by.
    """
    return {name: _met(name, plan, trace, before, gates) for name in asked}


def _met(
    name: str, plan: Plan, trace: Trace, before: Trace | None, gates: GatesAsked
) -> tuple[str, ...]:
    if name == NEW:
        new = matched(before.findings, trace.findings).new if before else ()
        return tuple(each.id for each in new)
    if name == UNPROVEN:
        return unproven(plan, gates)
    return tuple(each.id for each in trace.findings if each.priority <= name)


def unproven(plan: Plan, gates: GatesAsked) -> tuple[str, ...]:
    """Return the findings whose patch in the series did not pass what it was to be proven by.

    That is *binds*, and each gate that was asked for and that the target has.
    """
    wanted = {*gates.run, *(each.what for each in gates.not_run)}
    return tuple(
        item.finding_id
        for item in plan.open_items
        if item.patch.in_series
        and (
            RUNGS.index(item.patch.rung) < RUNGS.index(Rung.BINDS)
            or wanted - {each.name for each in item.patch.checks if each.status is _PASS}
        )
    )


def gates_asked(
    asked: Sequence[Rung], plan: Plan, lacking: Sequence[Rung], explicit: bool
) -> GatesAsked:
    """Return which of the gates ``asked`` for ran on the untouched tree, and why others did not.

    Gates for which the target has no check are ``lacking``: nobody who asks for all of them is
    told so, unless nothing at all was run. ``explicit`` says that each was asked for by its name.
    """
    untouched = {check.name: check for check in plan.baseline}
    ran = tuple(
        rung
        for rung in asked
        if rung.value in untouched and untouched[rung.value].status is not CheckStatus.NOT_RUN
    )
    missed = [
        rung for rung in asked if rung not in ran and (explicit or not ran or rung not in lacking)
    ]
    why = "there is no repository to run it on"
    return GatesAsked(
        asked=tuple(rung.value for rung in asked),
        run=tuple(rung.value for rung in ran),
        not_run=tuple(
            Skipped(rung.value, untouched[rung.value].detail if rung.value in untouched else why)
            for rung in missed
        ),
    )


def fail_on_words(by_rule: dict[str, tuple[str, ...]]) -> str:
    """Return one line on what was met; empty where nothing was."""
    return "; ".join(f"{name}: {_findings(ids)}" for name, ids in by_rule.items() if ids)


def gates_words(gates: GatesAsked) -> str:
    """Return one line on the gates that could not be run; empty where none was asked in vain."""
    return "; ".join(f"{each.what}: {visible(each.reason, keep='')}" for each in gates.not_run)


def _findings(ids: Sequence[str]) -> str:
    shown = [visible(each[:60], keep="") for each in ids[:_SHOWN]]
    rest = [f"{len(ids) - _SHOWN} more"] if len(ids) > _SHOWN else []
    return f"{count(len(ids), 'finding')} ({listed([*shown, *rest])})"
